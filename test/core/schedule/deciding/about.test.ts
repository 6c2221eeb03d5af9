import { expect, test } from 'vitest';
import { policiesAbout } from '../../../../src/core/schedule/deciding/about.ts';
import { tagSchedules } from '../../../../src/core/schedule/tags/reader.ts';
import { policy, resource } from '../policies.ts';

const dev = policy('dev', ['env=dev']);
const data = policy('data', ['env=dev'], { protects: true });
const tags = tagSchedules({ policy: 'by-tag' }, { ...dev, zone: 'Europe/Lisbon', early: 0 });
const named = (policies: readonly { readonly name: string }[]) => policies.map(({ name }) => name);

test('what stands in its tags goes before other policies, and what protects goes before that', () => {
  const tagged = resource('web-1', { env: 'dev', 'Lamplighter.Schedule': '07:00-19:00' });
  expect(named(policiesAbout({ policies: [dev, data], tags }, tagged))).toEqual(['data', 'by-tag', 'dev']);
  expect(policiesAbout({ policies: [], tags }, tagged)[0]?.timetable).toMatchObject({
    text: '07:00-19:00',
    zone: 'Europe/Lisbon',
  });
});

test('tags that cannot be read want nothing', () => {
  const odd = resource('web-1', { env: 'dev', 'Lamplighter.Schedule': 'soonish' });
  const [own] = policiesAbout({ policies: [dev], tags }, odd);
  expect(own?.name).toBe('by-tag');
  expect(own?.timetable.at(0).want).toBe('any');
});

test('without tags, or where they are not followed, there are the files alone', () => {
  const tagged = resource('web-1', { env: 'dev', 'Lamplighter.Schedule': '07:00-19:00' });
  expect(named(policiesAbout({ policies: [dev], tags }, resource('web-1', { env: 'dev' })))).toEqual(['dev']);
  expect(named(policiesAbout({ policies: [dev] }, tagged))).toEqual(['dev']);
});
