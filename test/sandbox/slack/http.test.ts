import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signature } from '../../../sandbox/slack/deliver/http.ts';
import { actions, button, httpApp, type World, world } from './support.ts';

let here: World;
let bolt: Awaited<ReturnType<typeof httpApp>>;
const heard: string[] = [];

beforeAll(async () => {
  here = await world({ limits: 'off' });
  bolt = await httpApp(here.slack, (app) => {
    app.command('/oci', async ({ ack, command }) => {
      heard.push(command.text);
      await ack({ text: 'Working on it', response_type: 'ephemeral' });
    });
    app.action('go', async ({ ack, body }) => {
      heard.push(`go by ${body.user.id}`);
      await ack();
    });
    app.event('app_mention', async ({ event }) => {
      heard.push(event.text);
    });
  });
  here.slack.setHttp(bolt.url);
});
afterAll(async () => {
  await bolt.stop();
  await here.slack.close();
});

test('the request URL is verified by a challenge', async () => {
  expect(await here.post('/verify', {})).toEqual({ ok: true, status: 200 });
});

test('a command, a click and an event arrive signed at the real Bolt', async () => {
  const text = `say "hi" & <b> — @ben #ops https://x.example/?a=1&b=2`;
  expect(await here.post('/command', { user: 'ana', channel: 'ops', text: `/oci ${text}` })).toMatchObject({
    acked: true,
    response: { text: 'Working on it' },
  });
  expect(heard).toEqual([
    'say "hi" &amp; &lt;b&gt; — <@U0BENOKAFOR|ben> <#C0OPS000000|ops> <https://x.example/?a=1&amp;b=2>',
  ]);
  expect((await here.get('/users/ana/ephemeral')).messages).toMatchObject([{ text: 'Working on it' }]);
  const { ts } = await here.api('chat.postMessage', {
    channel: 'C0OPS000000',
    text: 'x',
    blocks: [actions(button('go', 'Go'))],
  });
  expect(await here.post('/click', { user: 'ben', channel: 'ops', ts, action: 'Go' })).toMatchObject({
    acked: true,
  });
  await here.post('/message', { user: 'ana', channel: 'ops', text: '@lamplighter help' });
  await expect.poll(() => heard.slice(1)).toEqual(['go by U0BENOKAFOR', '<@U0LAMPLIGHT> help']);
});

test('a click that no element allows is refused, unless it is forged', async () => {
  const { ts } = await here.api('chat.postMessage', { channel: 'C0OPS000000', text: 'bare' });
  const click = { user: 'eve', channel: 'ops', ts, action: 'go' };
  expect(await here.post('/click', click)).toMatchObject({ ok: false, error: 'no_such_action' });
  expect(await here.post('/click', { ...click, force: true, value: 'op-9' })).toMatchObject({ acked: true });
  expect(heard).toContain('go by U0EVENOVAK0');
});

test('unsigned, wrongly signed and old requests are refused by Bolt', async () => {
  const body = new URLSearchParams({ command: '/oci', text: 'forged' }).toString();
  const send = async (headers: Record<string, string>) =>
    (
      await fetch(bolt.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      })
    ).status;
  expect(await send({})).toBe(401);
  expect(await send(signature(body, 'another secret'))).toBe(401);
  expect(await send(signature(body, here.slack.signingSecret, Date.now() - 6 * 60_000))).toBe(401);
  expect(heard).not.toContain('forged');
});

test('an event that fails is sent again with its number and reason, until the app says stop', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers['x-slack-retry-num'] as string | undefined);
    response.writeHead(500, seen.length === 2 ? { 'x-slack-no-retry': '1' } : {}).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  here.slack.setHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await here.post('/open-home', { user: 'ana' })).toMatchObject({
    acked: false,
    error: 'http_service_error',
  });
  await expect.poll(() => seen).toEqual([undefined, '1']);
  here.clock.advance(400_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen).toHaveLength(2);
  here.slack.setHttp(bolt.url);
  server.closeAllConnections();
  server.close();
});

test('commands, clicks, type-ahead and events can each have an address of their own', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url);
    response.writeHead(200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const request_url = {
    commands: `${own}/commands`,
    interactivity: `${own}/clicks`,
    options: `${own}/words`,
  };
  await here.post('/settings', { request_url });
  const external = { type: 'external_select', action_id: 'who', placeholder: button('', 'Who').text };
  const blocks = [actions(button('go', 'Go'), external)];
  const { ts } = await here.api('chat.postMessage', { channel: 'C0SHOP00000', text: 'x', blocks });
  const at = { user: 'ana', channel: 'shop', ts };
  await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci x' });
  await here.post('/click', { ...at, action: 'go' });
  await here.post('/suggest', { ...at, action: 'who', value: 'a' });
  expect(seen).toEqual(['/commands', '/clicks', '/words']);
  expect(await here.post('/open-home', { user: 'ana' })).toMatchObject({ error: 'dispatch_failed' });
  expect(await here.post('/verify', {})).toMatchObject({ ok: false, error: 'no_request_url' });
  here.slack.setHttp(bolt.url);
  server.closeAllConnections();
  server.close();
});
