import { afterEach, describe, expect, test } from 'vitest';
import { readStrategy } from '../../src/core/deploy/strategy.ts';
import { type Rig, rig } from './rig.ts';
import { networkPlaces, networkSeed } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const behind = (more = {}) => rig({ places: networkPlaces(), ...more }, { seed: networkSeed, traffic: true });
const fresh = ['store-v1-1', 'store-v1-2', 'store-v1-3'];
const old = { up: ['store-1', 'store-2', 'store-3'], serving: ['store-1', 'store-2', 'store-3'] };

describe('each strategy replaces what is behind a network load balancer', () => {
  test.each(['rolling 2', 'blue-green', 'canary 20 % 10s, 100 %'])(
    '%s',
    async (strategy) => {
      at = await behind();
      const done = await at.run(await at.plan({ strategy }));
      expect(done.because).toBeUndefined();
      expect(done.status).toBe('succeeded');
      expect(await at.standing()).toEqual({ up: fresh, serving: fresh });
      // six minutes of idle flows by a clock that runs ahead
    },
    60_000,
  );
});

test('what a drain and a share are there is said before, with the time that flows are given', async () => {
  at = await behind();
  const drained =
    'store-nlb is a network load balancer: a drained backend gets no new flows and keeps those that it has; what still is open after 6 min is cut when it is taken offline.';
  const shares =
    'Shares in store of store-nlb are of new flows, not of requests: a connection that is kept alive stays where it is.';
  expect((await at.plan()).consequences).toContain(drained);
  expect((await at.plan()).consequences).not.toContain(shares);
  const canary = readStrategy('canary 20 % 10s, 100 %');
  if ('problem' in canary) throw new Error(canary.problem);
  const { doubts } = await at.at.cloud.reader.deploys.survey({ ...at.app, strategy: canary });
  expect(doubts).toEqual([drained, shares]);
});

test('while a change of somebody else is under way it waits for its turn', async () => {
  at = await behind();
  const plan = await at.plan();
  await at.at.fault({
    operation: 'NetworkLoadBalancer.CreateBackend',
    status: 409,
    code: 'Conflict',
    message: 'Invalid State Transition of NLB lifeCycle state from Updating to Updating',
    count: 3,
  });
  const done = await at.run(plan);
  expect(done.status).toBe('succeeded');
  expect(await at.standing()).toEqual({ up: fresh, serving: fresh });
});

test('a work request that is cancelled is undone, in its words', async () => {
  at = await behind();
  const plan = await at.plan();
  const fails = 'Cancelled for maintenance.';
  await at.at.fault({ operation: 'NetworkLoadBalancer.UpdateBackend', count: 1, code: 'CANCELED', fails });
  const done = await at.run(plan);
  expect(done.because).toContain(`CANCELED: ${fails}`);
  expect(done.status).toBe('undone');
  expect(await at.standing()).toEqual(old);
});
