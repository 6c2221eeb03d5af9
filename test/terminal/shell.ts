import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { SandboxClock } from '../../sandbox/clock.ts';
import { readSeed } from '../../sandbox/oci/seed/seed.ts';
import { type OciSandbox, startOci } from '../../sandbox/oci/server.ts';
import { packageRoot } from '../../src/root.ts';
import { runTerminal } from '../../src/terminal/cli.ts';
import { openBot } from '../../src/terminal/open.ts';

/** `npx lamplighter` from the words in a shell to the wire, against the OCI emulator. */
export interface Shell {
  /** Where it is typed, with lamplighter.yml in it. */
  readonly folder: string;
  /** Of the store, in that folder. */
  readonly store: string;
  readonly oci: OciSandbox;
  readonly clock: SandboxClock;
  /** Runs the words. `typed` is answered at a terminal, without it there is none. */
  run(argv: readonly string[], typed?: readonly string[], env?: Env): Promise<Ran>;
  /** Runs the lines of the input, one after the other. */
  pipe(lines: string): Promise<Ran>;
  /** A cloud and a store in which nothing has happened. */
  fresh(): void;
  close(): Promise<void>;
}

type Env = Readonly<Record<string, string>>;

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function openShell(configuration: string): Promise<Shell> {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-terminal-'));
  const clock = new SandboxClock();
  const oci = await startOci({ clock, seed: readSeed(join(packageRoot, 'sandbox/seed.yml')), times: 'fast' });
  const { tenancy, user, fingerprint, privateKey, region } = oci.credentials;
  writeFileSync(join(folder, 'key.pem'), privateKey, { mode: 0o600 });
  writeFileSync(
    join(folder, 'config'),
    `[DEFAULT]\ntenancy=${tenancy}\nuser=${user}\nfingerprint=${fingerprint}\nregion=${region}\nkey_file=${join(folder, 'key.pem')}\n`,
    { mode: 0o600 },
  );
  writeFileSync(join(folder, 'lamplighter.yml'), configuration);

  let stores = 1;
  const start = async (
    argv: readonly string[],
    stdin: PassThrough & { isTTY: boolean },
    err: Paper,
    more: Env,
  ) => {
    const out = new Paper(stdin.isTTY);
    const env = {
      OCI_ENDPOINT: oci.endpoint,
      OCI_CONFIG_FILE: join(folder, 'config'),
      LAMPLIGHTER_STORE: `store-${stores}`,
      NO_COLOR: '1',
      ...more,
    };
    const code = await runTerminal({
      argv,
      env,
      user: 'ana',
      stdin,
      stdout: out,
      stderr: err,
      signal: new AbortController().signal,
      start: () => openBot({ env, cwd: folder, clock }),
    });
    return { code, out: out.text, err: err.text };
  };

  return {
    folder,
    get store() {
      return join(folder, `store-${stores}`);
    },
    oci,
    clock,
    async run(argv, typed, env = {}) {
      const isTTY = typed !== undefined;
      const [stdin, err] = [Object.assign(new PassThrough(), { isTTY }), new Paper(isTTY)];
      let answered = 0;
      const answer = () => {
        const asked = err.text.match(/\[y\/N\] |leave it: /g)?.length ?? 0;
        if (asked > answered) stdin.write(typed?.[answered++] ?? '\u0004');
      };
      const ticking = setInterval(answer, 5);
      return start(argv, stdin, err, env).finally(() => clearInterval(ticking));
    },
    pipe(lines) {
      const stdin = Object.assign(new PassThrough(), { isTTY: false });
      stdin.end(lines);
      return start([], stdin, new Paper(false), {});
    },
    fresh() {
      oci.reset();
      stores += 1;
    },
    async close() {
      await oci.close();
      rmSync(folder, { recursive: true });
    },
  };
}

class Paper extends Writable {
  text = '';
  readonly isTTY: boolean;
  readonly columns = 100;
  readonly rows = 40;
  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
