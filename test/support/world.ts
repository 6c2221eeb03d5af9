/**
 * The kit that every end-to-end test stands on: a whole sandbox (both emulators, the control API and the
 * real bot in its own process) on free ports with a folder of its own, driven through the control API as
 * any outside check would drive it.
 *
 *     const world = await bootWorld();
 *     await world.as('ana').types('/oci stop web-1', { in: 'ops' });
 *     const card = await world.channel('ops').shows(/asks to stop/);
 *     await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
 *     await world.clock.advance('10m');
 *     await world.channel('ops').shows(/ done in /);
 *     await world.stop();
 *
 * What a person does resolves when the delivery was answered, not when the bot has finished: wait for
 * what should be seen with `shows` or `until`. A control request that is refused throws; use
 * `world.call` where the refusal is what the test is about.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { type Info, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import type { BotStatus } from '../../sandbox/supervisor.ts';
import { fieldsOf, isFields, type Seen, seen } from './seen.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface WorldOptions {
  /** Default: the bot runs. */
  readonly withBot?: boolean;
  /** A file, or the YAML itself. */
  readonly seed?: string;
  /** A file, or the YAML itself. */
  readonly config?: string;
  /** A folder to go on from, kept at the end. Default: a fresh one that is removed. */
  readonly data?: string;
  /** A PostgreSQL for the bot's store. */
  readonly database?: string;
}

/** Where something is clicked. Without `ts`, the newest message in the channel that has it. */
export type Place = { readonly in: string; readonly ts?: string } | { readonly view: string };

export interface Person {
  /** A slash command; answers what Slack's front end would know of its delivery. */
  types(line: string, at: { readonly in: string }): Promise<Fields>;
  /** A message, such as a mention of the bot. */
  says(text: string, at: { readonly in: string; readonly thread?: string }): Promise<Fields>;
  /** Presses what has this label or action_id. `fields` go into the control request as they are. */
  clicks(action: string, at: Place, fields?: Fields): Promise<Fields>;
  /** Submits the person's topmost modal, or the one named; values by label or action_id. */
  submits(values: Fields, view?: string): Promise<Fields>;
  closes(view?: string): Promise<Fields>;
  opensHome(): Promise<Seen>;
  home(): Promise<Seen>;
  /** Open modals, topmost last. */
  views(): Promise<Seen[]>;
  /** Messages with the bot. */
  dm(): Promise<Seen[]>;
}

export interface ChannelView {
  /** Oldest first, replies in threads after their parents. */
  messages(): Promise<Seen[]>;
  last(): Promise<Seen | undefined>;
  /** Waits for a message whose text or blocks match; answers the newest. */
  shows(pattern: RegExp): Promise<Seen>;
}

export interface Resource extends Fields {
  readonly ocid: string;
  readonly name: string;
  readonly state: string;
}

export interface OciRequest extends Fields {
  readonly operation: string;
  readonly status: number;
  readonly resource?: string;
}

