import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm run sandbox -- …` was asked for, checked. Paths are absolute. */
export interface Options {
  readonly json: boolean;
  /** The page and the control API; the Slack, OCI and bot ports follow it. 0 is any free ones. */
  readonly port: number;
  /** A port that was asked for is kept or refused; the default gives way when it is taken. */
  readonly portGiven: boolean;
  readonly withBot: boolean;
  readonly config: string | undefined;
  readonly seed: string | undefined;
  /** The manifest of the app that is installed in Slack; this package's own when left out. */
  readonly manifest?: string | undefined;
  readonly data: string;
  readonly fresh: boolean;
  readonly database: string | undefined;
}

/** Something the person who started the sandbox can put right: a sentence, and exit code 2. */
export class BadStart extends Error {
  override readonly name = 'BadStart';
}

const FIRST_PORT = 4100;

export const help = `Usage: npm run sandbox -- [options]

Starts a Slack, an Oracle Cloud and the bot on this computer, and a page to meet them on.
Needs no account and no network. Stopping and starting continues where it was.

  --port N         first of four ports: page and control, Slack, OCI, bot (${FIRST_PORT}; 0 = any free ones)
  --fresh          forget everything and start over
  --without-bot    only the two emulators, for another bot or client
  --config FILE    the bot's lamplighter.yml (sandbox/lamplighter.yml)
  --seed FILE      the cloud to begin with (sandbox/seed.yml)
  --manifest FILE  the Slack app that is installed, YAML or JSON (manifest.yml)
  --data DIR       where the state is kept (.lamplighter/sandbox)
  --database URL   a PostgreSQL for the bot's store, in place of the embedded one
  --json           print one line of JSON when ready, for programs; logs go to stderr
  --help           this text

Described in sandbox/README.md.
`;

/** Throws BadStart for anything it does not understand. Answers 'help' when that was asked for. */
export function readOptions(argv: readonly string[], cwd: string): Options | 'help' {
  const given = parse(argv);
  if (given.help) return 'help';
  return {
    json: given.json ?? false,
    port: given.port === undefined ? FIRST_PORT : readPort(given.port),
    portGiven: given.port !== undefined,
    withBot: !given['without-bot'],
    config: readFile('config', given.config, cwd),
    seed: readFile('seed', given.seed, cwd),
    manifest: readFile('manifest', given.manifest, cwd),
    data: readFolder(given.data ?? '.lamplighter/sandbox', cwd),
    fresh: given.fresh ?? false,
    database: readDatabase(given.database),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        json: { type: 'boolean' },
        port: { type: 'string' },
        'without-bot': { type: 'boolean' },
        config: { type: 'string' },
        seed: { type: 'string' },
        manifest: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        database: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new BadStart(`${sentence}. --help lists the options.`);
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  // Three more ports follow the first.
  if (port === 0 || (port >= 1 && port + 3 <= 65_535)) return port;
  throw new BadStart(`--port ${text} is not a port: give 0 (any free ones) or a number from 1 to 65532.`);
}

function readFile(option: string, path: string | undefined, cwd: string): string | undefined {
  if (path === undefined) return undefined;
  const file = resolve(cwd, path);
  if (existsSync(file) && statSync(file).isFile()) return file;
  throw new BadStart(`--${option} ${path}: there is no such file.`);
}

function readFolder(path: string, cwd: string): string {
  const folder = resolve(cwd, path);
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new BadStart(`--data ${path} is a file; give a folder.`);
  return folder;
}

function readDatabase(url: string | undefined): string | undefined {
  if (url === undefined || /^postgres(ql)?:\/\//.test(url)) return url;
  throw new BadStart('--database needs a PostgreSQL address: postgres://user:password@host/name.');
}
