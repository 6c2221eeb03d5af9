import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';

/** What is asked where the approvers do not look, and what happens when time itself is set back. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

test('a request made in a direct message is put where the approvers see it', async () => {
  await world.as('ana').types('/oci stop web-1', { in: '@ana' });
  const card = await world.channel('incidents').shows(/asks to stop web-1/);
  await world.until(
    async () =>
      (await world.ephemeral('ana')).some(({ text }) => /I asked for it in <#C0INCIDENTS>/.test(text)),
    'where it was asked',
  );
  await world.as('ben').clicks('Approve', { in: 'incidents', ts: card.ts });
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await world.channel('incidents').messages()).some(({ text }) => / done in /.test(text));
  }, 'the message to say done');
});

test('a clock that is set back leaves no message behind', async () => {
  await world.as('ana').types('/oci stop web-2', { in: 'ops' });
  const card = await world.channel('ops').shows(/asks to stop web-2/);
  await world.clock.set(new Date(world.clock.now() - 86_400_000).toISOString());
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  const done = await world.until(async () => {
    await world.clock.advance('5s');
    return (await world.channel('ops').messages()).find(
      ({ ts, text }) => ts === card.ts && / done in /.test(text),
    );
  }, 'the message to say done');
  expect(done.buttons).toEqual([]);
});
