import { describe, expect, test } from 'vitest';
import type { Memory, Pause } from '../../src/core/schedule/model.ts';
import { unseenEdges } from '../../src/lights/unseen.ts';
import { policy, resource } from '../core/schedule/policies.ts';
import { timetable } from '../core/schedule/reading.ts';

const hour = 3_600_000;
/** A Wednesday. */
const evening = Date.parse('2026-11-25T19:00Z');
const shop = policy('shop', ['app=shop'], { timetable: timetable('07:00-19:00 UTC') });
const away = [{ region: 'eu-amsterdam-1', because: 'no answer' }];

function memory(change: Partial<Memory> = {}): Memory {
  return {
    ocid: 'ocid1.instance.oc1.eu-amsterdam-1.far',
    policy: 'shop',
    edge: evening - 12 * hour,
    want: 'up',
    decidedAt: 0,
    because: '',
    outcome: 'done',
    tries: 0,
    firstSeen: 0,
    flips: [],
    ...change,
  };
}

function unseen(
  memories: readonly Memory[],
  { now = evening, missing = away, pauses = [] as readonly Pause[], targets = [resource('web-1', {})] } = {},
) {
  const none = new Map<string, never>();
  const situation = { now, policies: [shop], targets, keeps: [], pauses, memory: none, controllers: none };
  return unseenEdges(memories, { situation: { ...situation, busy: new Set<string>() }, missing });
}

describe('an edge that cannot be seen', () => {
  test('is the last one that something in a region that is away has not followed', () =>
    expect(unseen([memory()])).toEqual([{ policy: 'shop', direction: 'down', edge: evening }]));

  test.each<[string, readonly Memory[], Parameters<typeof unseen>[1]]>([
    ['nothing is away', [memory()], { missing: [] }],
    ['another region is away', [memory()], { missing: [{ region: 'eu-paris-1', because: 'no answer' }] }],
    ['it was followed', [memory({ edge: evening })], {}],
    ['nothing was followed for days', [memory({ edge: evening - 40 * hour })], {}],
    ['it is another policy’s', [memory({ policy: 'other' })], {}],
    [
      'the policy is paused',
      [memory()],
      { pauses: [{ policy: 'shop', at: evening - hour, until: evening + hour, by: 'UANA' }] },
    ],
  ])('is none where %s', (_why, memories, other) => expect(unseen(memories, other)).toEqual([]));

  test('is of the region that an old key in the OCID means', () =>
    expect(
      unseen([memory({ ocid: 'ocid1.instance.oc1.iad.far' })], {
        missing: [{ region: 'us-ashburn-1', because: 'no answer' }],
      }),
    ).toHaveLength(1));
});
