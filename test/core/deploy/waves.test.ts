import { describe, expect, test } from 'vitest';
import type { CanaryStep, Strategy } from '../../../src/core/deploy/app.ts';
import type { Scene } from '../../../src/core/deploy/scene.ts';
import { courseOf } from '../../../src/core/deploy/waves.ts';
import { scene } from '../../support/deploys.ts';

/** What stages are called: people read them before they approve, and while they wait. */

const stages = (strategy: Strategy, more: Partial<Scene> = {}) =>
  courseOf({ ...scene, ...more, app: { ...scene.app, strategy } }).waves.map(({ stage }) => stage);
const canary = (...steps: readonly (readonly [number, number])[]): Strategy => ({
  type: 'canary',
  steps: steps.map(([share, hold]): CanaryStep => ({ share, hold })),
});
const holds = (strategy: Strategy, more: Partial<Scene> = {}) =>
  stages(strategy, more).filter((stage) => stage.startsWith('Hold'));

describe('the share of a canary', () => {
  test('is as it was asked for, where weights can do that', () => {
    expect(holds(canary([20, 20_000], [50, 90_000], [100, 0]))).toEqual([
      'Hold at 20 % for 20 s',
      'Hold at 50 % for 1 min 30 s',
    ]);
  });

  test('is told as it is, where they cannot', () => {
    expect(holds(canary([5, 600_000], [100, 0]), { old: [] })).toEqual([
      'Hold at 5 %, in fact 100 % for 10 min',
    ]);
    const [one] = scene.old;
    const fresh = Array.from({ length: 200 }, () => scene.fresh).flat();
    const crowd = { old: one ? [one] : [], fresh };
    // 600 backends of the least weight beside one of the most
    expect(holds(canary([50, 1_000], [100, 0]), crowd)).toEqual(['Hold at 50 %, in fact 86 % for 1 s']);
  });

  test('tells steps apart by what was asked for, so that their names stay', () => {
    const names = courseOf({
      ...scene,
      old: [],
      app: { ...scene.app, strategy: canary([5, 1_000], [100, 0]) },
    }).waves.flatMap(({ steps }) => steps.map(({ name }) => name));
    expect(names).toContain('deploy.hold 5 %');
  });
});

test('one instance is it, several are them', () => {
  const rolling = stages({ type: 'rolling', batch: 5 });
  expect(rolling).toContain('Wait until they are healthy (1 of 2)');
  expect(rolling).toContain('Wait until it is healthy (2 of 2)');
});

test('without a bake the gates are asked once more', () => {
  const waves = courseOf({ ...scene, app: { ...scene.app, bake: 0 } }).waves.map(({ stage }) => stage);
  expect(waves).toContain('Ask the gates once more');
  expect(stages({ type: 'blue-green' })).toContain('Bake for 30 s');
});
