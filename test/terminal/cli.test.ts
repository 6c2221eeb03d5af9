import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  oci = await startOci({ clock, seed: readSeed(join(packageRoot, 'sandbox/seed.yml')), times: 'fast' });
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
  oci.reset();
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
  let answered = 0;
  const answer = () => {
    const asked = err.text.match(/\[y\/N\] |leave it: /g)?.length ?? 0;
    if (asked > answered) stdin.write(typed?.[answered++] ?? '\u0004');
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

/** Lets minutes of OCI pass in moments. */
async function hurried<T>(work: Promise<T>): Promise<T> {
  const ticking = setInterval(() => clock.advance(1_000), 10);
  return work.finally(() => clearInterval(ticking));
}

async function stateOf(name: string): Promise<string> {
  const { resources } = await control<{ resources: { state: string }[] }>(`/resources?name=${name}`);
  return resources[0]?.state ?? 'not in the seed';
}

async function actions(): Promise<number> {
  return (await control<{ requests: unknown[] }>('/requests?operation=Compute.InstanceAction')).requests
    .length;
}

async function control<T>(path: string, body?: unknown): Promise<T> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await oci.control.request(path, body ? post : {})).json() as Promise<T>;
}

describe('one line', () => {
  test('that looks is answered with exit code 0', async () => {
    const { code, out } = await run(['list app=shop env=dev']);
    expect(out).toMatch(/^\d+ resources match app=shop env=dev\./);
    expect(out).toMatch(/^web-1 +instance +RUNNING +shop\/dev +eu-frankfurt-1 +app=shop env=dev/m);
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
    const { code, out } = await run(['start env=dr kind:vm', '--yes']);
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
    expect(await stateOf('web-1')).toBe('RUNNING');
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
    expect(await stateOf('web-1')).toBe('RUNNING');
  });

  test('that is allowed is followed to its end, a line for each change', async () => {
    const { code, out } = await hurried(run(['start worker-dev-1', '--yes']));
    expect(out).toMatch(/^> running worker-dev-1/m);
    expect(out).toMatch(/^✓ terminal:ana: start worker-dev-1 – done in /m);
    expect(code).toBe(0);
    expect(await stateOf('worker-dev-1')).toBe('RUNNING');
  });

  test('that OCI refuses ends with exit code 1 and OCI’s words', async () => {
    await control('/faults', {
      operation: 'Compute.InstanceAction',
      status: 404,
      code: 'NotAuthorizedOrNotFound',
    });
    const { code, out } = await hurried(run(['start worker-dev-1', '--yes', '--json']));
    expect(JSON.parse(out)).toMatchObject({ outcome: 'failed', exit: 1, operation: { status: 'failed' } });
    expect(out).toContain('NotAuthorizedOrNotFound');
    expect(code).toBe(1);
  });

  test('that waits is a document with its operation, too', async () => {
    const { code, out } = await run(['stop web-1 env=dev', '--yes', '--json']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'waiting', exit: 3, operation: { status: 'waiting' } });
    expect(code).toBe(3);
  });
});

describe('at a terminal', () => {
  test('a change is shown, and runs when it is confirmed', async () => {
    const before = await actions();
    const { code, out, err } = await hurried(run(['start worker-dev-1'], ['y\n']));
    expect(out).toMatch(/Dry run: start worker-dev-1\. Nothing was changed\./);
    expect(err).toContain('Go on? [y/N]');
    expect(out).toMatch(/✓ done +worker-dev-1/);
    expect(code).toBe(0);
    expect(await actions()).toBe(before + 1);
  });

  test.each([['n\n'], ['\n'], ['yeah\n'], ['\u0004']])(
    'and does not when the answer is %j',
    async (typed) => {
      const before = await actions();
      const { code, out } = await run(['start worker-dev-1'], [typed]);
      expect(out).toMatch(/Nothing was changed\.\n$/);
      expect(code).toBe(2);
      expect(await actions()).toBe(before);
    },
  );

  test('a name that means several is asked about', async () => {
    const { code, out } = await run(['inspect bastion'], ['2\n']);
    expect(out).toMatch(/2 resources are called bastion\./);
    expect(out).toMatch(/^2 {2}bastion · /m);
    expect(out).toMatch(/ocid1\.instance\./);
    expect(code).toBe(0);
  });

  test.each(['\n', '7\n', '-1\n', 'x\n'])('and left when the answer is %j', async (typed) => {
    expect((await run(['inspect bastion'], [typed])).code).toBe(2);
  });
});

