import { expect, test } from 'vitest';
import { tagOddities } from '../../../../src/core/schedule/checking/tagged.ts';
import { decide } from '../../../../src/core/schedule/deciding/decide.ts';
import type { Policy } from '../../../../src/core/schedule/model.ts';
import { tagSchedules } from '../../../../src/core/schedule/tags/reader.ts';
import { policy, resource } from '../policies.ts';

const dev = policy('dev', ['env=dev']);
const data = policy('data', ['app=data'], { protects: true });
const tags = tagSchedules({ policy: 'by-tag' }, { ...dev, zone: 'UTC', early: 0 });
const tagged = (name: string, written: string, app = 'web') =>
  resource(name, { env: 'dev', app, 'Lamplighter.Schedule': written });
const targets = [
  tagged('web-1', '07:00-19:00'),
  tagged('web-2', 'soonish'),
  tagged('web-3', 'soonish'),
  tagged('data-1', '07:00-19:00', 'data'),
  resource('web-4', { env: 'dev' }),
];

const told = (policies: readonly Policy[], checked = policies) =>
  tagOddities(
    tags.policy,
    decide({
      now: Date.parse('2026-11-25T12:00Z'),
      policies,
      targets,
      keeps: [],
      pauses: [],
      memory: new Map(),
      controllers: new Map(),
      busy: new Set(),
      tags,
    }),
    targets,
    checked,
  );

test('tags that cannot be read are told of once for all that have them', () => {
  expect(told([])).toMatchObject([
    {
      places: [],
      sentence: expect.stringMatching(
        /^web-2 and web-3 are left alone, for what stands in the tags: "soonish/,
      ),
    },
  ]);
});

test('tags that go before a policy are told of at its place, but not where it protects', () => {
  const [, ...overruled] = told([dev, data]);
  expect(overruled).toEqual([
    {
      places: ['lamplighter.yml:3'],
      sentence: 'web-1 says in its tags when to run, which goes before dev.',
    },
  ]);
});

test('of policies that are not checked nothing is told', () => {
  expect(told([dev, data], [data])).toHaveLength(1);
});
