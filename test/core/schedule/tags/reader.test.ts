import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Situation } from '../../../../src/core/schedule/deciding/decide.ts';
import { tagReader, tagSchedules } from '../../../../src/core/schedule/tags/reader.ts';
import { policy, resource } from '../policies.ts';
import { showEdges } from '../reading.ts';
import { day, problemsOf, tagged, theirs, timetableOf } from './reading.ts';

const hasMisspelt = (tags: Readonly<Record<string, string>>) => 'Schedule.Weekday' in tags;
const own = (value: string) => ({ 'Lamplighter.Schedule': value });
const defaults = { warning: 900_000, atMost: 50, longestKeep: 14_400_000, settleIn: 0 };
const lead = { early: 600_000 };

describe('our own tag', () => {
  test('says what a policy would say, in its own zone', () => {
    const timetable = timetableOf(own('Mon-Fri 07:30-20:00 Asia/Tokyo'));
    expect(timetable.zone).toBe('Asia/Tokyo');
    expect(showEdges(timetable, '2026-11-25T00:00Z', '2026-11-26T00:00Z')).toEqual([
      'Wed 25 Nov 20:00 down',
      'Thu 26 Nov 07:30 up',
    ]);
  });

  test('without a zone it is the default one, else that of the region, else UTC, which is said', () => {
    const tags = own('Mon-Fri 07:30-20:00');
    const zoneOf = (zone: string | undefined, region: string) => {
      const read = tagReader({ early: 0, ...(zone === undefined ? {} : { zone }) })(tagged(tags, { region }));
      return read && 'value' in read ? `${read.value.zone}: ${read.value.text}` : 'none';
    };
    expect(zoneOf('Europe/Lisbon', 'eu-frankfurt-1')).toBe('Europe/Lisbon: Mon-Fri 07:30-20:00');
    expect(zoneOf(undefined, 'ap-tokyo-1')).toBe('Asia/Tokyo: Mon-Fri 07:30-20:00');
    expect(zoneOf(undefined, 'xx-nowhere-1')).toBe(
      'UTC: Mon-Fri 07:30-20:00 (UTC, since I know no zone of xx-nowhere-1)',
    );
    expect(timetableOf(own('07:00-19:00 Asia/Tokyo'), { region: 'xx-nowhere-1' }).text).toBe(
      '07:00-19:00 Asia/Tokyo',
    );
    expect(timetableOf(own('never'), { region: 'xx-nowhere-1' }).text).toBe('never');
  });

  test('the default zone is none of OCI-AutoScale, which knows those of the regions', () => {
    const read = tagReader({ zone: 'Europe/Lisbon', early: 0 })(tagged(theirs({ AnyDay: day('0x24') })));
    expect(read && 'value' in read && read.value.zone).toBe('Europe/Berlin');
  });

  test('begins early, as policies do; an hour of OCI-AutoScale begins with itself', () => {
    const begins = (tags: Readonly<Record<string, string>>) => {
      const made = tagReader(lead)(tagged(tags));
      if (!made || 'problems' in made) throw new Error('these tags are wrong');
      return showEdges(made.value, '2026-11-25T00:00Z', '2026-11-26T00:00Z');
    };
    expect(begins(own('08:00-18:00'))).toEqual(['Wed 25 Nov 07:50 up', 'Wed 25 Nov 18:00 down']);
    expect(begins(own('start 08:00'))).toEqual(['Wed 25 Nov 08:00 up']);
    expect(begins(theirs({ AnyDay: day('0x8 1x10 0x6') }))).toEqual([
      'Wed 25 Nov 08:00 up',
      'Wed 25 Nov 18:00 down',
    ]);
  });

  test('goes before those of OCI-AutoScale, right or wrong, and is found in any case', () => {
    const both = { ...theirs({ AnyDay: day('0x24') }), 'lamplighter.schedule': 'always' };
    expect(timetableOf(both).text).toBe('always');
    expect(problemsOf({ ...both, 'lamplighter.schedule': 'Mon 25:00-26:00' })[0]).toContain('25:00');
  });

  test.each([
    ['', 'This says no times. Write Mon-Fri 07:30-20:00 Europe/Amsterdam.'],
    [
      'Sat closed',
      'This says only when it is not up, and never when it is. Write a window too, such as Mon-Fri 07:30-20:00 Europe/Amsterdam, or always.',
    ],
    ['Mon-Fri 07:30-20:00 Europe/Amsterdm', 'There is no time zone "Europe/Amsterdm".'],
  ])('"%s" cannot be read', (value, problem) => expect(problemsOf(own(value))[0]).toContain(problem));

  test('an instance without either says nothing', () => {
    expect(problemsOf({ env: 'dev', 'Operations.CostCenter': '4711', Schedule: 'x' })).toEqual(['nothing']);
  });
});

