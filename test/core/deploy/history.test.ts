import { describe, expect, test } from 'vitest';
import { leftBy, versionBefore, versionsOf } from '../../../src/core/deploy/history.ts';
import type { Released } from '../../../src/core/deploy/release.ts';

/** What was deployed of an app, oldest first here, and what of it a rollback means. */

type Row = readonly [tag: string, more?: Partial<Released>];

function history(...rows: readonly Row[]): readonly Released[] {
  let running: Released | undefined;
  const releases = rows.map(([tag, more = {}], at): Released => {
    const release: Released = {
      app: 'shop',
      version: at + 1,
      image: `shop:${tag}`,
      digest: `sha256:${tag}`,
      ...(running ? { replaces: { version: running.version, image: running.image } } : {}),
      environment: {},
      strategy: 'rolling',
      made: {},
      operation: `op-${at + 1}`,
      by: 'U0ANAPETROV',
      at,
      outcome: 'succeeded',
      ...more,
    };
    if (release.outcome === 'succeeded') running = release;
    return release;
  });
  return releases.reverse();
}

const target = (
  releases: readonly Released[],
  running = releases.find((each) => each.outcome === 'succeeded'),
) => versionBefore(releases, running)?.version;

describe('a plain rollback goes back to', () => {
  test('what ran before', () => {
    expect(target(history(['1'], ['2']))).toBe(1);
  });

  test('what ran last, where nothing runs', () => {
    const releases = history(['1'], ['2']);
    expect(versionBefore(releases, undefined)?.version).toBe(2);
  });

  test('what ran well, and not to what was taken back or is the same', () => {
    expect(target(history(['1'], ['2', { outcome: 'undone' }], ['3'], ['3']))).toBe(1);
  });

  test('the same image where its environment was another', () => {
    expect(target(history(['1', { environment: { A: '1' } }], ['1', { environment: { A: '2' } }]))).toBe(1);
  });

  test('nothing that was rolled back from', () => {
    // from 3 to 2: what comes next is 1, and not 3
    const releases = history(['1'], ['2'], ['3'], ['2', { back: 2 }]);
    expect(target(releases)).toBe(1);
    // and from there on neither 2, which was left as 4, nor 3
    expect(target(history(['1'], ['2'], ['3'], ['2', { back: 2 }], ['1', { back: 1 }]))).toBeUndefined();
  });

  test('what was rolled back from, once it was deployed again', () => {
    expect(target(history(['1'], ['2'], ['1', { back: 1 }], ['2'], ['3']))).toBe(4);
  });

  test('what was there before anything was deployed through the bot', () => {
    const replaces = { version: 0, image: 'shop:0', digest: 'sha256:0' };
    const releases = history(['1', { replaces }], ['2']);
    expect(versionsOf(releases).map(({ version }) => version)).toEqual([2, 1, 0]);
    expect(target(history(['1', { replaces }]))).toBe(0);
    expect(versionBefore(history(['1', { replaces }]), releases.at(-1))).toEqual({
      ...replaces,
      environment: {},
    });
  });
});

test('whoever left a version is known by the rollback, as long as it was not deployed again', () => {
  const two = { image: 'shop:2', digest: 'sha256:2', environment: {} };
  expect(leftBy(two, history(['1'], ['2'], ['1', { back: 1 }]))).toMatchObject({ operation: 'op-3' });
  expect(leftBy(two, history(['1'], ['2'], ['1', { back: 1 }], ['2']))).toBeUndefined();
  expect(leftBy(two, history(['1'], ['2'], ['1', { back: 1, outcome: 'undone' }]))).toBeUndefined();
  const otherwise = { ...two, environment: { A: '1' } };
  expect(leftBy(otherwise, history(['1'], ['2'], ['1', { back: 1 }]))).toBeUndefined();
});
