import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fleets } from '../support/fleets.ts';
import { bootWorld, type World } from '../support/world.ts';

/** Two minutes without Slack, two without Oracle Cloud, and every tenth reply lost: nothing is lost, nothing doubled. */

const size = 10;
let world: World;
let fleet = 0;
beforeAll(async () => {
  world = await bootWorld({ seed: fleets(8, size) });
});
afterAll(() => world?.stop());
beforeEach(() => {
  fleet++;
});

const cards = async () =>
  (await world.channel('ops').messages()).filter(({ shown }) => shown.includes(`app=fleet-${fleet} `));

async function asked() {
  // after Slack was away the bot's socket comes back when its next try is due
  await world.slack.connected();
  await world.as('ana').types(`/oci stop app=fleet-${fleet} env=dev`, { in: 'ops' });
  return world.until(async () => (await cards()).find(({ text }) => /asks to stop/.test(text)), 'the card');
}

async function endsWell() {
  const done = await world.until(async () => {
    await world.clock.advance('5s');
    return (await cards()).find(({ text }) => /( done in |failed|unresolved|void)/.test(text));
  }, 'the message to end');
  expect(done.text).toMatch(/ done in /);
  expect(await cards()).toHaveLength(1);
  const members = (await world.oci.resources()).filter(({ name }) => name.startsWith(`fleet-${fleet}-`));
  expect(members.map(({ state }) => state)).toEqual(Array(size).fill('STOPPED'));
  const taken = (await world.oci.requests()).filter(
    ({ operation, status, resource }) =>
      /InstanceAction/.test(operation) && status === 200 && members.some(({ ocid }) => ocid === resource),
  );
  return { members, taken };
}

test('Slack is away for two minutes while an operation runs', async () => {
  const card = await asked();
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await world.slack.faults({ kind: 'away', seconds: 120 });
  for (let at = 0; at < 24; at++) await world.clock.advance('5s');
  const { taken } = await endsWell();
  expect(taken).toHaveLength(size);
});

test('Slack goes away between the command and its card', async () => {
  await world.slack.faults({ kind: 'lost_reply', method: 'chat.postMessage', count: 2 });
  const card = await asked();
  await world.clock.advance('2m');
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await endsWell();
});

test('Oracle Cloud is away for two minutes in the middle', async () => {
  const card = await asked();
  await world.oci.faults({ region: 'eu-frankfurt-1', away: true, for: '2m' });
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  for (let at = 0; at < 24; at++) await world.clock.advance('5s');
  const { taken } = await endsWell();
  expect(taken).toHaveLength(size);
});

test('every third reply of an action is lost after its effect', async () => {
  const card = await asked();
  await world.oci.faults({ operation: '*.InstanceAction', drop: 'after', probability: 0.34 });
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await endsWell();
  await world.call('DELETE', '/control/oci/faults');
});

test('every second call to Slack fails one way or another', async () => {
  for (const kind of ['lost_reply', 'drop', 'error', 'ratelimit'])
    await world.slack.faults({ kind, method: 'chat.*', probability: 0.12 });
  const card = await asked();
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await endsWell();
  await world.call('DELETE', '/control/slack/faults');
});
