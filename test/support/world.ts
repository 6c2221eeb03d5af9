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
import { type Control, controlOf } from './control.ts';
import { type Person, personOf } from './person.ts';
import type { Fields, Seen } from './seen.ts';
import { type Until, untilWith } from './until.ts';

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
  /** What the sandbox's clock shows at first, an ISO instant. Default: a Wednesday's noon, when no schedule does anything. */
  readonly at?: string;
}

export interface ChannelView {
  /** Oldest first; each has its thread's `replies`. */
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
    requests(filter?: { operation?: string; resource?: string }): Promise<OciRequest[]>;
    faults(body: Fields): Promise<Fields>;
  };
  readonly slack: {
    faults(body: Fields): Promise<Fields>;
    /** Web API calls the bot made, with status. */
    requests(): Promise<Fields[]>;
    /** Waits until Slack can reach the bot. */
    connected(): Promise<void>;
  };
  readonly clock: {
    /** Resolves when the bot lives by it too. `'15m'`, `'1h30m'` or milliseconds. */
    advance(by: string | number): Promise<void>;
    /** `'19:00'` (the next such moment, UTC) or an ISO instant. */
    set(to: string): Promise<void>;
    now(): number;
  };
  readonly lights: {
    /** Waits until schedules have been looked at since now: before the clock is moved on, or to see that nothing was due. */
    looked(): Promise<void>;
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
  readonly call: Control['call'];
  readonly until: Until;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** So that no test depends on the hour at which it is run. */
const noon = '2026-12-02T12:00:00Z';

export async function bootWorld(options: WorldOptions = {}): Promise<World> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'lamplighter-world-'));
  const at = options.at ?? (options.data ? undefined : noon);
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
    ...(at === undefined ? {} : { offset: Date.parse(at) - Date.now() }),
    log,
    say: (sentence) => said.push(sentence),
  }).catch((error) => {
    if (!options.data) rmSync(data, { recursive: true, force: true });
    if (error instanceof Error) error.message += `\n${said.join('\n')}\nThe bot's log:\n${tail(log.text())}`;
    throw error;
  });

  const control = controlOf(sandbox.info.page);
  const { call, list, post, messages: messagesAt } = control;
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

  const until = untilWith(scene);

  const channel = (name: string): ChannelView => {
    const messages = () => messagesAt(`/control/slack/channels/${encodeURIComponent(name)}/messages`);
    const newest = async (pattern: RegExp) =>
      (await messages()).findLast(({ text, shown }) => pattern.test(text) || pattern.test(shown));
    return {
      messages,
      last: async () => (await messages()).at(-1),
      shows: (pattern) => until(() => newest(pattern), `${pattern} in #${name}`),
    };
  };
  const as = (user: string) => personOf(user, control, sandbox.info.slack.channels, until);

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
    ephemeral: (user) => as(user).ephemeral(),
    oci: {
      resources: async (filter = {}) =>
        (await list(`/control/oci/resources?${new URLSearchParams(filter)}`, 'resources')).map(resource),
      requests: async (filter = {}) =>
        (await list(`/control/oci/requests?${new URLSearchParams(filter)}`, 'requests')).map(ociRequest),
      faults: (body) => post('/control/oci/faults', body),
    },
    slack: {
      faults: (body) => post('/control/slack/faults', body),
      requests: () => list('/control/slack/requests', 'requests'),
      connected: async () =>
        void (await until(
          async () => Number((await control.get('/control/slack/settings')).connections) > 0,
          'a socket of the bot',
        )),
    },
    clock: {
      advance: async (advance) => void (await post('/control/clock', { advance })),
      set: async (set) => void (await post('/control/clock', { set })),
      now: () => sandbox.clock.now(),
    },
    lights: {
      looked: async () => {
        const now = sandbox.clock.now();
        await until(
          async () => {
            // each answer costs the bot a moment of the look that is waited for
            await pause(100);
            return (await lastLook(bot().status.http)) >= now;
          },
          'a look at the schedules',
          45_000,
        );
      },
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

/** When the schedules were last looked at, in milliseconds of the sandbox's clock; 0 before the first time. */
async function lastLook(http: string | null): Promise<number> {
  const metrics = await (await fetch(`${http}/metrics`)).text();
  const [, seconds = '0'] = /^lamplighter_schedule_last_look_timestamp_seconds (\S+)$/m.exec(metrics) ?? [];
  return Number(seconds) * 1_000;
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
