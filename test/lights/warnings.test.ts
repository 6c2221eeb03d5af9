import { describe, expect, test } from 'vitest';
import keep from '../../commands/keep.ts';
import { cutLine } from '../../src/core/parse.ts';
import { decide } from '../../src/core/schedule/deciding/decide.ts';
import type { Keep, Policy } from '../../src/core/schedule/model.ts';
import { matches, type Selector } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';
import { type Coming, comingStops, offersOf, type Standing } from '../../src/lights/warnings.ts';
import { bind } from '../../src/line/bind.ts';
import { policy, resource } from '../core/schedule/policies.ts';
import { timetable } from '../core/schedule/reading.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = Date.parse('2026-11-25T18:00Z');
const office = timetable('Mon-Fri 07:30-19:00 Europe/Amsterdam');
const shop = policy('shop', ['app=shop'], { timetable: office, warning: 15 * minute, channel: 'C1' });

function situation(
  now: number,
  policies: readonly Policy[],
  targets: readonly Target[],
  keeps: readonly Keep[],
) {
  const none = new Map<string, never>();
  const memory = new Map(
    targets.map(({ ocid }) => [
      ocid,
      {
        ocid,
        policy: 'shop',
        edge: at - 10 * hour,
        want: 'up' as const,
        decidedAt: 0,
        because: '',
        outcome: 'done' as const,
        tries: 0,
        firstSeen: 0,
        flips: [],
      },
    ]),
  );
  return { now, policies, targets, keeps, pauses: [], memory, controllers: none, busy: new Set<string>() };
}

function coming(
  now: number,
  targets: readonly Target[],
  {
    policies = [shop],
    keeps = [],
    given = [],
  }: { policies?: readonly Policy[]; keeps?: readonly Keep[]; given?: readonly Standing[] } = {},
): readonly Coming[] {
  const on = situation(now, policies, targets, keeps);
  return comingStops(decide(on), {
    now,
    policies: new Map(policies.map((each) => [each.name, each])),
    targets: new Map(targets.map((each) => [each.ocid, each])),
    keeps: new Map(keeps.map((each) => [each.ocid, each])),
    given,
    decideAt: (moment) => decide({ ...on, now: moment }),
  });
}

const web = (name: string, tags = { app: 'shop' }) => resource(name, tags);
const keepOn = (name: string, until: number): Keep => ({
  id: 'keep-1',
  ocid: web(name).ocid,
  want: 'up',
  until,
  at: at - 2 * hour,
  by: 'UANA',
});

describe('what stops soon', () => {
  test.each([
    [16 * minute, 0],
    [15 * minute, 1],
    [1, 1],
    [0, 0],
  ])('%i ms before it there are %i warnings', (before, count) => {
    expect(coming(at - before, [web('web-1')])).toHaveLength(count);
  });

  test('is told of with what brings it up again, and how long it may be kept', () => {
    const [warning] = coming(at - minute, [web('web-1')]);
    expect(warning).toMatchObject({
      channel: 'C1',
      at,
      zone: 'Europe/Amsterdam',
      policies: ['shop'],
      rows: [{ name: 'web-1', kind: 'instance' }],
      upAt: Date.parse('2026-11-26T06:30Z'),
      longestKeep: 12 * hour,
    });
  });

  test('is told of to each channel once, whichever policies are in it', () => {
    const policies = [
      shop,
      policy('db', ['app=db'], { timetable: office, warning: 15 * minute, channel: 'C1', longestKeep: hour }),
      policy('lab', ['app=lab'], { timetable: office, warning: 15 * minute, channel: 'C2' }),
      policy('mute', ['app=mute'], { timetable: office, warning: 15 * minute }),
      policy('late', ['app=late'], { timetable: office, warning: 5 * minute, channel: 'C1' }),
    ];
    const targets = ['shop', 'db', 'lab', 'mute', 'late'].map((app) => web(`${app}-1`, { app }));
    const found = coming(at - 10 * minute, targets, { policies });
    expect(
      found.map(({ channel, policies: names, longestKeep }) => ({ channel, names, longestKeep })),
    ).toEqual([
      { channel: 'C1', names: ['shop', 'db'], longestKeep: hour },
      { channel: 'C2', names: ['lab'], longestKeep: 12 * hour },
    ]);
  });

  test('names what somebody keeps on, and has it end where the keep does', () => {
    const keeps = [keepOn('web-1', at + hour)];
    const [warning] = coming(at - minute, [web('web-1'), web('web-2')], { keeps });
    expect(warning?.rows).toEqual([{ name: 'web-2', kind: 'instance' }]);
    expect(warning?.kept).toEqual([{ name: 'web-1', by: 'UANA', until: at + hour }]);
    const [ending] = coming(at - minute, [web('web-1')], { keeps: [keepOn('web-1', at)] });
    expect(ending?.ending.map(({ name }) => name)).toEqual(['web-1']);
    expect(ending?.rows).toEqual([{ name: 'web-1', kind: 'instance', keptBy: 'UANA' }]);
  });
});

