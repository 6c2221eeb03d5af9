import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration, showDuration } from '../../src/core/duration.ts';
import { nearest } from '../../src/core/suggest.ts';
import { kindOf } from '../../src/core/target.ts';
import { saidOnce, stopped, unstopped } from '../../src/core/text.ts';

test.each([
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['2d', 172_800_000],
  ['250ms', 250],
])('%s is %i ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

test.each(['', '1', 'h', '1 h', '-1h', '1.5h', '1h foo'])('%j is no duration', (text) =>
  expect(parseDuration(text)).toBeUndefined(),
);

test.each([
  [0, '0 s'],
  [40_000, '40 s'],
  [3_900_000, '1 h 5 min'],
  [90_061_000, '1 d 1 h'],
])('%i ms reads %s', (ms, text) => expect(showDuration(ms)).toBe(text));

test('the nearest come first and strangers not at all', () => {
  expect(nearest('stpo', ['stop', 'start', 'status'])[0]).toBe('stop');
  expect(nearest('web', ['web-1', 'db-1'])).toEqual(['web-1']);
  expect(nearest('xyzzy', ['stop', 'start'])).toEqual([]);
});

test('a typo of one letter finds its word', () => {
  const names = ['shop-web-1', 'shop-db-1', 'ledger-api'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), (name, seed) => {
      const at = seed % name.length;
      expect(nearest(name.slice(0, at) + name.slice(at + 1), names)).toContain(name);
    }),
  );
});

test('kinds by any of their names', () => {
  expect(kindOf('VMs'.slice(0, 2))).toBe('instance');
  expect(kindOf('container-instances')).toBe('container-instance');
  expect(kindOf('toString')).toBeUndefined();
});

test.each([
  ['it is off', 'it is off.'],
  ['it is off. ', 'it is off.'],
  ['an end can be 24:00..', 'an end can be 24:00.'],
  ['Did you mean Europe/Amsterdam?', 'Did you mean Europe/Amsterdam?'],
  ['Did you mean Europe/Amsterdam?.', 'Did you mean Europe/Amsterdam?'],
  ['Stop!', 'Stop!'],
  ['and so on…', 'and so on…'],
])('%j ends as a sentence: %j', (text, sentence) => {
  expect(stopped(text)).toBe(sentence);
  expect(stopped(sentence)).toBe(sentence);
  expect(stopped(unstopped(text))).toBe(sentence);
});

test('what one sentence says with more around it, another does not say again', () => {
  const pulled = 'Container store: the image could not be pulled.';
  expect(saidOnce([`ContainerImagePullFailed: ${pulled}`, pulled])).toEqual([
    `ContainerImagePullFailed: ${pulled}`,
  ]);
  expect(saidOnce([pulled, 'It is FAILED.'])).toEqual([pulled, 'It is FAILED.']);
});