export interface World {
  readonly info: Info;
  /** The parts themselves, for what no control route shows. */
  readonly sandbox: Sandbox;
  readonly data: string;
  as(user: string): Person;
  channel(name: string): ChannelView;
  ephemeral(user: string): Promise<Seen[]>;
  readonly oci: {
    resources(filter?: { type?: string; name?: string }): Promise<Resource[]>;
    requests(): Promise<OciRequest[]>;
    faults(body: Fields): Promise<Fields>;
  };
  readonly slack: {
    faults(body: Fields): Promise<Fields>;
    /** Web API calls the bot made, with status. */
    requests(): Promise<Fields[]>;
  };
  readonly clock: {
    /** Resolves when the bot lives by it too. `'15m'`, `'1h30m'` or milliseconds. */
    advance(by: string | number): Promise<void>;
    /** `'19:00'` (the next such moment, UTC) or an ISO instant. */
    set(to: string): Promise<void>;
    now(): number;
  };
  readonly bot: {
    status(): BotStatus;
    /** Resolves when the process is dead; the next one starts by itself. */
    kill9(): Promise<number>;
    stop(): Promise<void>;
    start(): Promise<void>;
    restart(): Promise<void>;
    /** Resolves when a bot is ready, for after kill9. */
    ready(): Promise<void>;
    /** What the bot logged so far. */
    log(): string;
  };
  /** Any control request: `call('POST', '/control/slack/click', {…})`. Never throws for a refusal. */
  call(method: string, path: string, body?: Fields): Promise<{ status: number; body: Fields }>;
  /** Looks until the answer is truthy, and answers it. After 15 s throws with all that helps to see why. */
  until<T>(look: () => T | Promise<T>, what?: string): Promise<Exclude<T, undefined | null | false>>;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

const DEADLINE = 15_000;
const POLL = 25;

export async function bootWorld(options: WorldOptions = {}): Promise<World> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'lamplighter-world-'));
  const log = keepText();
  const said: string[] = [];
  const sandbox = await startSandbox({
    port: 0,
    portGiven: true,
    fresh: false,
    data,
    withBot: options.withBot ?? true,
    seed: fileOf(options.seed, join(data, 'seed.yml')),
    config: fileOf(options.config, join(data, 'lamplighter.yml')),
    database: options.database,
    log,
    say: (sentence) => said.push(sentence),
  }).catch((error) => {
    if (error instanceof Error) error.message += `\n${said.join('\n')}\nThe bot's log:\n${tail(log.text())}`;
    throw error;
  });

  const call: World['call'] = async (method, path, body) => {
    const response = await fetch(new URL(path, sandbox.info.page), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: isFields(answer) ? answer : { items: answer } };
  };
  const done = async (method: string, path: string, body?: Fields): Promise<Fields> => {
    const { status, body: answer } = await call(method, path, body);
    if (status >= 400 || answer.ok === false)
      throw new Error(
        `${method} ${path} ${JSON.stringify(body ?? {})} answered ${status} ${JSON.stringify(answer)}`,
      );
    return answer;
  };
  const get = async (path: string, key: string) => fieldsOf((await done('GET', path))[key]);
  const post = (path: string, body: Fields) => done('POST', path, body);
  const messagesIn = async (path: string) => (await get(path, 'messages')).map(seen);

  const channel = (name: string): ChannelView => {
    const messages = () => messagesIn(`/control/slack/channels/${encodeURIComponent(name)}/messages`);
    return {
      messages,
      last: async () => (await messages()).at(-1),
      shows: (pattern) =>
        until(
          async () =>
            (await messages()).findLast(({ text, shown }) => pattern.test(text) || pattern.test(shown)),
          `${pattern} in #${name}`,
        ),
    };
  };
  const ephemeral = (user: string) => messagesIn(`/control/slack/users/${user}/ephemeral`);

  const placeOf = async (user: string, action: string, at: Place): Promise<Fields> => {
    if ('view' in at) return { view_id: at.view };
    if (at.ts) return { channel: at.in, ts: at.ts };
    const all = [...(await channel(at.in).messages()), ...(await ephemeral(user))];
    const found = all
      .filter(
        ({ raw, blocks }) =>
          JSON.stringify(blocks).includes(JSON.stringify(action)) && !elsewhere(raw, at.in),
      )
      .sort((a, b) => Number(a.ts) - Number(b.ts))
      .at(-1);
    if (found) return { channel: at.in, ts: found.ts };
    throw new Error(`Nothing in #${at.in} that ${user} sees has "${action}".\n${await scene()}`);
  };
  const elsewhere = (raw: Fields, name: string) =>
    typeof raw.channel === 'string' && ![name, sandbox.info.slack.channels[name]].includes(raw.channel);

  const as = (user: string): Person => {
    const of = `/control/slack/users/${user}`;
    const views = async () => (await get(`${of}/views`, 'views')).map(seen);
    const viewId = async (given: string | undefined) => given ?? String((await views()).at(-1)?.raw.id ?? '');
    const home = async () => {
      const answer = await done('GET', `${of}/home`);
      return seen(isFields(answer.view) ? answer.view : answer);
    };
    return {
      types: (text, at) => post('/control/slack/command', { user, channel: at.in, text }),
      says: (text, at) =>
        post('/control/slack/message', {
          user,
          channel: at.in,
          text,
          ...(at.thread ? { thread_ts: at.thread } : {}),
        }),
      clicks: async (action, at, fields = {}) =>
        post('/control/slack/click', { user, action, ...(await placeOf(user, action, at)), ...fields }),
      submits: async (values, view) =>
        post('/control/slack/submit', { user, view_id: await viewId(view), values }),
      closes: async (view) => post('/control/slack/close', { user, view_id: await viewId(view) }),
      opensHome: async () => {
        await post('/control/slack/open-home', { user });
        return until(async () => (await home()).blocks.length > 0 && home(), `${user}'s Home tab`);
      },
      home,
      views,
      dm: () => messagesIn(`${of}/dm`),
    };
  };

  const until: World['until'] = async (look, what = look.toString()) => {
    const deadline = Date.now() + DEADLINE;
    let last: unknown;
    do {
      try {
        const answer = await look();
        if (answer) return answer as Exclude<typeof answer, undefined | null | false>;
        last = answer;
      } catch (error) {
        last = error;
      }
      await pause(POLL);
    } while (Date.now() < deadline);
    throw new Error(`Waited 15 s for ${what}; the last look gave ${String(last)}.\n${await scene()}`);
  };

  /** What there is to see when something is not there. */
  const scene = async (): Promise<string> => {
    const inOps = await channel('ops').messages();
    return [
      `Bot: ${JSON.stringify(sandbox.bot?.status ?? 'none')}`,
      'The end of #ops:',
      ...inOps.slice(-3).map(({ ts, text, shown, buttons }) => `- ${ts} ${text}\n${shown} [${buttons}]`),
      "The end of the bot's log:",
      tail(log.text()),
    ].join('\n');
  };

  const bot = () => {
    if (sandbox.bot) return sandbox.bot;
    throw new Error('This world has no bot.');
  };

  return {
    info: sandbox.info,
    sandbox,
    data,
    as,
    channel,
    ephemeral,
    oci: {
      resources: async (filter = {}) =>
        (await get(`/control/oci/resources?${new URLSearchParams(filter)}`, 'resources')).map(resource),
      requests: async () => (await get('/control/oci/requests', 'requests')).map(ociRequest),
      faults: (body) => post('/control/oci/faults', body),
    },
    slack: {
      faults: (body) => post('/control/slack/faults', body),
      requests: () => get('/control/slack/requests', 'requests'),
    },
    clock: {
      advance: async (advance) => void (await post('/control/clock', { advance })),
      set: async (set) => void (await post('/control/clock', { set })),
      now: () => sandbox.clock.now(),
    },
    bot: {
      status: () => bot().status,
      kill9: () => bot().kill(),
      stop: () => bot().stop(),
      start: () => bot().start(),
      restart: () => bot().restart(),
      ready: async () => void (await until(() => bot().status.running, 'the bot to be ready')),
      log: log.text,
    },
    call,
    until,
    reset: async () => void (await post('/control/reset', {})),
    stop: async () => {
      await sandbox.stop();
      if (!options.data) rmSync(data, { recursive: true, force: true });
    },
  };
}

function resource(raw: Fields): Resource {
  return {
    ...raw,
    ocid: String(raw.ocid ?? raw.id),
    name: String(raw.name ?? raw.displayName),
    state: String(raw.state ?? raw.lifecycleState),
  };
}

function ociRequest(raw: Fields): OciRequest {
  return { ...raw, operation: String(raw.operation), status: Number(raw.status) };
}

/** A path as it is; a YAML text in a file of its own. */
function fileOf(given: string | undefined, file: string): string | undefined {
  if (given === undefined || !given.includes('\n')) return given;
  writeFileSync(file, given);
  return file;
}

/** A stream that remembers what was written. */
function keepText(): Writable & { text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk, _encoding, next) => {
      chunks.push(String(chunk));
      next();
    },
  });
  return Object.assign(stream, { text: () => chunks.join('') });
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-15).join('\n');
}
