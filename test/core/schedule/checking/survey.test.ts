import { describe, expect, test } from 'vitest';
import { survey } from '../../../../src/core/schedule/checking/survey.ts';
import { coming, means, policiesOf } from '../../../../src/core/schedule/meaning.ts';
import type { Group, Policy } from '../../../../src/core/schedule/model.ts';
import { everything, parseSelector } from '../../../../src/core/selector.ts';
import type { Target } from '../../../../src/core/target.ts';
import { daily, policy, resource } from '../policies.ts';
import { timetable } from '../reading.ts';

const web = resource('web-1', { env: 'dev' });
const api = resource('api-1', { env: 'prod' });
const selectors = (...terms: readonly string[]) => terms.map((term) => parseSelector([term]));
const groups = (...names: readonly string[]) =>
  names.map((name): Group => ({ name, what: selectors(name), dimming: { act: 'stop' } }));
const rest: Group = { name: 'rest', what: [everything], dimming: { act: 'stop' } };
const pooled = (...names: readonly string[]) =>
  names.map((name) => resource(name, { env: 'dev' }, { managedBy: 'instance pool web' }));
const now = Date.parse('2026-11-25T17:40:00Z');
const said = (policies: readonly Policy[], targets: readonly Target[]) =>
  survey(policies, targets, now).map(({ sentence }) => sentence);

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
    expect(survey([policy('dev', ['env=dev']), policy('prod', ['env=prod'])], [web, api], now)).toEqual([]);
  });

  test.each<[string, Policy, readonly Target[], readonly string[]]>([
    ['means nothing', policy('old', ['env=test']), [web, api], ['old means nothing that I can see.']],
    [
      'says something that matches nothing',
      policy('dev', ['env=dev', 'env=test']),
      [web, api],
      ['dev says env=test, which matches nothing that I can see.'],
    ],
    ['means everything', policy('all', ['*']), [web, api], ['all means every resource that I can see.']],
    [
      'means everything that there is',
      policy('all', ['kind:instance']),
      [web, api],
      ['all means all 2 resources that I can see.'],
    ],
    [
      'leaves out all that it means',
      policy('dev', ['env=dev'], { except: selectors('web-*') }),
      [web, api],
      ['dev means nothing that I can see: what it says is left out again, as web-*.'],
    ],
    [
      'leaves out all that it means, and means nothing besides',
      policy('dev', ['env=dev', 'env=test'], { except: selectors('web-1', 'region:eu-frankfurt-1') }),
      [web, api],
      [
        'dev says env=test, which matches nothing that I can see.',
        'dev means nothing that I can see: what it says is left out again, as web-1 and region:eu-frankfurt-1.',
      ],
    ],
    [
      'leaves out what it does not mean',
      policy('dev', ['env=dev'], { except: selectors('api-1') }),
      [web, api],
      ['dev leaves out api-1, which is none of what it means.'],
    ],
    [
      'has a group without a resource',
      policy('dev', ['env=dev'], { groups: groups('api-1', 'web-1') }),
      [web, api],
      ['The group api-1 of dev has no resource.'],
    ],
    [
      'has nothing left for its last group, which takes the rest',
      policy('dev', ['env=dev'], { groups: [...groups('web-1'), rest] }),
      [web, api],
      [],
    ],
    [
      'takes everything before its last group',
      policy('dev', ['env=dev'], { groups: [rest, ...groups('web-1')] }),
      [web, api],
      ['The group web-1 of dev has no resource.'],
    ],
    [
      'is about what others decide about',
      policy('dev', ['env=dev']),
      [web, api, ...pooled('p-1', 'p-2', 'p-3')],
      ['dev leaves p-1, p-2 and p-3 alone: instance pool web decides when it runs.'],
    ],
    [
      'is about what cannot be stopped',
      policy('dev', ['env=dev']),
      [web, api, resource('lb', { env: 'dev' }, { kind: 'load-balancer', state: 'ACTIVE' })],
      ['dev leaves lb alone: no load balancer can be stopped.'],
    ],
    [
      'is about what cannot be scaled',
      policy('dev', ['env=dev'], { groups: [{ ...rest, dimming: { act: 'scale', size: '1' } }] }),
      [
        api,
        resource('old', { env: 'dev' }, { refuses: { scale: 'its shape VM.Standard2.4 has one size only' } }),
      ],
      ['dev leaves old alone: its shape VM.Standard2.4 has one size only.'],
    ],
    [
      'stops what is billed all the same',
      policy('dev', ['env=dev']),
      [web, api, resource('gpu-1', { env: 'dev' }, { billedOff: true })],
      ['dev saves nothing with gpu-1: what its shape holds is billed while it is off too.'],
    ],
    [
      'protects what nobody could stop',
      policy('keep', ['env=dev'], { protects: true }),
      [web, api, resource('gpu-1', { env: 'dev' }, { billedOff: true })],
      [],
    ],
  ])('tells of a policy that %s', (_, odd, targets, expected) => {
    const [first] = survey([odd], targets, now);
    expect(said([odd], targets)).toEqual(expected);
    expect(first?.places ?? [odd.place]).toEqual([odd.place]);
  });

  test.each<[string, string | readonly string[], readonly string[]]>([
    ['none', 'Mon-Fri 08:00-12:00, Mon-Fri 12:00-20:00', []],
    ['none on days of their own', 'Mon 08:00-12:00, Tue 09:00-13:00', []],
    ['none where one goes before the other', 'Mon-Fri 08:00-20:00, Wed 10:00-12:00', []],
    ['none where sizes differ', 'daily 00:00-24:00 size 1, daily 08:00-18:00 size 3', []],
    [
      'two',
      ['Mon-Fri 07:00-15:00', 'Mon-Fri 12:00-20:00'],
      [
        'says Mon-Fri 07:00-15:00 and Mon-Fri 12:00-20:00, which overlap: they are one window then, up 07:00-20:00',
      ],
    ],
    [
      'one that goes on into the next day',
      'Mon-Fri 22:00-06:00, Mon-Fri 05:00-09:00',
      [
        'says Mon-Fri 22:00-06:00 and Mon-Fri 05:00-09:00, which overlap: they are one window then, up 22:00-09:00 of the day after',
      ],
    ],
    ['the same', ['Sat 10:00-14:00', 'Sat 10:00-14:00'], ['says Sat 10:00-14:00 twice, and once is enough']],
    [
      'hours of one',
      'Mon-Fri 08:00-13:00 12:00-18:00',
      ['says Mon-Fri 08:00-13:00 12:00-18:00, whose hours overlap: they are one window then, up 08:00-18:00'],
    ],
    [
      'two that meet on one day of the year',
      '2026-12-24 08:00-12:00, 2026-12-24..2026-12-31 10:00-14:00',
      [
        'says 2026-12-24 08:00-12:00 and 2026-12-24..2026-12-31 10:00-14:00, which overlap: they are one window then, up 08:00-14:00',
      ],
    ],
    [
      'none of years that are over, but that they are',
      '2025-12-24 08:00-12:00, 2025-12-24 10:00-14:00',
      [
        'is never up within the coming year, though it says 2025-12-24 08:00-12:00 and 2025-12-24 10:00-14:00: that is about no day of it',
        'says 2025-12-24 10:00-14:00, which is about no day of the coming year',
      ],
    ],
  ])('tells of windows that overlap: %s', (_, written, expected) => {
    const dev = policy('dev', ['env=dev'], { timetable: timetable(written, [], { defaultZone: 'UTC' }) });
    expect(survey([dev], [web, api], now)).toEqual(
      expected.map((sentence) => ({ places: [dev.place], sentence: `dev ${sentence}.` })),
    );
  });
});
