import { afterAll, beforeAll, expect, test } from 'vitest';
import { fieldsOf } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { reads, withApps } from './deploying.ts';
import { ask, tell } from './scene.ts';

/** Deploys of what serves real traffic, as people see them: the line, the card, and the message that changes. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    config: withApps((store) => ({
      store: {
        ...store,
        bake: '5s',
        drain: '1s',
        gates: fieldsOf(store.gates).map((gate) =>
          gate.name === 'answers' ? { ...gate, failures: 0 } : gate,
        ),
      },
    })),
  });
});
afterAll(() => world?.stop());

const begin = async (line: string) => {
  const card = await ask(world, line);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  return card;
};
const serving = async () => {
  const { body } = await world.call('GET', '/control/oci/traffic');
  return JSON.stringify(body);
};

test('a canary whose gate fails is taken back with the reason, and its log is in the thread', async () => {
  await world.call('POST', '/control/oci/images', { image: 'fra.ocir.io/lamplight/store:1.6.0-errors-100' });
  const card = await begin('deploy store image=1.6.0-errors-100 canary 20 % 1m, 100 %');
  expect(card.shown).toContain('replace store-1, store-2, store-3');
  expect(card.shown).toMatch(/wait until it is healthy, hold at 20 %.* for 1 min/);
  const end = await reads(world, card, /– taken back/);
  expect(end.text).toMatch(
    /taken back: gate answers: http:\S+ of store-v1-1 answered 500\. All is as it was\.$/,
  );
  expect(end.shown).toMatch(
    /store runs 1\.4\.1 on store-1, store-2, store-3 as before\. What clients saw is not known: .* It took \d+ min/,
  );
  expect(end.shown).toMatch(/Failed · \*Hold at 20 %/);
  expect(end.shown).not.toContain('Done · ');
  const [told] = end.replies;
  expect(told?.text).toMatch(/^Taking it back: gate answers: http:\S+ of store-v1-1 answered 500\.$/);
  expect(told?.shown).toMatch(/level=/);
  expect((await tell(world, 'releases store')).shown).toMatch(
    /version 1, 1\.6\.0-errors-100\* – was taken back/,
  );
});

test('a deploy from the line to done, and what runs then', async () => {
  const card = await begin('deploy store image=1.4.2 blue-green');
  const done = await reads(world, card, / done in |taken back|failed/);
  expect(done.text).toMatch(/deploy store 1\.4\.2 – done in /);
  expect(done.shown).toMatch(
    /store runs \*version 2, 1\.4\.2\* .* on store-v2-1, store-v2-2, store-v2-3, in place of 1\.4\.1 on store-1, store-2, store-3, which are deleted\./,
  );
  expect(await serving()).not.toMatch(/"reachedDeleted":[1-9]/);
});
