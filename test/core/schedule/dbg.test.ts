import { test } from 'vitest';
import { Year } from './year/bot.ts';
import { expectedOf } from './year/lots.ts';
import { policies } from './year/policies.ts';
import { makeStory } from './year/story.ts';

const show = (at: number) => new Date(at * 60000).toISOString().slice(0, 16);
test('dbg', () => {
  const full = makeStory(
    2026,
    200,
    policies.map(({ policy }) => policy.name),
  );
  const [which, from, to] = (process.env.DBG ?? '').split(',');
  const story = { ...full, resources: full.resources.filter(({ name }) => name === which) };
  const inside = (at: number) => show(at) >= (from ?? '') && show(at) <= (to ?? '');
  const [a] = new Year(story).run().wards;
  const [b] = expectedOf(story);
  const made = story.resources[0];
  console.log(JSON.stringify(made?.policies), made?.takes, show(made?.life.from ?? 0));
  console.log(
    'hands',
    made?.hands.filter(({ at }) => inside(at)).map((h) => `${show(h.at)} ${JSON.stringify(h.does)}`),
  );
  console.log(
    'keeps',
    made?.keeps.filter((k) => inside(k.from)).map((h) => `${show(h.from)} ${show(h.to)} ${h.want}`),
  );
  console.log(
    'short',
    made?.shortages.filter((k) => inside(k.from) || inside(k.to)).map((h) => `${show(h.from)} ${show(h.to)}`),
  );
  console.log(
    'out',
    story.outages.filter((k) => inside(k.from) || inside(k.to)).map((h) => `${show(h.from)} ${show(h.to)}`),
  );
  for (const n of made?.policies ?? [])
    console.log(
      'pauses',
      n,
      story.pauses
        .get(n)
        ?.filter((k) => inside(k.from) || inside(k.to))
        .map((h) => `${show(h.from)} ${show(h.to)}`),
    );
  console.log(
    'bot',
    a?.machine.history.filter(({ at }) => inside(at)).map(({ at, is }) => `${show(at)} ${is}`),
  );
  console.log(
    'ora',
    b?.machine.history.filter(({ at }) => inside(at)).map(({ at, is }) => `${show(at)} ${is}`),
  );
});
