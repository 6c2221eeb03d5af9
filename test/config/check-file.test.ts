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
    file: 'policies/new.yml',
    policies: [{ name: 'new', place: 'policies/new.yml:3' }],
    mistakes: [],
    doubts: [{ places: ['policies/new.yml:3:3'] }, { places: ['policies/new.yml:3:3'] }],
  });
  expect(check(policies, 'new.yml').mistakes).toEqual([
    {
      places: ['policies/new.yml:1:1'],
      sentence: 'team: is missing; it should be the name of the team that owns these policies.',
    },
  ]);
  expect(check('', 'new.yml').mistakes[0]?.sentence).toBe(
    'should be a mapping of keys to values, but is empty.',
  );
});

test('the configuration itself is as it was read, and another of its name is none', () => {
  expect(check(text, 'elsewhere/lamplighter.yml')).toMatchObject({
    file: 'lamplighter.yml',
    policies: [{ name: 'dev' }],
    mistakes: [],
  });
  expect(() => check(`${text}#`, main)).toThrow(Refusal);
});