test('a warning that was given says who keeps what, though nothing stops any more', () => {
  const [one, two] = [web('web-1'), web('web-2')];
  const given = [{ channel: 'C1', at, about: [one.ocid, two.ocid] }];
  const said = { ...keepOn('web-1', at + hour), at: at - minute };
  const [warning] = coming(at - minute, [one], { keeps: [said], given });
  expect(warning).toMatchObject({ rows: [], policies: ['shop'], kept: [{ name: 'web-1', by: 'UANA' }] });
  expect(coming(at - minute, [one], { keeps: [said] })).toEqual([]);
});

describe('the lines of its buttons', () => {
  const about = (targets: readonly Target[], other: Partial<Coming> = {}): Coming => ({
    channel: 'C1',
    at,
    zone: 'Europe/Amsterdam',
    policies: ['shop'],
    rows: [],
    kept: [],
    targets,
    ending: [],
    longestKeep: 24 * hour,
    about: [],
    ...other,
  });
  const read = (line: string) => {
    const [, ...words] = cutLine(line);
    const { input } = bind({ name: 'keep', ...keep }, words);
    return { target: input.target as Selector, want: input.want, until: input.until };
  };

  test.each([
    [['web-1']],
    [['web-1', 'web-2']],
    [['on', 'off', 'end']],
    [['until', 'for', 'because']],
    [['vm', 'instances', 'containers']],
    [['web 1', 'until 22:00', 'on until']],
    [['web-*', '*', 'a,b', 'app=shop', 'kind:vm', 'region:x']],
    [['--dry-run', '-x', '--share', '–share']],
    [['2h', '22', 'op-1', 'policy', 'ocid1.instance']],
    [['it’s', '"quoted"', "a'b", 'a\\b', 'müller', '<x>', '@ana', '#ops']],
    [['twin', 'twin']],
    [['Case', 'case']],
  ])('mean %j and nothing else', (names) => {
    const targets = names.map((name, each) => ({ ...web(`ocid-${each}`), name }));
    const others = ['other', 'web-9', 'end-1'].map((name, each) => ({ ...web(`other-${each}`), name }));
    const known = [...targets, ...others];
    for (const some of [targets, targets.slice(0, 1)])
      for (const { line } of offersOf(about(some), known, at - minute).keep) {
        const { target, want } = read(line);
        expect(want).toBe('on');
        expect(known.filter((each) => matches(target, each))).toEqual(some);
      }
  });

  test('are until an hour later, 22:00, and the morning, in the zone of the policy', () => {
    const upAt = Date.parse('2026-11-26T06:30Z');
    const { keep: offers, extend } = offersOf(about([web('web-1')], { upAt }), [web('web-1')], at - minute);
    expect(offers).toEqual([
      { label: 'Keep on 1 h', line: 'keep web-1 on until 2026-11-25T19:00Z' },
      { label: 'Keep on until 22:00', line: 'keep web-1 on until 2026-11-25T21:00Z' },
      { label: 'Skip tonight', line: 'keep web-1 on until 2026-11-26T06:30Z' },
    ]);
    expect(extend).toBeUndefined();
  });

  test('go no further than may be kept, and a night is not a weekend', () => {
    const upAt = at + 60 * hour;
    const lines = (longestKeep: number) =>
      offersOf(about([web('web-1')], { upAt, longestKeep }), [web('web-1')], at).keep.map(({ line }) =>
        line.slice(-17),
      );
    expect(lines(24 * hour)[2]).toBe('2026-11-26T06:00Z');
    expect(lines(2 * hour)).toEqual(['2026-11-25T19:00Z', '2026-11-25T20:00Z']);
    expect(lines(0)).toEqual([]);
  });

  test('say until when, where that is not what they would be called', () => {
    const made = offersOf(about([web('web-1')], { longestKeep: 4 * hour }), [web('web-1')], at);
    expect(made.keep.map(({ label }) => label)).toEqual([
      'Keep on 1 h',
      'Keep on until 22:00',
      'Keep on until 23:00',
    ]);
  });

  test('extend only what is kept until then', () => {
    const [one, two] = [web('web-1'), web('web-2')];
    const { extend } = offersOf(about([one, two], { ending: [two] }), [one, two], at);
    expect(extend).toEqual({ label: 'Extend by 1 h', line: 'keep web-2 on until 2026-11-25T19:00Z' });
  });

  test('of many resources name their policies', () => {
    const targets = Array.from({ length: 21 }, (_, each) => web(`web-${each}`));
    const made = offersOf(about(targets, { policies: ['shop', 'db'] }), targets, at);
    expect(made.keep[0]?.line).toBe('keep policy:shop policy:db on until 2026-11-25T19:00Z');
  });
});
