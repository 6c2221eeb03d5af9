import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain } from '../support/plain.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, ask, ends, pairs, states } from './scene.ts';

/** An action whose answer never comes: given up after half a minute of real time, and never sent twice. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ config: plain, seed: pairs(['before', 'after', 'verify', 'observe']) });
});
afterAll(() => world?.stop());

test.each(['before', 'after'])('a call that is swallowed %s its effect', async (when) => {
  const card = await ask(world, `stop app=${when}`);
  await world.oci.faults({
    operation: 'Compute.InstanceAction',
    resource: `${when}-1`,
    latency: { ms: 35_000 },
    when,
    count: 1,
  });
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  // until the call is given up there is nothing to hurry
  await expect
    .poll(async () => (await acts(world, when)).some(({ ms }) => Number(ms) >= 35_000), { timeout: 120_000 })
    .toBe(true);
  expect((await ends(world, card)).text).toMatch(/ done in /);
  expect(await states(world, when)).toEqual(['STOPPED', 'STOPPED']);
  const effects = (await acts(world, when)).filter(({ status, repeated }) => status === 200 && !repeated);
  expect(effects).toHaveLength(2);
});

test.each(['verify', 'observe'])('a look that is swallowed: %s', async (phase) => {
  // those that were looked at before count no more: each of these is read by itself
  await world.clock.advance('1m');
  const card = await ask(world, `stop app=${phase}`);
  const swallow = () =>
    world.oci.faults({
      operation: 'Compute.GetInstance',
      resource: `${phase}-1`,
      latency: { ms: 12_000 },
      count: 1,
    });
  if (phase === 'verify') await swallow();
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  if (phase === 'observe') {
    await world.until(async () => (await acts(world, phase)).length === 2, 'both actions');
    await swallow();
    await world.clock.advance('2s');
  }
  await expect
    .poll(
      async () =>
        (await world.oci.requests()).some(
          ({ operation, ms }) => operation === 'Compute.GetInstance' && Number(ms) >= 12_000,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
  expect((await ends(world, card)).text).toMatch(/ done in /);
  expect(await states(world, phase)).toEqual(['STOPPED', 'STOPPED']);
  expect(await acts(world, phase)).toHaveLength(2);
  await world.call('DELETE', '/control/oci/requests');
});
