import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { acts, ask, ends, pairs, states } from './scene.ts';

/** An action whose answer never comes: given up after half a minute of real time, and never sent twice. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ seed: pairs(['before', 'after']) });
});
afterAll(() => world?.stop());

test.each(['before', 'after'])(
  'a call that is swallowed %s its effect',
  { timeout: 90_000 },
  async (when) => {
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
      .poll(async () => (await acts(world, when)).some(({ ms }) => Number(ms) >= 35_000), { timeout: 60_000 })
      .toBe(true);
    expect((await ends(world, card)).text).toMatch(/ done in /);
    expect(await states(world, when)).toEqual(['STOPPED', 'STOPPED']);
    const effects = (await acts(world, when)).filter(({ status, repeated }) => status === 200 && !repeated);
    expect(effects).toHaveLength(2);
  },
);
