import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';

/**
 * The story that the product is for, through the wire on both sides: a person types, an on-call
 * approves, one message goes from waiting to done, and the cloud is as the message says.
 */

let world: World;
beforeAll(async () => {
  const database = process.env.TEST_DATABASE_URL;
  world = await bootWorld(database ? { database } : {});
});
afterAll(() => world.stop());

const stopped = async () => {
  const resources = await world.oci.resources({ name: 'web-1' });
  return resources.every((each) => each.state === 'STOPPED');
};

test('from a slash command to stopped instances, in one message', async () => {
  const ana = world.as('ana');
  const ben = world.as('ben');

  await ana.types('/oci stop app=shop env=dev', { in: 'ops' });
  const card = await world.until(async () => {
    const last = await world.channel('ops').last();
    return last && /asks to stop/.test(last.text) ? last : undefined;
  }, 'the approval card');
  const shown = JSON.stringify(card.blocks);
  expect(shown).toContain('web-1');
  expect(shown).toContain('RUNNING');

  await ana.clicks('Approve', { in: 'ops', ts: card.ts });
  await world.until(async () => {
    const told = await world.ephemeral('ana');
    return told.some(({ text }) => /asked for this yourself/.test(text));
  }, 'the refusal to approve one’s own request');

  await ben.clicks('Approve', { in: 'ops', ts: card.ts });
  const done = await world.until(async () => {
    await world.clock.advance('5s');
    const messages = await world.channel('ops').messages();
    return messages.find(({ ts, text }) => ts === card.ts && / done in /.test(text));
  }, 'the message to say done');

  expect(JSON.stringify(done.blocks)).not.toMatch(/"type":"button"/);
  expect(await stopped()).toBe(true);
  const cards = (await world.channel('ops').messages()).filter(({ text }) => /stop/.test(text));
  expect(cards).toHaveLength(1);
});

test('each instance got one action, signed and with a retry token and an etag', async () => {
  const actions = (await world.oci.requests()).filter(({ operation }) => /InstanceAction/i.test(operation));
  const byResource = new Map<string, number>();
  for (const { resource } of actions)
    byResource.set(resource ?? '', (byResource.get(resource ?? '') ?? 0) + 1);
  expect(actions.length).toBeGreaterThan(0);
  expect([...byResource.values()].every((count) => count === 1)).toBe(true);
});

test('the outsider learns nothing and can do nothing', async () => {
  await world.as('eve').types('/oci list', { in: 'ops' });
  await world.until(async () => {
    const told = await world.ephemeral('eve');
    return told.some(({ text }) => /No rule lets you|not allowed|guest/i.test(text));
  }, 'the refusal for eve');
  expect(JSON.stringify(await world.ephemeral('eve'))).not.toContain('web-1');
});
