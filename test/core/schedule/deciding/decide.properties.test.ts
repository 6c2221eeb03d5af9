import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Policy } from '../../../../src/core/schedule/model.ts';
import { policy, resource } from '../policies.ts';
import { timetable } from '../reading.ts';
import { on, World } from '../world.ts';

/** Everything happens at whole steps of ten minutes, for three days and a half. */
const step = 600_000;
const start = on('23T00:00');
const length = 84 * 6;

const whens = [
  'Mon-Fri 07:30-20:00 Europe/Amsterdam',
  'daily 22:00-06:00 America/New_York',
  'stop 20:00, start 07:00 UTC',
  'stop 20:00 UTC',
  'daily 08:00-12:00 13:00-17:30 Asia/Kolkata',
  'Mon,Wed 09:00-10:00, Mon,Wed stop 09:30 UTC',
];

const timetables = new Map(whens.map((when) => [when, timetable(when)]));

function policyOf(when: string, other: Partial<Policy> = {}): Policy {
  const table = timetables.get(when);
  if (!table) throw new Error(when);
  return policy('shop', ['env=dev'], { timetable: table, ...other });
}

function worldOf(policies: readonly Policy[], scenario: Scenario): World {
  const world = new World(policies, resource('web-1', { env: 'dev' }));
  for (const { want, at, lasts } of scenario.keeps)
    world.keep(want, start + at * step, start + (at + lasts) * step);
  for (const { at, lasts } of scenario.pauses)
    world.pause('shop', start + at * step, start + (at + lasts) * step);
  return world;
}

interface Scenario {
  readonly keeps: readonly { readonly want: 'up' | 'down'; readonly at: number; readonly lasts: number }[];
  readonly pauses: readonly { readonly at: number; readonly lasts: number }[];
}

const moment = fc.integer({ min: 1, max: length - 1 });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  keeps: fc.array(
    fc.record({
      want: fc.constantFrom('up' as const, 'down' as const),
      at: moment,
      lasts: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 3 },
  ),
  pauses: fc.array(fc.record({ at: moment, lasts: fc.integer({ min: 1, max: 90 }) }), { maxLength: 1 }),
});

/** While it is paused nothing is caught up: what was missed before waits until the pause is over. */
function isPaused({ pauses }: Scenario, moment: number): boolean {
  return pauses.some(({ at, lasts }) => at <= moment && moment < at + lasts);
}

/** One-sided times have no say between them, and leave as it is what others would have down. */
const windows = whens.filter((when) => !/st(op|art)/.test(when));

const sets: fc.Arbitrary<readonly Policy[]> = fc
  .oneof(
    fc.constantFrom(...whens).map((when) => [when]),
    fc.array(fc.constantFrom(...windows), { minLength: 2, maxLength: 3 }),
  )
  .map((chosen) =>
    chosen.map((when, at) => ({ ...policyOf(when), name: at === 0 ? 'shop' : `other-${at}` })),
  );

/** Looks at each step that is given, and somebody flips it at some of them, right after the look. */
function run(world: World, steps: Iterable<number>, flips: ReadonlySet<number> = new Set()): World {
  for (const at of steps) {
    world.look(start + at * step);
    if (flips.has(at)) world.flip();
  }
  return world;
}

function* every(nth: number, to = length, from = 0) {
  for (let at = from; at <= to; at += nth) yield at;
}

test('what was missed is caught up: after any outage all is as if there had been none', () => {
  fc.assert(
    fc.property(sets, scenario, moment, fc.integer({ min: 1, max: 300 }), (policies, said, from, lasts) => {
      const back = Math.min(from + lasts, length);
      const steady = run(worldOf(policies, said), every(1, back));
      const away = run(run(worldOf(policies, said), every(1, from)), [back]);
      if (!isPaused(said, back)) expect(away.target).toEqual(steady.target);
      expect(away.acts.filter(({ at }) => at >= start + back * step).length).toBeLessThanOrEqual(1);
      const [then, now] = [run(steady, every(1, length, back)), run(away, every(1, length, back))];
      if (!isPaused(said, length)) expect(now.target).toEqual(then.target);
    }),
    { numRuns: 10 },
  );
});

