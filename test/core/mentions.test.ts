import { expect, test } from 'vitest';
import { mentionsIn } from '../../src/core/mentions.ts';
import { plainText } from '../../src/core/report.ts';

test('people and groups in a sentence are what they are again', () => {
  expect(mentionsIn('locked by @U0BENOKAFOR: the sale is on.')).toEqual([
    'locked by ',
    { user: 'U0BENOKAFOR' },
    ': the sale is on.',
  ]);
  expect(mentionsIn('@S0ONCALL000 and @W0123456789')).toEqual([
    { group: 'S0ONCALL000' },
    ' and ',
    { user: 'W0123456789' },
  ]);
});

test.each(['nobody', 'ana@U0BENOKAFOR.example', '@ana', '@USER', 'a @@U0BENOKAFOR', '@u0benokafor'])(
  '%s stays as it is',
  (sentence) => expect(mentionsIn(sentence)).toBe(sentence),
);

test('nothing is lost of it', () => {
  const sentence = 'Ask @S0LEADS0000 or @U0BENOKAFOR. @U0ANAPETROV began it.';
  expect(plainText(mentionsIn(sentence))).toBe(sentence);
});
