import { describe, expect, test } from 'vitest';
import { checkPolicies } from '../../../../src/config/schedules/check-policies.ts';
import { coming, means } from '../../../../src/core/schedule/meaning.ts';
import type { Policy } from '../../../../src/core/schedule/model.ts';
import { fileOfImported } from '../../../../src/core/schedule/tags/import-file.ts';
import { tagReader } from '../../../../src/core/schedule/tags/reader.ts';
import { file, now, read } from '../../../config/reading.ts';
import { imported, taggedTargets } from '../../../support/imports.ts';

function policiesOf(text: string): readonly Policy[] {
  const { contents } = read(
    file('  - { name: nights, who: [schedule], commands: [start, stop, scale], allow: true }'),
  );
  if (!contents) throw new Error('the file of this test is wrong');
  const checked = checkPolicies(text, 'from-tags.yml', { settings: contents, now });
  expect(checked.violations.map(String)).toEqual([]);
  return checked.policies;
}

describe('tags as policies', () => {
  test('one for each timetable, with names that are free, the largest first', () => {
    const { policies } = imported();
    expect(
      policies.map(({ name, when, members }) => [name, when, members.map(({ selector }) => selector)]),
    ).toEqual([
      [
        'from-tags-1',
        ['Mon-Fri 08:00-18:00 Europe/Berlin'],
        ['kind:instance web-1', 'kind:instance web-2', 'ocid1.mysql.oc1.eu-frankfurt-1.bastion'],
      ],
      ['from-tags-3', ['daily stop 16:00 Europe/Berlin'], ['ocid1.instance.oc1.eu-frankfurt-1.sandpitb']],
      [
        'from-tags-4',
        [
          'daily 06:00-09:00 size 2 Europe/Berlin',
          'daily 09:00-17:00 size 4 Europe/Berlin',
          'daily 17:00-19:00 size 2 Europe/Berlin',
          'on 1,31 00:00-24:00 size 6 Europe/Berlin',
        ],
        ['kind:instance-pool "etl workers"'],
      ],
      ['from-tags-5', ['Mon-Fri 07:30-20:00 Europe/Berlin'], ['kind:autonomous-database warehouse']],
      ['from-tags-6', ['start 07:00, stop 19:00 UTC'], ['kind:instance far-away']],
    ]);
  });

  test('what is none is told with its reason', () => {
    const { left, unreadable } = imported();
    expect(left.map(({ target, because }) => `${target.name}: ${because}`)).toEqual([
      'mixed-1: some hours are to be left alone, and not all weeks are alike (Schedule.Sunday1); no timetable says both',
    ]);
    expect(unreadable.map(({ target, problems }) => [target.name, problems.length])).toEqual([
      ['broken-1', 2],
      ['broken-2', 1],
    ]);
  });

  test('the zone of the settings holds for our own tags only', () => {
    const times = imported(taggedTargets, 'Europe/Lisbon').policies.flatMap(({ when }) => when);
    expect(times).toContain('Mon-Fri 07:30-20:00 Europe/Lisbon');
    expect(times).toContain('start 07:00, stop 19:00 Europe/Lisbon');
    expect(times).toContain('Mon-Fri 08:00-18:00 Europe/Berlin');
  });

  test('the file is right, means these resources and no others, and acts when the tags would', () => {
    const made = imported();
    const policies = policiesOf(fileOfImported(made));
    expect(policies.map(({ name }) => name)).toEqual(made.policies.map(({ name }) => name));
    const say = tagReader({ early: 600_000 });
    for (const [index, { members }] of made.policies.entries()) {
      const policy = policies[index];
      if (!policy) throw new Error('a policy is missing');
      expect(taggedTargets.filter((target) => means(policy, target))).toEqual(
        members.map(({ target }) => target),
      );
      for (const { target } of members) {
        const tags = say(target);
        if (!tags || 'problems' in tags) throw new Error('its tags cannot be read');
        const acts = (timetable: Policy['timetable']) =>
          coming(timetable, now, 60).flatMap(({ at, want }) => (want === 'any' ? [] : [{ at, want }]));
        expect(acts(policy.timetable).slice(0, 25)).toEqual(acts(tags.value).slice(0, 25));
      }
    }
  });

  test('names and tags from outside stay within their lines', () => {
    const hostile = {
      ...taggedTargets[0],
      name: 'x"\n    when: always\u2028# ',
      tags: { 'Lamplighter.Schedule': 'never # \n  other: {what: "*", protect: true}' },
    } as (typeof taggedTargets)[number];
    const right = { ...hostile, tags: { 'Lamplighter.Schedule': 'Mon\n07:00-08:00\nUTC' } };
    expect(imported([hostile]).unreadable).toHaveLength(1);
    const policies = policiesOf(fileOfImported(imported([right])));
    expect(policies.map(({ name, timetable }) => [name, timetable.text])).toEqual([
      ['from-tags-1', 'Mon 07:00-08:00 UTC'],
    ]);
  });
});