test('what is decided does not depend on how often it is looked at', () => {
  fc.assert(
    fc.property(sets, scenario, fc.integer({ min: 2, max: 24 }), (policies, said, nth) => {
      const often = worldOf(policies, said);
      const seldom = worldOf(policies, said);
      for (const at of every(1)) {
        often.look(start + at * step);
        if (at % nth !== 0) continue;
        seldom.look(start + at * step);
        if (isPaused(said, at)) continue;
        expect(seldom.target).toEqual(often.target);
        const [one, other] = [often.decide(start + at * step), seldom.decide(start + at * step)];
        expect({ ...other, saw: undefined }).toEqual({ ...one, saw: undefined });
      }
    }),
    { numRuns: 10 },
  );
});

test('what somebody does by hand is respected until the next edge, however often it is looked at', () => {
  fc.assert(
    fc.property(
      sets,
      fc.integer({ min: 1, max: 6 }),
      fc.uniqueArray(moment, { maxLength: 6 }),
      (policies, nth, hands) => {
        const flips = new Set(hands.map((each) => each - (each % nth)));
        const often = worldOf(policies, { keeps: [], pauses: [] });
        const seldom = worldOf(policies, { keeps: [], pauses: [] });
        for (const at of every(1)) {
          const before = often.acts.length;
          often.look(start + at * step);
          if (often.acts.length > before) expect(often.acts.at(-1)?.edge).toBe(start + at * step);
          if (at % nth !== 0) continue;
          seldom.look(start + at * step);
          expect(seldom.isUp()).toBe(often.isUp());
          // what is turned right after an act may be another bot's doing
          if (!flips.has(at) || often.acts.at(-1)?.at === start + at * step) continue;
          often.flip();
          seldom.flip();
        }
      },
    ),
    { numRuns: 20 },
  );
});

test('no edge is acted on twice, and none under two keys', () => {
  fc.assert(
    fc.property(
      sets,
      scenario,
      fc.uniqueArray(moment, { maxLength: 200 }),
      fc.uniqueArray(moment, { maxLength: 20 }),
      fc.boolean(),
      (policies, said, moments, hands, enforced) => {
        const world = worldOf(
          policies.map((each) => ({ ...each, enforced })),
          said,
        );
        run(
          world,
          moments.toSorted((a, b) => a - b),
          new Set(hands),
        );
        const edges = world.acts.map(({ edge, act }) => `${edge} ${act}`);
        expect(new Set(edges).size).toBe(edges.length);
        expect(new Set(world.acts.map(({ key }) => key)).size).toBe(world.acts.length);
      },
    ),
    { numRuns: 100 },
  );
});

test('a keep that has ended and was made up for is like none', () => {
  fc.assert(
    fc.property(sets, scenario, moment, fc.nat(100), (policies, said, from, later) => {
      const world = run(worldOf(policies, said), every(1, from));
      const now = start + from * step;
      fc.pre(world.keeps.every(({ until, at }) => until <= now || at > now));
      const without = worldOf(policies, { ...said, keeps: [] });
      without.target = world.target;
      without.memory = world.memory;
      const ahead = world.keeps.map(({ at }) => at).filter((at) => at > now);
      for (const at of [now, Math.min(now + later * step, ...ahead.map((each) => each - 1))]) {
        const [one, other] = [world.decide(at), without.decide(at)];
        expect([one.act, one.left, one.want]).toEqual([other.act, other.left, other.want]);
      }
    }),
    { numRuns: 60 },
  );
});

test('an enforced policy has everything as it wants it at each look', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...whens),
      fc.uniqueArray(moment, { maxLength: 100 }),
      fc.uniqueArray(moment, { maxLength: 100 }),
      (when, moments, hands) => {
        const wanted = policyOf(when, { enforced: true });
        const world = new World([wanted], resource('web-1', { env: 'dev' }));
        const flips = new Set(hands);
        for (const at of moments.toSorted((a, b) => a - b)) {
          const now = start + at * step;
          const decision = world.look(now);
          const { want } = wanted.timetable.at(now);
          if (decision.left !== 'foreign' && want !== 'any') expect(world.isUp()).toBe(want === 'up');
          if (flips.has(at)) world.flip();
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('failures are tried again under a key each', () => {
  fc.assert(
    fc.property(sets, fc.uniqueArray(fc.nat(length), { maxLength: 200 }), (policies, bad) => {
      const failing = new Set(bad);
      const world = worldOf(policies, { keeps: [], pauses: [] });
      for (const at of every(1)) {
        world.failing = failing.has(at);
        world.look(start + at * step);
      }
      expect(new Set(world.acts.map(({ key }) => key)).size).toBe(world.acts.length);
    }),
    { numRuns: 8 },
  );
});
