import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openShell, type Ran, type Shell } from './shell.ts';

/** Files of policies that are checked before anybody relies on them, against the OCI emulator. */

const configuration = `version: 1
oci: { auth: config }
rules:
  - { name: look, who: [terminal], commands: [queries], allow: true }
  - { name: nights, who: [schedule], commands: [start, stop], where: { tags: { env: dev } }, allow: true }
`;

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

let on: Shell;
beforeAll(async () => {
  on = await openShell(configuration);
  mkdirSync(join(on.folder, 'policies'));
  mkdirSync(join(on.folder, 'drafts'));
  writeFileSync(join(on.folder, 'policies/shop.yml'), shop);
});
afterAll(() => on.close());

const inFolder = (name: string) => join(on.folder, name);

/** Writes the file, if its text is given, and checks it. */
const check = (file: string, text?: string): Promise<Ran> => {
  if (text !== undefined) writeFileSync(inFolder(file), text);
  return on.run(['schedule', 'check', file]);
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
  expect(told).toContain('! 1 thing is odd about 1 policy in drafts/ops.yml');
  expect(told).toContain(
    '- policies/shop.yml:5, drafts/ops.yml:4 shop-evenings and ops-nights are both about',
  );
  expect(told).toMatch(
    /shop-evenings wants down at \w+ \d+ \w+ 20:00 .*, when ops-nights wants up; ops-nights wins, since up goes before down, and they stay up\./,
  );
  expect(code).toBe(0);
});

test('takes its own place when it is checked anew', async () => {
  const { out } = await check('drafts/shop.yml', shop.replace('env=dev kind:vm', 'env=nowhere'));
  expect(out.replace(/\s+/g, ' ')).toContain(
    '- drafts/shop.yml:5 shop-evenings means nothing that I can see.',
  );
  expect(out).not.toContain('both about');
});

test('with mistakes is answered with all of them and their lines, with exit code 1', async () => {
  const { code, out } = await check(
    'drafts/wrong.yml',
    'team: shop\npolicies:\n  a: { what: "*", when: Mon 10:00-11:00 }\n  b: { what: env=dev, when: Mon 25:00-26:00 UTC }\n',
  );
  const told = out.replace(/\s+/g, ' ');
  expect(told).toContain('✗ 3 mistakes in drafts/wrong.yml: I would not start with it.');
  expect(told).toContain('- drafts/wrong.yml:3:8 policies.a.what: means every resource there is');
  expect(told).toContain('- drafts/wrong.yml:3:19 policies.a.when: "Mon 10:00-11:00" has no zone');
  expect(told).toContain('- drafts/wrong.yml:4:23 policies.b.when: ');
  expect(code).toBe(1);
});

test('whose mistakes are those of YAML says so, in JSON too', async () => {
  writeFileSync(inFolder('drafts/odd.yml'), 'team: shop\npolicies: {{ a }: b}\n');
  const { code, out } = await on.run(['schedule check drafts/odd.yml', '--json']);
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
    'What I would warn of - drafts/shop.yml:5:3 policies.shop-evenings: nothing will scale',
  );
  expect(code).toBe(0);
});

test('that contradicts itself says what holds, once', async () => {
  const { code, out } = await check(
    'drafts/shop.yml',
    shop.replace(
      'when: Mon-Fri 07:30-20:00',
      'when: [Wed 08:00-12:00, Wed closed, Thu start 07:00, Thu stop 07:00]',
    ),
  );
  const told = out.replace(/\s+/g, ' ');
  expect(told).toContain('2 things are odd about 1 policy in drafts/shop.yml');
  expect(told).toContain(
    '- drafts/shop.yml:5 shop-evenings says Wed closed, which never counts: Wed 08:00-12:00 says the opposite of the same days, and up goes before down.',
  );
  expect(told).toContain(
    '- drafts/shop.yml:5 shop-evenings says Thu stop 07:00, which never counts: Thu start 07:00 is at the same moment, and up goes before down.',
  );
  expect(code).toBe(0);
});

test('may be the configuration itself', async () => {
  expect((await check('lamplighter.yml')).out).toContain(
    'Nothing is odd about 0 policies in lamplighter.yml',
  );
  writeFileSync(inFolder('drafts/lamplighter.yml'), 'version: 1\n');
  const other = await on.run(['schedule check drafts/lamplighter.yml']);
  expect(other.out).toContain('That is not the lamplighter.yml that I was started with.');
  expect(other.code).toBe(2);
});

test('that is not there, or no text, is refused', async () => {
  const none = await on.run(['schedule check policies/shp.yml']);
  expect(none.out.replace(/\s+/g, ' ')).toContain(
    'There is no file policies/shp.yml. Policies are written in policies/shop.yml.',
  );
  expect(none.code).toBe(2);
  expect((await on.run(['schedule check policies'])).out).toContain('policies cannot be read');
  writeFileSync(inFolder('drafts/picture.yml'), Buffer.from([0xff, 0xfe, 0x00]));
  expect((await on.run(['schedule check drafts/picture.yml'])).code).toBe(2);
});

test('of which only the name is known is what was read', async () => {
  expect((await on.run(['schedule check shop.yml'])).out).toContain('1 policy in policies/shop.yml');
});
