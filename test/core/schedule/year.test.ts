import { expect, test } from 'vitest';
import { Year } from './year/bot.ts';
import { expectedOf } from './year/lots.ts';
import { policies } from './year/policies.ts';
import { makeStory } from './year/story.ts';

test('a year', () => {
  const story = makeStory(
    2026,
    200,
    policies.map(({ policy }) => policy.name),
  );
  console.time('oracle');
  const expected = expectedOf(story);
  console.timeEnd('oracle');
  console.time('bot');
  const year = new Year(story).run();
  console.timeEnd('bot');
  let bad = 0;
  const show = (at: number) => new Date(at * 60000).toISOString().slice(0, 16);
  year.wards.forEach((ward, which) => {
    const lot = expected[which];
    const [a, b] = [ward.acts, lot?.acts ?? []].map((acts) =>
      acts.map(({ at, act, size }) => `${show(at)} ${act} ${size ?? ''}`),
    );
    const first = (a ?? []).findIndex((x, i) => x !== b?.[i]);
    const at = first < 0 && a?.length === b?.length ? -1 : first < 0 ? (a?.length ?? 0) : first;
    if (at >= 0) {
      bad++;
      console.log(
        ward.made.name,
        ward.made.kind,
        ward.made.policies.join('+'),
        at,
        'of',
        a?.length,
        b?.length,
        '\n bot',
        a?.slice(Math.max(0, at - 2), at + 3),
        '\n oracle',
        b?.slice(Math.max(0, at - 2), at + 3),
      );
    }
  });
  console.log(
    'bad',
    bad,
    'acts',
    year.wards.reduce((s, w) => s + w.acts.length, 0),
  );
  expect(bad).toBe(0);
}, 120_000);