describe('the same tags', () => {
  const read = tagReader({ early: 0 });
  const office = theirs({ AnyDay: day('0x8 2x10 0x6'), Weekend: day('0x24') });

  test('are the same timetable, whatever resource has them and in whatever order', () => {
    const others = { Weekend: office['Schedule.Weekend'] ?? '', AnyDay: office['Schedule.AnyDay'] ?? '' };
    const first = read(tagged(office));
    expect(read(tagged({ env: 'dev', ...theirs(others) }, { ocid: 'other', name: 'web-2' }))).toBe(first);
    expect(read(tagged(own('always')))).toBe(read(tagged(own('always'), { kind: 'mysql' })));
  });

  test('are others for another kind, in another zone, and with other values', () => {
    const first = read(tagged(office));
    for (const other of [
      tagged(office, { kind: 'instance-pool' }),
      tagged(office, { region: 'ap-tokyo-1' }),
      tagged({ ...office, 'Schedule.Monday': day('0x24') }),
    ])
      expect(read(other)).not.toBe(first);
    expect(read(tagged(office, { region: 'eu-frankfurt-2' }))).toBe(first);
  });

  test('are the same in any order, right or wrong, and others are others', () => {
    const values = fc.constantFrom(
      day('0x24'),
      day('0x8 1x16'),
      day('*x24'),
      `${day('0x24')} # off`,
      'x',
      '',
    );
    const keys = fc.constantFrom('AnyDay', 'WeekDay', 'Monday', 'Monday2', 'Weekday', 'Owner', 'DayOfMonth');
    const tags = fc.dictionary(keys, values).map(theirs);
    const shuffled = (all: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(all).toReversed());
    const counting = (all: Readonly<Record<string, string>>) =>
      JSON.stringify(
        Object.entries(all)
          .flatMap(([key, value]) => (/Owner/.test(key) ? [] : [key, value]))
          .sort(),
      );
    fc.assert(
      fc.property(tags, tags, (one, other) => {
        expect(read(tagged(shuffled(one)))).toBe(read(tagged(one)));
        const both = [read(tagged(one)), read(tagged(other))];
        const neither = both.every((each) => each === undefined);
        if (counting(one) !== counting(other) && !neither && !hasMisspelt(one) && !hasMisspelt(other))
          expect(both[0]).not.toBe(both[1]);
      }),
    );
  });

  test('are not those of which one says in its comment what another one says', () => {
    const comment = { AnyDay: `${day('0x24')} #; Schedule.Monday: ${day('1x24')}` };
    const both = { AnyDay: `${day('0x24')} #`, Monday: day('1x24') };
    expect(read(tagged(theirs(comment)))).not.toBe(read(tagged(theirs(both))));
  });

  test('that are wrong are wrong once', () => {
    const wrong = theirs({ AnyDay: 'x' });
    expect(read(tagged(wrong))).toBe(read(tagged(wrong, { name: 'web-2' })));
  });

  test('are forgotten when many others were asked for since', () => {
    const bounded = tagReader({ early: 0 });
    const [first, second] = [bounded(tagged(own('always'))), bounded(tagged(own('never')))];
    for (let n = 0; n < 1_999; n += 1) {
      bounded(tagged(own(`Mon 07:00-08:00, ${n}`)));
      bounded(tagged(own('never')));
    }
    expect(bounded(tagged(own('never')))).toBe(second);
    expect(bounded(tagged(own('always')))).not.toBe(first);
  });
});

describe('a decision', () => {
  const at = Date.parse('2026-11-25T19:05:00Z');
  const office = theirs({ AnyDay: day('0x8 1x12 0x4') });
  const situation = (tags: Readonly<Record<string, string>>, more: Partial<Situation> = {}): Situation => ({
    now: at,
    policies: [],
    targets: [resource('web-1', tags)],
    keeps: [],
    pauses: [],
    memory: new Map([
      [
        'ocid1.instance.oc1.eu-frankfurt-1.web-1',
        {
          ocid: 'ocid1.instance.oc1.eu-frankfurt-1.web-1',
          policy: 'tags',
          edge: Date.parse('2026-11-25T07:00Z'),
          want: 'up',
          decidedAt: 0,
          because: '',
          outcome: 'done',
          tries: 0,
          firstSeen: 0,
          flips: [],
          seen: 'up',
        },
      ],
    ]),
    controllers: new Map(),
    busy: new Set(),
    tags: tagSchedules({ policy: 'tags', channel: 'C012AB3CD' }, { ...defaults, ...lead }),
    ...more,
  });

  test('follows the edge of a tag, as the policy of that name', () => {
    const [decision] = decide(situation(office));
    expect(decision).toMatchObject({
      policy: 'tags',
      group: 'all',
      act: 'stop',
      because: 'Schedule.AnyDay says off, since Wed 25 Nov 20:00 Europe/Berlin',
      edge: Date.parse('2026-11-25T19:00Z'),
      next: { at: Date.parse('2026-11-26T07:00Z'), want: 'up' },
    });
  });

  test('leaves what cannot be read alone, and says what is wrong', () => {
    const [decision] = decide(situation(theirs({ AnyDay: '1,0' })));
    expect(decision).toMatchObject({ act: 'nothing', left: 'unreadable', want: 'any' });
    expect(decision?.because).toBe(
      'its tag cannot be read: "Schedule.AnyDay": Schedule.AnyDay has 2 values, and a day has 24 hours. Write 24 values with commas between them, the first for 00:00.',
    );
  });

  test('goes by the policy that never lets it stop, whatever its tags say', () => {
    const [decision] = decide(
      situation(office, { policies: [policy('keep', ['web-1'], { protects: true })] }),
    );
    expect(decision).toMatchObject({ policy: 'keep', act: 'nothing' });
  });

  test('there is none of what carries no schedule', () => {
    expect(decide(situation({ env: 'dev' }))).toEqual([]);
  });
});

test('what holds for all of them is as the settings say', () => {
  const { policy: all } = tagSchedules({ policy: 'by-tag' }, { ...defaults, ...lead, zone: 'Europe/Lisbon' });
  expect(all).toMatchObject({
    name: 'by-tag',
    place: 'the tags of each resource',
    enforced: false,
    protects: false,
    ...defaults,
  });
  expect(all.channel).toBeUndefined();
  expect(all.timetable.zone).toBe('Europe/Lisbon');
  expect(all.timetable.at(0).want).toBe('any');
  expect(all.timetable.edges(0, 1e12)).toEqual([]);
});
