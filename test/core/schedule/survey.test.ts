import { describe, expect, test } from 'vitest';
import { coming, means, policiesOf } from '../../../src/core/schedule/meaning.ts';
import { survey } from '../../../src/core/schedule/survey.ts';
import { parseSelector } from '../../../src/core/selector.ts';
import { daily, policy, resource } from './policies.ts';

const web = resource('web-1', { env: 'dev' });
const api = resource('api-1', { env: 'prod' });
const said = (...args: Parameters<typeof survey>) => survey(...args).map(({ sentence }) => sentence);

describe('what a policy is about', () => {
  test('is any of its selectors, without its exceptions', () => {
    const dev = policy('dev', ['env=dev', 'api-1'], { except: [parseSelector(['web-*'])] });
    expect(means(dev, web)).toBe(false);
    expect(means(dev, api)).toBe(true);
    expect(
      policiesOf([policy('a', ['env=dev']), policy('b', ['env=prod'])], web).map(({ name }) => name),
    ).toEqual(['a']);
  });

  test('comes next as often as is asked for, in order', () => {
    const now = Date.parse('2026-11-25T17:40:00Z');
    const next = coming(daily, now, 5).map(({ at, want }) => [new Date(at).toISOString().slice(0, 16), want]);
    expect(next).toEqual([
      ['2026-11-25T19:00', 'down'],
      ['2026-11-26T07:00', 'up'],
      ['2026-11-26T19:00', 'down'],
      ['2026-11-27T07:00', 'up'],
      ['2026-11-27T19:00', 'down'],
    ]);
    expect(coming({ ...daily, edges: () => [] }, now, 5)).toEqual([]);
  });
});

describe('a survey', () => {
  test('of policies that fit is silent', () => {
    expect(survey([policy('dev', ['env=dev']), policy('prod', ['env=prod'])], [web, api])).toEqual([]);
  });

  test('tells of what means nothing, and of what means everything', () => {
    expect(said([policy('old', ['env=test'])], [web, api])).toEqual(['old means nothing that I can see.']);
    expect(said([policy('dev', ['env=dev', 'env=test'])], [web, api])).toEqual([
      'dev says env=test, which matches nothing that I can see.',
    ]);
    expect(said([policy('all', ['*'])], [web, api])).toEqual(['all means every resource that I can see.']);
    expect(said([policy('all', ['kind:instance'])], [web, api])).toEqual([
      'all means all 2 resources that I can see.',
    ]);
  });

  test('names both places of a resource in two policies, and the one that never stops', () => {
    const [dev, keep] = [policy('dev', ['env=dev']), policy('keep', ['web-1'], { protects: true })];
    expect(survey([dev, keep], [web, api])).toEqual([
      {
        places: [dev.place, keep.place],
        sentence: 'dev and keep are both about web-1; keep wins, since it never stops what it is about.',
      },
    ]);
  });

  test('tells of groups without a resource, and of resources that no schedule moves', () => {
    const groups = ['api-1', 'web-1'].map((name) => ({
      name,
      what: [parseSelector([name])],
      dimming: { act: 'stop' as const },
    }));
    const pooled = resource('web-1', { env: 'dev' }, { managedBy: 'instance pool web' });
    expect(said([policy('dev', ['env=dev'], { groups })], [pooled, api])).toEqual([
      'The group api-1 of dev has no resource.',
      'dev leaves web-1 alone: instance pool web decides when it runs.',
    ]);
  });
});
