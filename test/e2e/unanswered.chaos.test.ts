import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain } from '../support/plain.ts';
import { bootWorld, type World } from '../support/world.ts';
import { pairs, tell } from './scene.ts';

let world: World;
beforeAll(async () => {
  world = await bootWorld({ config: plain, seed: pairs(['plan']) });
});
afterAll(() => world?.stop());

test('a search that OCI never answers is given up after 10 s and asked again, and the plan comes', async () => {
  await world.oci.faults({ operation: 'ResourceSearch.SearchResources', latency: { ms: 60_000 }, count: 1 });
  const began = performance.now();
  const told = await tell(world, 'stop app=plan --dry-run', { within: 50_000 });
  expect(told.shown).toMatch(/Dry run: stop 2 compute instances/);
  expect(performance.now() - began).toBeGreaterThan(9_900);
});
