import type { App } from '@slack/bolt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actions, button, section, socketApp, type World, world } from './support.ts';

let here: World;
let app: App;
const heard: string[] = [];

beforeAll(async () => {
  here = await world({ limits: 'off' });
  app = await socketApp(here.slack, (app) => {
    app.command('/oci', async ({ ack, command, respond, client }) => {
      if (command.text === 'silence') return;
      if (command.text === 'inline') return ack({ text: 'at once' });
      await ack();
      heard.push(command.text);
      if (command.text === 'respond') await respond({ text: 'later' });
      if (command.text === 'post')
        await client.chat.postMessage({
          channel: command.channel_id,
          text: 'May I?',
          blocks: [section('May I?'), actions(button('approve', 'Approve', { value: 'op-1' }))] as never,
        });
    });
    app.action('approve', async ({ ack, body, client }) => {
      await ack();
      if (body.type !== 'block_actions' || !body.message || !body.channel) return;
      await client.chat.update({
        channel: body.channel.id,
        ts: body.message.ts,
        text: `By <@${body.user.id}>`,
        blocks: [],
      });
    });
  });
});

afterAll(async () => {
  await app.stop();
  await here.slack.close();
});

test('a command reaches Bolt over the socket and its acknowledgement comes back', async () => {
  const answer = await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci stop web-1' });
  expect(answer).toMatchObject({ ok: true, acked: true });
  expect(heard).toContain('stop web-1');
});

test('an answer in the acknowledgement and one by response_url are for the caller alone', async () => {
  await here.post('/command', { user: 'ana', channel: 'ops', text: 'inline' });
  await here.post('/command', { user: 'ana', channel: 'ops', text: 'respond' });
  await expect.poll(async () => texts(await here.get('/users/ana/ephemeral'))).toEqual(['at once', 'later']);
  expect(texts(await here.get('/users/ben/ephemeral'))).toEqual([]);
});

test('a click edits the message that carries the button, and then there is no button', async () => {
  await here.post('/command', { user: 'ana', channel: 'shop', text: 'post' });
  await expect.poll(async () => texts(await here.get('/channels/shop/messages'))).toEqual(['May I?']);
  const ts = (await here.get('/channels/shop/messages')).messages?.[0]?.ts;
  const click = { user: 'ben', channel: 'shop', ts, action: 'Approve' };
  expect(await here.post('/click', click)).toMatchObject({ ok: true, acked: true });
  await expect
    .poll(async () => texts(await here.get('/channels/shop/messages')))
    .toEqual(['By <@U0BENOKAFOR>']);
  expect(await here.post('/click', click)).toMatchObject({ ok: false, error: 'no_such_action' });
});

const texts = (list: Awaited<ReturnType<World['get']>>) => list.messages?.map((each) => each.text);
