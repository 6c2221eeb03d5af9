import { afterEach, expect, test } from 'vitest';
import { type Rig, rig } from './rig.ts';

let at: Rig;
afterEach(() => at?.close());

test('blue-green: a whole new set takes over, and the old one is deleted', async () => {
  at = await rig();
  const plan = await at.plan();
  expect(plan.title).toBe('Deploy store 1.1.0');
  const done = await at.run(plan);
  expect(done.because).toBeUndefined();
  expect(done.status).toBe('succeeded');
  expect(await at.standing()).toEqual({
    up: ['store-v1-1', 'store-v1-2', 'store-v1-3'],
    serving: ['store-v1-1', 'store-v1-2', 'store-v1-3'],
  });
});