describe('what keeps it from starting is a sentence, not a stack', () => {
  test('a configuration that is wrong', async () => {
    writeFileSync(
      join(folder, 'wrong.yml'),
      rules.replace('version: 1', 'version: 3').replace('[queries', '[querys'),
    );
    env = { ...env, LAMPLIGHTER_CONFIG: 'wrong.yml' };
    const { code, out, err } = await run(['list']);
    expect(err).toContain('✗ The configuration is wrong.');
    expect(err).toContain('wrong.yml:1:1 version: should be 1');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('a store that is not one', async () => {
    writeFileSync(join(folder, `store-${store}`), 'a file where the folder should be');
    const { code, out } = await run(['list', '--json']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', exit: 2 });
    expect(out).not.toMatch(/ at .*\.ts:/);
    expect(code).toBe(2);
  });
});

describe('a file of policies', () => {
  const shop = `team: shop
zone: Europe/Amsterdam
channel: C0SHOP0000
policies:
  shop-evenings: { what: app=shop env=dev kind:vm, when: Mon-Fri 07:30-20:00 }
`;
  const ops = `channel: C0OPS00000
team: ops
policies:
  ops-nights: { what: web-* env=dev kind:vm, when: Mon-Fri 07:30-22:00 Europe/Amsterdam }
`;
  const lit = (name: string) => join(folder, 'lit', name);

  beforeAll(() => {
    mkdirSync(lit('policies'), { recursive: true });
    mkdirSync(lit('drafts'));
    const schedules =
      '  - { name: nights, who: [schedule], commands: [start, stop], where: { tags: { env: dev } }, allow: true }\n';
    writeFileSync(lit('lamplighter.yml'), `${rules}${schedules}`);
    writeFileSync(lit('policies/shop.yml'), shop);
  });
  beforeEach(() => {
    env = { ...env, LAMPLIGHTER_CONFIG: 'lit/lamplighter.yml' };
  });

  const check = (file: string, text?: string) => {
    if (text !== undefined) writeFileSync(lit(file), text);
    return run(['schedule', 'check', `lit/${file}`]);
  };

  test('that is right is held against the cloud, with exit code 0', async () => {
    const { code, out } = await check('policies/shop.yml');
    expect(out).toMatch(
      /^✓ Nothing is odd about 1 policy in policies\/shop\.yml, with \d+ resources in sight\./,
    );
    expect(code).toBe(0);
  });

  test('that was never read is held against what is running, with both places', async () => {
    const { code, out } = await check('drafts/ops.yml', ops);
    const told = out.replace(/\s+/g, ' ');
    expect(told).toContain('! 1 thing is odd about 1 policy in policies/ops.yml');
    expect(told).toContain(
      '- policies/shop.yml:5, policies/ops.yml:4 shop-evenings and ops-nights are both about',
    );
    expect(told).toMatch(
      /shop-evenings wants down at \w+ \d+ \w+ 20:00 .*, when ops-nights wants up, which counts for more\./,
    );
    expect(code).toBe(0);
  });

  test('takes its own place when it is checked anew', async () => {
    const { out } = await check('drafts/shop.yml', shop.replace('env=dev kind:vm', 'env=nowhere'));
    expect(out.replace(/\s+/g, ' ')).toContain(
      '- policies/shop.yml:5 shop-evenings means nothing that I can see.',
    );
    expect(out).not.toContain('both about');
  });

  test('with mistakes is answered with all of them and their lines, with exit code 1', async () => {
    const { code, out } = await check(
      'drafts/wrong.yml',
      'team: shop\npolicies:\n  a: { what: "*", when: Mon 10:00-11:00 }\n  b: { what: env=dev, when: Mon 25:00-26:00 UTC }\n',
    );
    const told = out.replace(/\s+/g, ' ');
    expect(told).toContain('✗ 3 mistakes in policies/wrong.yml: I would not start with it.');
    expect(told).toContain('- policies/wrong.yml:3:8 policies.a.what: means every resource there is');
    expect(told).toContain('- policies/wrong.yml:3:19 policies.a.when: "Mon 10:00-11:00" has no zone');
    expect(told).toContain('- policies/wrong.yml:4:23 policies.b.when: ');
    expect(code).toBe(1);
  });

  test('whose mistakes are those of YAML says so, in JSON too', async () => {
    writeFileSync(lit('drafts/odd.yml'), 'team: shop\npolicies: {{ a }: b}\n');
    const { code, out } = await run(['schedule check lit/drafts/odd.yml', '--json']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'failed', exit: 1, report: { tone: 'failure' } });
    expect(out).toContain('a mapping stands where a key should be');
    expect(code).toBe(1);
  });

  test('that only has doubts is warned of', async () => {
    const { code, out } = await check(
      'drafts/shop.yml',
      shop.replace('kind:vm,', 'kind:vm, how: scale to 1:8,'),
    );
    const told = out.replace(/\s+/g, ' ');
    expect(told).toContain(
      'What I would warn of - policies/shop.yml:5:3 policies.shop-evenings: nothing will scale',
    );
    expect(code).toBe(0);
  });

  test('may be the configuration itself', async () => {
    expect((await check('lamplighter.yml')).out).toContain(
      'Nothing is odd about 0 policies in lamplighter.yml',
    );
    writeFileSync(lit('drafts/lamplighter.yml'), 'version: 1\n');
    const other = await run(['schedule check lit/drafts/lamplighter.yml']);
    expect(other.out).toContain('That is not the lamplighter.yml that I was started with.');
    expect(other.code).toBe(2);
  });

  test('that is not there, or no text, is refused', async () => {
    const none = await run(['schedule check lit/policies/shp.yml']);
    expect(none.out.replace(/\s+/g, ' ')).toContain(
      'There is no file lit/policies/shp.yml. Policies are written in policies/shop.yml.',
    );
    expect(none.code).toBe(2);
    expect((await run(['schedule check lit/policies'])).out).toContain('lit/policies cannot be read');
    writeFileSync(lit('drafts/picture.yml'), Buffer.from([0xff, 0xfe, 0x00]));
    expect((await run(['schedule check lit/drafts/picture.yml'])).code).toBe(2);
  });

  test('of which only the name is known is what was read', async () => {
    expect((await run(['schedule check shop.yml'])).out).toContain('1 policy in policies/shop.yml');
  });
});

describe('without a line', () => {
  test('lines come from the input, and the last one decides', async () => {
    const stdin = Object.assign(new PassThrough(), { isTTY: false });
    stdin.end('list web-1\n\n/oci nonsense\nexit\nlist\n');
    const [out, err] = [new Paper(false), new Paper(false)];
    const code = await runTerminal({
      argv: [],
      env,
      user: 'ana',
      stdin,
      stdout: out,
      stderr: err,
      signal: new AbortController().signal,
      start: () => openBot({ env, cwd: folder, clock }),
    });
    expect(out.text).toMatch(/^1 resource matches web-1\./m);
    expect(out.text).toMatch(/There is no command nonsense\.\n/);
    expect(out.text).not.toContain('lamplighter>');
    expect(out.text.match(/match/g)).toHaveLength(1);
    expect(code).toBe(2);
  });
});
