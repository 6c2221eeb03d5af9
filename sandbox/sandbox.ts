import { createHash } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { botEnvironment, botSpeaksHttp } from './bot-environment.ts';
import { SandboxClock } from './clock.ts';
import { controlApp } from './control/app.ts';
import { type Listening, listen } from './control/listen.ts';
import type { Parts } from './control/parts.ts';
import { type DataFolder, emptyStore, openData, profile, writeOciConfig } from './data.ts';
import { type OciSandbox, readSeed, startOci } from './oci/server.ts';
import { BadStart, type Options } from './options.ts';
import { choosePorts } from './ports.ts';
import { packageRoot } from './root.ts';
import { installedApp } from './slack/app.ts';
import { type SlackSandbox, startSlack } from './slack/server.ts';
import { readState, type State, StateFile } from './state.ts';
import { Supervisor } from './supervisor.ts';

/** What a foreign client needs; the one line that --json prints. Field names are a contract. */
export interface Info {
  readonly page: string;
  readonly control: string;
  readonly slack: Pick<
    SlackSandbox,
    'apiUrl' | 'botToken' | 'appToken' | 'signingSecret' | 'channels' | 'users'
  >;
  readonly oci: Pick<OciSandbox, 'endpoint' | 'regions' | 'compartments'> & {
    readonly configFile: string;
    readonly profile: string;
    readonly tenancy: string;
    /** Where listeners are reached from this computer: `shop-lb/http` → `http://127.0.0.1:PORT`. */
    readonly listeners: Readonly<Record<string, string>>;
    /** An HTTP proxy that leads to the addresses that the API shows. */
    readonly proxy: string;
  };
  /** null with --without-bot. */
  readonly bot: { readonly http: string; readonly pid: number; readonly store: string } | null;
}

export interface Sandbox extends Parts {
  readonly info: Info;
  /** The bot gets 5 s to end what it does; the state is written; nothing is left running. */
  stop(): Promise<void>;
}

/**
 * Starts both emulators, the control API and, unless told otherwise, the bot. Resolves when all of it is
 * ready. Throws BadStart for what the caller can put right and BotFailed when the bot refuses to start;
 * then nothing is left running.
 *
 * @param options.log where the bot's output goes; a file in the data folder when left out
 * @param options.say gets sentences that a person should see
 * @param options.offset how many milliseconds a clock that has no state yet is ahead of real time
 */
export async function startSandbox(
  options: Omit<Options, 'json'> & {
    readonly log?: Writable;
    readonly say: (sentence: string) => void;
    readonly offset?: number;
  },
): Promise<Sandbox> {
  const started: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    return { ...(await build(options, (end) => started.push(end))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  options: Parameters<typeof startSandbox>[0],
  onStop: (end: () => unknown) => void,
): Promise<Omit<Sandbox, 'stop'>> {
  const data = openData(options.data, options);
  onStop(data.unlock);
  const ports = await choosePorts(options.port, options.portGiven, options.say);
  const seedFile = options.seed ?? join(packageRoot, 'sandbox/seed.yml');
  const seed = readOr(() => readSeed(seedFile));
  const seedDigest = createHash('sha256').update(readFileSync(seedFile)).digest('hex');
  const before = readState(data.state);
  if (before && before.seed !== seedDigest)
    options.say('The seed is not the one that the stored state grew from: Oracle Cloud starts anew.');

  const clock = new SandboxClock(before?.offset ?? options.offset ?? 0);
  const app = readOr(() => installedApp(options.manifest));
  const slack = await startSlack({ clock, app, state: before?.slack, port: ports.slack });
  onStop(() => slack.close());
  const grown = before?.seed === seedDigest ? before.oci : undefined;
  const oci = await startOci({ clock, seed, state: grown, port: ports.oci, traffic: true }).catch((error) => {
    throw new BadStart(`${error.message} Add --fresh to start over.`);
  });
  onStop(() => oci.close());
  writeOciConfig(data, oci.credentials);
  keepState(data, { clock, slack, oci, seed: seedDigest }, options.say, onStop);

  const config = options.config ?? join(packageRoot, 'sandbox/lamplighter.yml');
  const bot = options.withBot
    ? new Supervisor({
        entry: join(packageRoot, 'dist/sandbox/bot.js'),
        env: (port) => botEnvironment({ slack, oci, data, config, database: options.database, port }),
        port: ports.bot,
        clock,
        log: options.log ?? createWriteStream(data.log, { flags: 'w', mode: 0o600 }),
      })
    : undefined;

  const parts: Parts = {
    clock,
    slack,
    oci,
    bot,
    moveClock: async (ms) => {
      clock.advance(ms);
      return (await bot?.followClock()) ?? true;
    },
    reset: async () => {
      const afresh = () => {
        clock.offset = 0;
        slack.reset();
        oci.reset();
        emptyStore(data);
      };
      if (bot) await bot.startOver(afresh);
      else afresh();
    },
  };
  const page = await listen(controlApp(parts), ports.page);
  onStop(() => page.close());
  if (bot) {
    onStop(() => bot.stop());
    await bot.start();
    if (botSpeaksHttp(config)) slack.setHttp(`${bot.status.http}/slack/events`);
  }
  return { ...parts, info: describe(parts, page, data) };
}

/** Whoever gives a bad file gets its sentences. */
function readOr<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BadStart(error instanceof Error ? error.message : String(error));
  }
}

function keepState(
  data: DataFolder,
  kept: { clock: SandboxClock; slack: SlackSandbox; oci: OciSandbox; seed: string },
  say: (sentence: string) => void,
  onStop: (end: () => unknown) => void,
): void {
  const { clock, slack, oci, seed } = kept;
  const take = (): State => ({
    version: 1,
    offset: clock.offset,
    slack: slack.snapshot(),
    oci: oci.snapshot(),
    seed,
  });
  const file = new StateFile(data.state, take, say);
  slack.onChange(() => file.touch());
  oci.onChange(({ kind }) => {
    if (kind !== 'request' && kind !== 'faults') file.touch();
  });
  clock.onMove(() => file.touch());
  file.write();
  onStop(() => file.close());
}

function describe({ slack, oci, bot }: Parts, page: Listening, data: DataFolder): Info {
  const { apiUrl, botToken, appToken, signingSecret, channels, users } = slack;
  const { endpoint, credentials, regions, compartments } = oci;
  const status = bot?.status;
  return {
    page: `${page.url}/`,
    control: `${page.url}/control`,
    slack: { apiUrl, botToken, appToken, signingSecret, channels, users },
    oci: {
      endpoint,
      configFile: data.ociConfig,
      profile,
      tenancy: credentials.tenancy,
      regions,
      compartments,
      listeners: oci.traffic?.listeners ?? {},
      proxy: oci.traffic?.proxy ?? '',
    },
    bot: status ? { http: status.http ?? '', pid: status.pid ?? 0, store: data.store } : null,
  };
}
