import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkFileWith } from '../../src/config/check-file.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { file as configuration, now, read } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = configuration('policies:\n  dev: { what: env=dev, when: Mon-Fri 07:30-20:00 UTC }\n');
const main = join(folder, 'lamplighter.yml');
writeFileSync(main, text);
const { contents } = read(text);
if (!contents) throw new Error('the configuration of this test is wrong');
const check = checkFileWith({ ...contents, file: main }, () => now);

test('what is wrong has its place and the path to it, what is right its policies', () => {
  const policies = 'policies:\n  new: { what: env=new, when: Mon-Fri 07:30-20:00 UTC }\n';
  expect(check(`team: shop\n${policies}`, 'drafts/new.yml')).toMatchObject({
    file: 'drafts/new.yml',
    replaces: 'policies/new.yml',
    policies: [{ name: 'new', place: 'drafts/new.yml:3' }],
    mistakes: [],
    doubts: [{ places: ['drafts/new.yml:3:3'] }, { places: ['drafts/new.yml:3:3'] }],
  });
  expect(check(policies, 'new.yml').mistakes).toEqual([
    {
      places: ['new.yml:1:1'],
      sentence: 'team: is missing; it should be the name of the team that owns these policies.',
    },
  ]);
  expect(check('', 'new.yml').mistakes[0]?.sentence).toBe(
    'should be a mapping of keys to values, but is empty.',
  );
});

test('the configuration itself is as it was read, and another of its name is none', () => {
  expect(check(text, 'elsewhere/lamplighter.yml')).toMatchObject({
    file: 'elsewhere/lamplighter.yml',
    replaces: 'lamplighter.yml',
    policies: [{ name: 'dev', place: expect.stringMatching(/^elsewhere\/lamplighter\.yml:\d+$/) }],
    mistakes: [],
  });
  expect(() => check(`${text}#`, main)).toThrow(Refusal);
});

test.each([
  [
    'Mon-Fri 07:30-20:00 Europe/Amsterdamn',
    'There is no time zone "Europe/Amsterdamn". Did you mean Europe/Amsterdam?',
  ],
  ['Mon-Fri 07:30-25:00 UTC', 'There is no time 25:00. Hours go from 00:00 to 23:59; an end can be 24:00.'],
  ['Moonday 07:30-20:00 UTC', '"Moonday" is neither a day nor a time. Did you mean Monday?'],
])('a mistake ends with one mark, and not with two: %s', (when, sentence) => {
  const { mistakes } = check(`team: shop\npolicies:\n  new: { what: env=new, when: ${when} }\n`, 'new.yml');
  expect(mistakes.map((each) => each.sentence)).toEqual([`policies.new.when: ${sentence}`]);
});

test('so does a setting that is spelt nearly right', () => {
  const { mistakes } = check(
    'team: shop\npolicies:\n  new: { what: env=new, wen: Mon-Fri 07:30-20:00 UTC, when: always }\n',
    'new.yml',
  );
  expect(mistakes.map((each) => each.sentence)).toEqual([
    'policies.new.wen: is not a setting; did you mean when?',
  ]);
});
