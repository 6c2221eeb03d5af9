import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openShell, type Shell } from './shell.ts';

/** The whole product from the words in a shell to the wire, against the OCI emulator. */

const rules = `version: 1
oci: { auth: config }
rules:
  - { name: look, who: [terminal], commands: [queries, controls], allow: true }
  - { name: start dev, who: [terminal], commands: [start, keep], where: { tags: { env: dev } }, allow: true }
  - name: stop dev
    who: [terminal]
    commands: [stop, restart]
    where: { tags: { env: dev } }
    ask: { from: [S0ONCALL000], within: 30m }
`;

let on: Shell;
const run = (argv: readonly string[], typed?: readonly string[]) => on.run(argv, typed);
beforeAll(async () => {
  on = await openShell(rules);
});
afterAll(() => on.close());
beforeEach(() => on.fresh());

/** Lets minutes of OCI pass in moments. */
async function hurried<T>(work: Promise<T>): Promise<T> {
  const ticking = setInterval(() => on.clock.advance(1_000), 10);
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
  return (await on.oci.control.request(path, body ? post : {})).json() as Promise<T>;
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
    expect(out).toMatch(
      /Dry run: stop web-1\. Nothing was changed\..*nobody here to confirm it\..*Add --yes/s,
    );
    expect(code).toBe(2);
    expect(await stateOf('web-1')).toBe('RUNNING');
  });

  test('that has nothing to do asks nobody', async () => {
    for (const typed of [undefined, []]) {
      const { code, out, err } = await run(['start web-1 env=dev'], typed);
      expect(out).toContain('Left alone: web-1 (already up)');
      expect(out + err).not.toMatch(/--yes|Go on/);
      expect(code).toBe(0);
    }
  });

  test('is a document with its plan, too', async () => {
    const { code, out } = await run(['stop web-1 env=dev', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'refused',
      exit: 2,
      title: 'That changes the cloud, and there is nobody here to confirm it.',
      plan: { title: expect.anything() },
    });
    expect(code).toBe(2);
  });

  test.each([
    ['stop nothing-like-this', 'Nothing matches nothing-like-this.'],
    ['stop web-1 env=dv', 'Nothing matches web-1 env=dv.'],
    ['keep policy:no-such on for 2h', 'There is no policy no-such.'],
    ['keep web-1 env=dev on until 25:00', 'There is no time 25:00.'],
    ['start env=dr kind:vm', 'No rule lets you start'],
    ['stop bastion', '2 resources are called bastion.'],
  ])('that cannot be planned says so, and not that --yes is missing: %s', async (line, sentence) => {
    for (const typed of [undefined, []]) {
      const { code, out, err } = await run([line], typed);
      expect(out).toContain(sentence);
      expect(out + err).not.toMatch(/--yes|Go on/);
      expect(code).toBe(2);
    }
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
      join(on.folder, 'wrong.yml'),
      rules.replace('version: 1', 'version: 3').replace('[queries', '[querys'),
    );
    const { code, out, err } = await on.run(['list'], undefined, { LAMPLIGHTER_CONFIG: 'wrong.yml' });
    expect(err).toContain('✗ The configuration is wrong.');
    expect(err).toContain('wrong.yml:1:1 version: should be 1');
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('a store that is not one', async () => {
    writeFileSync(on.store, 'a file where the folder should be');
    const { code, out } = await run(['list', '--json']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'refused', exit: 2 });
    expect(out).not.toMatch(/ at .*\.ts:/);
    expect(code).toBe(2);
  });
});

describe('without a line', () => {
  test('lines come from the input, and the last one decides', async () => {
    const { code, out } = await on.pipe('list web-1\n\n/oci nonsense\nexit\nlist\n');
    expect(out).toMatch(/^1 resource matches web-1\./m);
    expect(out).toMatch(/There is no command nonsense\.\n/);
    expect(out).not.toContain('lamplighter>');
    expect(out.match(/match/g)).toHaveLength(1);
    expect(code).toBe(2);
  });
});
