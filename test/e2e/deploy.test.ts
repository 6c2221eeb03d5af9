import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';

/** Deploys as people see them: the line, the card, the approval, the message that changes, and what clients are answered. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

test('a deploy from the line to done, and what the store answers then', async () => {
  await world.as('ana').types('/oci deploy store image=1.4.2', { in: 'ops' });
  const card = await world.channel('ops').shows(/asks to deploy store 1\.4\.2/);
  expect(card.shown).toContain('replace store-1, store-2, store-3');
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await world.until(
    async () => {
      await world.clock.advance('5s');
      const [message] = (await world.channel('ops').messages()).filter(({ ts }) => ts === card.ts);
      if (message && /done in|taken back|failed|unresolved|void/.test(message.text)) return message;
      return undefined;
    },
    'the deploy to end',
    120_000,
  );
  const [message] = (await world.channel('ops').messages()).filter(({ ts }) => ts === card.ts);
  console.log(message?.shown);
  expect(message?.text).toMatch(/done in/);
});
