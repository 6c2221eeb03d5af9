import { describe, expect, test } from 'vitest';
import type { Strategy } from '../../src/core/deploy/app.ts';
import { deployPlan } from '../../src/core/deploy/plan.ts';
import { retirePlan } from '../../src/core/deploy/retire.ts';
import type { Scene } from '../../src/core/deploy/scene.ts';
import { foldedStages } from '../../src/core/fold-stages.ts';
import { scene } from '../support/deploys.ts';

const words = { title: 'Deploy store 1.5.0', line: 'deploy store image=1.5.0', doubts: [], makes: [] };
const linesOf = (plan: Parameters<typeof foldedStages>[0]) =>
  foldedStages(plan).flatMap((block) => (block.type === 'list' ? block.items : []));
const lines = (strategy: Strategy, more: Partial<Scene> = {}) =>
  linesOf(deployPlan({ ...scene, ...more, app: { ...scene.app, strategy } }, words));
const gone = 'Take the old backends out, delete 6 old instances: from here on it is not taken back';
const letGo = 'Give connections time to end, take the old instances offline, bake for 30 s';

describe('the stages of a deploy on its card', () => {
  test('of a canary, a line for each share', () => {
    expect(
      lines({
        type: 'canary',
        steps: [
          { share: 25, hold: 60_000 },
          { share: 100, hold: 0 },
        ],
      }),
    ).toEqual([
      'Make 2 instances, add them, wait until they are healthy, hold at 25 % for 1 min',
      'Make 4 instances, add them, wait until they are healthy, shift the traffic, drain 6 old instances (100 %)',
      letGo,
      gone,
    ]);
  });

  test('what is done again and again is one line', () => {
    expect(lines({ type: 'rolling', batch: 1 })).toEqual([
      'Make 1 instance, add it, wait until it is healthy, drain 1 old instance (6 times, one after the other)',
      letGo,
      gone,
    ]);
    expect(lines({ type: 'rolling', batch: 4 }).slice(0, 2)).toEqual([
      'Make 4 instances, add them, wait until they are healthy, drain 4 old instances (1 of 2)',
      'Make 2 instances, add them, wait until they are healthy, drain 2 old instances (2 of 2)',
    ]);
  });

  test('at once, and the first of its app', () => {
    expect(lines({ type: 'blue-green' })).toEqual([
      'Make 6 instances, add them, wait until they are healthy, drain 6 old instances',
      letGo,
      gone,
    ]);
    expect(lines({ type: 'blue-green' }, { old: [] })).toEqual([
      'Make 6 instances, add them, wait until they are healthy, bake for 30 s',
    ]);
  });

  test('never more than eight, whatever is wanted', () => {
    const steps = [1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((share) => ({
      share,
      hold: 60_000,
    }));
    const many = lines({ type: 'canary', steps });
    expect(many).toHaveLength(8);
    expect(many[4]).toBe('… 8 more like these');
    expect(many.at(-1)).toBe(gone);
  });
});

test('of a retirement, and how to see each step', () => {
  const plan = retirePlan(
    { app: scene.app, old: scene.old, places: scene.places, leaving: scene.old.slice(0, 1), isWhole: false },
    { line: 'retire store-v2-1', doubts: [] },
  );
  expect(linesOf(plan)).toEqual([
    'Drain store-v2-1',
    'Give connections time to end, take store-v2-1 offline',
    'Take its backends out, delete store-v2-1: from here on it is not taken back',
  ]);
  expect(foldedStages(plan).at(-1)).toEqual({
    type: 'note',
    text: ['Each step: the same line with ', { code: '--dry-run' }],
  });
});
