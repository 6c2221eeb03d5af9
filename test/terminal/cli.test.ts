import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SandboxClock } from '../../sandbox/clock.ts';
import { readSeed } from '../../sandbox/oci/seed.ts';
import { type OciSandbox, startOci } from '../../sandbox/oci/server.ts';
import { packageRoot } from '../../src/root.ts';
import { runTerminal } from '../../src/terminal/cli.ts';
import { openBot } from '../../src/terminal/open.ts';

/** The whole product from the words in a shell to the wire, against the OCI emulator. */

const rules = `version: 1
oci: { auth: config }
rules:
  - { name: look, who: [terminal], commands: [queries, controls], allow: true }
  - { name: start dev, who: [terminal], commands: [start], where: { tags: { env: dev } }, allow: true }
  - name: stop dev
    who: [terminal]
    commands: [stop, restart]
    where: { tags: { env: dev } }
    ask: { from: [S0ONCALL000], within: 30m }
`;

let folder: string;
let oci: OciSandbox;
let clock: SandboxClock;
let env: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-terminal-'));
  clock = new SandboxClock();
  oci = await startOci({ clock, seed: readSeed(join(packageRoot, 'sandbox/seed.yml')) });
  const { tenancy, user, fingerprint, privateKey, region } = oci.credentials;
  writeFileSync(join(folder, 'key.pem'), privateKey, { mode: 0o600 });
  writeFileSync(
    join(folder, 'config'),
    `[DEFAULT]\ntenancy=${tenancy}\nuser=${user}\nfingerprint=${fingerprint}\nregion=${region}\nkey_file=${join(folder, 'key.pem')}\n`,
    { mode: 0o600 },
  );
  writeFileSync(join(folder, 'lamplighter.yml'), rules);
});
afterAll(async () => {
  await oci.close();
  rmSync(folder, { recursive: true });
});

let store = 0;
beforeEach(() => {
  store += 1;
  env = {
    OCI_ENDPOINT: oci.endpoint,
    OCI_CONFIG_FILE: join(folder, 'config'),
    LAMPLIGHTER_STORE: `store-${store}`,
    NO_COLOR: '1',
  };
});

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

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the words as `npx lamplighter` would. `typed` is answered at a terminal, without it there is none. */
async function run(argv: string[], typed?: readonly string[]): Promise<Ran> {
  const isTTY = typed !== undefined;
  const [stdin, out, err] = [Object.assign(new PassThrough(), { isTTY }), new Paper(isTTY), new Paper(isTTY)];
  const waiting = [...(typed ?? [])];
  const answer = () => {
    if (/(\[y\/N\]|leave it:) $/.test(err.text) && waiting.length > 0) {
      err.text += '\n';
      stdin.write(waiting.shift());
    }
  };
  const ticking = setInterval(answer, 5);
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
  clearInterval(ticking);
  return { code, out: out.text, err: err.text };
}

/** Advances the clock while something goes on, so that minutes of OCI pass in moments. */
async function hurried<T>(work: Promise<T>): Promise<T> {
  const ticking = setInterval(() => clock.advance(2_000), 20);
  return work.finally(() => clearInterval(ticking));
}

async function resource(name: string): Promise<{ lifecycleState: string }> {
  const answer = await oci.control.request(`/resources?name=${name}`);
  const found = (await answer.json()) as
    | { lifecycleState: string }[]
    | { resources: { lifecycleState: string }[] };
  const [first] = Array.isArray(found) ? found : found.resources;
  if (!first) throw new Error(`the seed has no ${name}`);
  return first;
}

describe('one line', () => {
  test('that looks is answered with exit code 0', async () => {
    const { code, out } = await run(['list app=shop env=dev']);
    expect(out).toMatch(/^\d+ resources match app=shop env=dev\./);
    expect(out).toMatch(/^web-1 +instance +RUNNING/m);
    expect(code).toBe(0);
  });

  test('may be several words', async () => {
    expect((await run(['list', 'app=shop', 'env=dev'])).code).toBe(0);
  });

  test.each([
    [['lst'], 'Did you mean list'],
    [['stop'], 'stop needs <target…>'],
    [['list "open'], 'A quote (") is not closed.'],
    [['stop nothing-like-this', '--yes'], 'Nothing matches nothing-like-this.'],
  ])('%j is refused with exit code 2', async (argv, sentence) => {
    const { code, out } = await run(argv);
    expect(out).toContain(sentence);
    expect(code).toBe(2);
  });

  test('that the rules do not allow is refused', async () => {
    const { code, out } = await run(['start env=prod kind:vm', '--yes']);
    expect(out).toMatch(/No rule lets you start/);
    expect(code).toBe(2);
  });

  test('--json is one document', async () => {
    const { code, out } = await run(['list app=shop env=dev', '--json']);
    const document = JSON.parse(out);
    expect(document).toMatchObject({ outcome: 'done', exit: 0, report: { tone: 'plain' } });
    expect(document.report.blocks[0].rows.length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });
});

describe('a change', () => {
  test('with --dry-run shows the plan and changes nothing', async () => {
    const { code, out } = await run(['stop web-1 env=dev', '--dry-run']);
    expect(out).toMatch(/Dry run: stop web-1\. Nothing was changed\./);
    expect(code).toBe(0);
    expect((await resource('web-1')).lifecycleState).toBe('RUNNING');
  });

  test('is refused where nobody can confirm it', async () => {
    const { code, out } = await run(['stop web-1 env=dev']);
    expect(out).toContain('Add --yes to run it, or --dry-run to see the plan.');
    expect(code).toBe(2);
  });

  test.each(['/oci stop web-1 env=dev', 'STOP web-1 env=dev', ' lamplighter stop web-1 env=dev'])(
    'however it is written: %j',
    async (line) => expect((await run([line])).code).toBe(2),
  );

  test('that needs an approval says who may give it, with exit code 3', async () => {
    const { code, out } = await run(['stop web-1 env=dev', '--yes']);
    expect(out).toMatch(/Needs 1 approval from @S0ONCALL000/);
    expect(code).toBe(3);
    expect((await resource('web-1')).lifecycleState).toBe('RUNNING');
  });

  test('that waits is a document with its operation, too', async () => {
    const { code, out } = await run(['stop web-1 env=dev', '--yes', '--json']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'waiting', exit: 3, operation: { status: 'waiting' } });
    expect(code).toBe(3);
  });
});
