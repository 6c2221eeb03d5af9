import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { again, becomes } from '../scene.ts';
import { isNow, reads, said, sent, stateOf } from './nights.ts';

/** One evening and the morning after it, on the sandbox's own cloud and policies: the story that people are shown. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ at: '2026-12-02T17:00:00Z' });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const members = ['web-1', 'web-2', 'shop-dev-api', 'shop-dev-db'];

test('twenty minutes before, the channel is warned, and says who keeps what on', async () => {
  await isNow(world, '2026-12-02T17:40:00Z');
  const warning = await reads(world, /At 19:00 .* dev-evenings stops 4 resources/);
  expect(warning.buttons).toEqual(['Keep on 1 h', 'Keep on until 22:00', 'Skip tonight']);

  await world.as('ana').types('/oci keep web-1 on until 22:00 because of the demo', { in: 'shop' });
  const warned = await becomes(world, warning, /dev-evenings stops 3 resources/, { in: 'shop' });
  expect(warned.shown).toMatch(/<@U0ANAPETROV> keeps web-1 on until .* – “of the demo”/);
  expect(warned.shown).toContain('• *1 compute instance*: web-2');
  expect(warned.buttons).toHaveLength(3);
});

test('killed in the middle of it, one message tells all that was stopped, kept and saved', async () => {
  await isNow(world, '2026-12-02T18:00:00Z');
  const running = await reads(world, /Lights out in dev-evenings: \d of 4 stopped/);
  await world.until(async () => (await sent(world, 'web-2')).length > 0, 'the first stop');
  await world.bot.kill9();
  await world.bot.ready();

  const report = await becomes(world, running, /3 of 4 stopped, 1 kept; saves about €/, { in: 'shop' });
  expect(report.shown).toContain('1 compute instance (web-2)');
  expect(report.shown).toMatch(/Kept on\n.*<@U0ANAPETROV> keeps web-1 on until .* – “of the demo”/);
  expect(report.shown).toMatch(/Saved\*: tonight about €\d+\.\d\d, this month so far about €/);
  expect(report.shown).toContain('Estimates');
  expect(await said(world, /Lights out/)).toHaveLength(1);
  const pictured = await world.until(async () => {
    await world.clock.advance('1s');
    const now = await again(world, report, 'shop');
    return JSON.stringify(now.blocks).includes('slack_file') && now;
  }, 'the picture');
  expect(JSON.stringify(pictured.blocks)).toContain('over the last seven days: at most 4');
  expect(await sent(world, 'web-2')).toEqual(['SOFTSTOP']);
  expect(await sent(world, 'web-1')).toEqual([]);
  expect(await sent(world, 'shop-dev-api')).toEqual(['ContainerInstance.StopContainerInstance']);
  expect(await sent(world, 'shop-dev-db')).toEqual(['Database.StopAutonomousDatabase']);
});

test('on the way down the edge goes first and the database last', async () => {
  const order = await timesOf(/Stop|action=SOFTSTOP/);
  expect(order).toEqual(['web-2', 'shop-dev-api', 'shop-dev-db']);
});

test('what was kept is warned of with Extend, and stops when the keep is over, in the same report', async () => {
  await isNow(world, '2026-12-02T20:45:00Z');
  const warning = await reads(world, /At 22:00 .* dev-evenings stops 1 resource/);
  expect(warning.buttons).toContain('Extend by 1 h');
  expect(warning.shown).toContain('<@U0ANAPETROV>: what you keep on ends then: web-1');
  await isNow(world, '2026-12-02T21:00:00Z');
  await reads(world, /Lights out in dev-evenings: 4 of 4 stopped; saves about €/);
  expect(await said(world, /Lights out/)).toHaveLength(1);
  expect(await sent(world, 'web-1')).toEqual(['SOFTSTOP']);
});

test('in the morning all of it starts in the order of its groups, and nobody is told that all is well', async () => {
  const before = (await world.channel('shop').messages()).length;
  await isNow(world, '2026-12-03T06:20:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    const states = await Promise.all(members.map((name) => stateOf(world, name)));
    return states.every((state) => ['RUNNING', 'ACTIVE', 'AVAILABLE'].includes(String(state)));
  }, 'everything to be up');
  const order = await timesOf(/Start|action=START/);
  expect(order.slice(0, 2)).toEqual(['shop-dev-db', 'shop-dev-api']);
  expect(order.slice(2).toSorted()).toEqual(['web-1', 'web-2']);
  await isNow(world, '2026-12-03T06:45:00Z');
  await isNow(world, '2026-12-03T07:00:00Z');
  expect(await world.channel('shop').messages()).toHaveLength(before);
});

/** The members, by when they were first sent such a request. */
async function timesOf(path: RegExp): Promise<readonly string[]> {
  const names = new Map(
    (await world.oci.resources())
      .filter(({ name }) => members.includes(name))
      .map(({ ocid, name }) => [ocid, name]),
  );
  const found = (await world.oci.requests())
    .filter(
      ({ method, path: at, operation }) =>
        method !== 'GET' && (path.test(String(at)) || path.test(operation)),
    )
    .flatMap(({ resource }) => names.get(String(resource)) ?? []);
  return [...new Set(found)];
}
