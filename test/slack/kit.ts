import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { pino } from 'pino';
import { afterEach, expect } from 'vitest';
import { SandboxClock } from '../../sandbox/clock.ts';
import { type SlackSandbox, startSlack as startSandbox } from '../../sandbox/slack/server.ts';
import type { Letter } from '../../src/core/letter.ts';
import type { Report } from '../../src/core/report.ts';
import { createInbox, type Inbox } from '../../src/engine/mail/inbox.ts';
import { createOutbox, type Outbox } from '../../src/engine/mail/outbox.ts';
import { openStore, type Store } from '../../src/engine/store/store.ts';
import { listen } from '../../src/program/http.ts';
import { type SlackFrontend, startSlack } from '../../src/slack/front-end.ts';
import type { SlackSettings } from '../../src/slack/ports.ts';
import { House } from './house.ts';

/**
 * The Slack front end on its real store, before the emulated Slack. Behind it stands a small product
 * (house.ts) whose commands do what a test of the front end needs.
 */
export interface Stage {
  readonly slack: SlackSandbox;
  readonly clock: SandboxClock;
  readonly house: House;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly front: SlackFrontend;
  /** Everything that was logged, as text. */
  readonly logged: () => string;
  /** POST to the control API; answers its JSON. */
  post(path: string, body: object): Promise<Answer>;
  get(path: string): Promise<Answer>;
  types(user: string, channel: string, text: string): Promise<Answer>;
  messages(channel: string): Promise<readonly Shown[]>;
  ephemeral(user: string): Promise<readonly Shown[]>;
  /** Ends the front end and starts another one on the same store. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** What the control API answers: loose, as a test reads it. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of the emulator
export type Answer = any;

export interface Shown {
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Answer[];
  readonly replies?: readonly Shown[];
}

export interface StageOptions {
  readonly mode?: 'socket' | 'http';
  readonly settings?: Partial<SlackSettings>;
  readonly botToken?: string;
  readonly appToken?: string;
}

export async function stage(options: StageOptions = {}): Promise<Stage> {
  const clock = new SandboxClock();
  const slack = await startSandbox({ clock });
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-slack-'));
  const store = await openStore({ folder });
  const outbox = createOutbox({ store, describe: () => emptyReport });
  const inbox = createInbox({ store, clock });
  const house = await House.open(outbox);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });

  const open = () => frontEnd({ slack, clock, house, inbox, outbox, log, options });
  let opened: Awaited<ReturnType<typeof open>>;
  try {
    opened = await open();
  } catch (error) {
    await tidy(slack, store, folder);
    throw error;
  }

  const call = async (path: string, init?: RequestInit) =>
    (await slack.control.request(path, init)).json() as Promise<Answer>;
  const get = (path: string) => call(path);
  const post = (path: string, body: object) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    slack,
    clock,
    house,
    inbox,
    outbox,
    get front() {
      return opened.front;
    },
    logged: () => lines.join(''),
    get,
    post,
    types: (user, channel, text) => post('/command', { user, channel, text: `/oci ${text}` }),
    messages: async (channel) => (await get(`/channels/${channel}/messages`)).messages,
    ephemeral: async (user) => (await get(`/users/${user}/ephemeral`)).messages,
    restart: async () => {
      await opened.close();
      opened = await open();
    },
    stop: async () => {
      await opened.close();
      await tidy(slack, store, folder);
    },
  };
}

async function frontEnd(deps: {
  readonly slack: SlackSandbox;
  readonly clock: SandboxClock;
  readonly house: House;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly log: pino.Logger;
  readonly options: StageOptions;
}) {
  const { slack, house, options, ...shared } = deps;
  const http = new Hono();
  const botToken = options.botToken ?? slack.botToken;
  const front = await startSlack({
    ...shared,
    connection:
      options.mode === 'http'
        ? { mode: 'http', botToken, signingSecret: slack.signingSecret, http }
        : { mode: 'socket', botToken, appToken: options.appToken ?? slack.appToken },
    apiUrl: slack.apiUrl,
    pipeline: house,
    settings: { allowGuests: false, allowOtherWorkspaces: [], ...options.settings },
    onChange: (listener) => house.onChange(listener),
    stagger: 0,
  });
  const server = options.mode === 'http' ? await listen(http, { host: '127.0.0.1', port: 0 }) : undefined;
  if (server) slack.setHttp(`${server.url}/slack/events`);
  const close = async () => {
    await front.stop(5_000);
    await server?.close(100);
  };
  return { front, close };
}

async function tidy(slack: SlackSandbox, store: Store, folder: string): Promise<void> {
  await slack.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What sets a stage up for a test, and clears it when the test is over. */
export function stages(): (options?: StageOptions) => Promise<Stage> {
  let open: Stage | undefined;
  afterEach(async () => {
    await open?.stop();
    open = undefined;
  });
  return async (options) => {
    open = await stage(options);
    return open;
  };
}

const emptyReport: Report = { title: 'An operation.', tone: 'plain', blocks: [] };

export function letter(key: string, to: Letter['to'], title: string, more: Partial<Report> = {}): Letter {
  return { key, to, report: { title, tone: 'plain', blocks: [], ...more } };
}

/** Looks again and again until it answers something, for at most 30 s. */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  let found: T | undefined | false;
  await expect
    .poll(
      async () => {
        found = await look();
        return Boolean(found);
      },
      { timeout: 30_000, interval: 20 },
    )
    .toBe(true);
  return found as T;
}
