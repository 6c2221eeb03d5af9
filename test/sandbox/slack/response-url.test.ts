import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { actions, button, type Json, socketApp, type World, world } from './support.ts';

let here: World;
let url = '';
let stop: () => Promise<unknown>;

beforeAll(async () => {
  here = await world({ limits: 'off' });
  const app = await socketApp(here.slack, (bolt) => {
    bolt.command('/oci', ({ ack }) => ack());
    bolt.action('go', ({ ack, body }) => {
      if (body.type === 'block_actions') url = body.response_url;
      return ack();
    });
  });
  stop = () => app.stop();
});
beforeEach(async () => {
  here.slack.reset();
  url = String((await here.post('/command', { user: 'ana', channel: 'ops', text: 'help' })).response_url);
});
afterAll(async () => {
  await stop();
  await here.slack.close();
});

async function respond(body: Json): Promise<[number, string]> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return [response.status, await response.text()];
}
const ephemeral = async () => (await here.get('/users/ana/ephemeral')).messages?.map((each) => each.text);
const channel = async () => (await here.get('/channels/ops/messages')).messages?.map((each) => each.text);

test('it answers the caller, five times', async () => {
  for (const text of ['1', '2', '3', '4', '5']) expect(await respond({ text })).toEqual([200, 'ok']);
  expect(await respond({ text: '6' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
  expect(await ephemeral()).toEqual(['1', '2', '3', '4', '5']);
});

test('it lasts thirty minutes', async () => {
  here.clock.advance(31 * 60_000);
  expect(await respond({ text: 'late' })).toEqual([404, '{"ok":false,"error":"expired_url"}']);
});

test('in_channel is for everyone, and what cannot be shown is refused without a use', async () => {
  await respond({ text: 'all', response_type: 'in_channel' });
  expect(await channel()).toEqual(['all']);
  expect(await respond({})).toMatchObject([400, '{"ok":false,"error":"no_text"}']);
  expect(await respond({ text: 'x', blocks: [{ type: 'sections' }] })).toMatchObject([
    400,
    expect.stringContaining('invalid_blocks'),
  ]);
});

test('from a message it replaces and deletes that message', async () => {
  const { ts } = await here.api('chat.postMessage', {
    channel: 'C0OPS000000',
    text: 'ask',
    blocks: [actions(button('go', 'Go'))],
  });
  await here.post('/click', { user: 'ben', channel: 'ops', ts, action: 'Go' });
  expect(await respond({ text: 'done', replace_original: true })).toEqual([200, 'ok']);
  expect(await channel()).toEqual(['done']);
  await respond({ delete_original: true });
  expect(await channel()).toEqual([]);
});

test('its own first answer is what it replaces after a command', async () => {
  await respond({ text: 'Working on it' });
  await respond({ text: 'Done', replace_original: true });
  expect(await ephemeral()).toEqual(['Done']);
});

test('empty metadata, which clients in Go always send, keeps no answer back', async () => {
  const metadata = { event_type: '', event_payload: null };
  expect(await respond({ text: 'all', response_type: 'in_channel', metadata })).toEqual([200, 'ok']);
  expect(await channel()).toEqual(['all']);
});
