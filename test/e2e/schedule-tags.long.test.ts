import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { bootWorld, type World } from '../support/world.ts';
import { tell } from './scene.ts';

/** Resources that carry their schedules themselves, in every command that speaks of schedules. */

const policies = `policies:
  data-team: { what: owner=data-team env=test, when: daily 06:00-23:00 UTC, longestKeep: 1d }
  edge: { what: shop-web-* env=prod, when: Mon-Fri 07:30-20:00 Europe/Amsterdam }
`;

let world: World;
beforeAll(async () => {
  const usual = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8');
  world = await bootWorld({ config: usual.replace(/^policies:\n/m, policies), at: '2026-11-25T16:00:00Z' });
});
afterAll(() => world?.stop());

test('show, why and next speak of its own hours, by its own clocks', async () => {
  const { shown } = await tell(world, 'schedule show tags');
  expect(shown).toContain('3 resources say in their tags when to run.');
  expect(shown).toContain('down Wed 25 Nov 21:00 Europe/Berlin, 20:00 UTC: notebook-1 and sandpit-1');
  const why = (await tell(world, 'why notebook-1')).shown;
  expect(why).toContain('tags, group all, written in the tags of each resource');
  expect(why).toMatch(/\*Window\*\s+up: Schedule\.WeekDay says on/);
  expect(why).toMatch(/Also about it\*\s+data-team \(/);
  const next = (await tell(world, 'schedule next notebook-1')).shown;
  expect(next).toContain('down Wed 25 Nov 21:00 Europe/Berlin, 20:00 UTC; up Thu 26 Nov 07:00 Europe/Berlin');
});

test('keep is by its clocks and for as long as is allowed; then next says when the keep ends', async () => {
  const long = (await tell(world, 'keep notebook-1 on for 17h')).shown;
  expect(long).toContain('The policy tags lets notebook-1 be kept for 16 h at most.');
  await world.as('ana').types('/oci keep notebook-1 on until 20:30', { in: 'ops' });
  await world.channel('ops').shows(/keep notebook-1 on until Wed 25 Nov 20:30 Europe\/Berlin – done/);
  const { shown } = await tell(world, 'schedule next notebook-1');
  expect(shown).toContain('kept on until Wed 25 Nov 20:30 Europe/Berlin; up Wed 25 Nov 20:30 Europe/Berlin');
  expect(shown).toContain('down Wed 25 Nov 21:00 Europe/Berlin');
});

test('a check tells which tags go before a policy, which cannot be read, and what no rule allows', async () => {
  const { shown } = await tell(world, 'schedule check');
  expect(shown).toMatch(
    /lamplighter\.yml:\d+` notebook-1, sandpit db and sandpit-1 say in their tags when to run, which goes before data-team\./,
  );
  expect(shown).toMatch(
    /lamplighter\.yml:\d+` No rule lets edge start or stop shop-web-1, shop-web-2 and shop-web-3: name schedule:edge in who of one that does\./,
  );
});

test('what a pool runs has no next of its own', async () => {
  const { shown } = await tell(world, 'schedule next inst-*');
  expect(shown).toContain('left alone: instance pool etl-workers decides when it runs');
});
