import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import { actions, button, listener, type Shown, type World, world } from './support.ts';

/** What unusual clients would notice on the wire. */

let here: World;

beforeAll(async () => {
  here = await world({ limits: 'off' });
});
beforeEach(() => here.slack.reset());
afterAll(() => here.slack.close());

async function posted(method: string, body: string, headers: Record<string, string> = {}): Promise<Shown> {
  const response = await fetch(`${here.slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Shown;
}

test.each([
  ['{', 'invalid_json'],
  ['[]', 'json_not_object'],
  ['null', 'json_not_object'],
  ['"text"', 'json_not_object'],
])('the JSON body %s is %s', async (body, error) => {
  const headers = { authorization: `Bearer ${here.slack.botToken}` };
  expect(await posted('auth.test', body, headers)).toEqual({ ok: false, error });
});

test('an empty JSON body has no arguments', async () => {
  const headers = { authorization: `Bearer ${here.slack.botToken}` };
  expect(await posted('auth.test', '', headers)).toMatchObject({ ok: true });
});

test('a token in a JSON body is not seen', async () => {
  const body = JSON.stringify({ token: here.slack.botToken });
  expect(await posted('auth.test', body)).toEqual({ ok: false, error: 'not_authed' });
});

test.each([
  ['application/json', '{}', { ok: true, warning: 'missing_charset' }],
  ['application/json; charset=utf-8', '{}', { ok: true }],
  ['application/x-www-form-urlencoded', 'a=b', { ok: true }],
  ['application/x-www-form-urlencoded;charset=UTF-8', 'a=b', { ok: true, warning: 'superfluous_charset' }],
  ['text/plain', 'a=b', { ok: true }],
  ['application/json; charset=latin-7', '{}', { ok: false, error: 'invalid_charset' }],
  ['application/xml', '<a/>', { ok: false, error: 'invalid_post_type' }],
  ['multipart/form-data', 'no boundary', { ok: false, error: 'invalid_form_data' }],
  ['', 'a=b', { ok: false, error: 'missing_post_type' }],
])('a body of the type %o is judged as Slack judges it', async (type, body, judged) => {
  const headers = { authorization: `Bearer ${here.slack.botToken}`, 'content-type': type };
  const { ok, error, warning, response_metadata } = await posted('auth.test', body, headers);
  const told = { ok, ...(error ? { error } : {}), ...(warning ? { warning } : {}) };
  expect(told).toEqual(judged);
  if (warning) expect(response_metadata).toEqual({ warnings: [warning] });
});

test('a POST without a body needs no type', async () => {
  const headers = { authorization: `Bearer ${here.slack.botToken}` };
  const response = await fetch(`${here.slack.apiUrl}auth.test`, { method: 'POST', headers });
  expect(await response.json()).toMatchObject({ ok: true });
});

test.each(['files.upload', 'rtm.start', 'channels.list', 'im.open'])(
  '%s was switched off',
  async (method) => {
    expect(await here.api(method)).toMatchObject({ ok: false, error: 'method_deprecated' });
  },
);

test('a warning of the method itself is in the list of warnings, too', async () => {
  const headers = { authorization: `Bearer ${here.slack.botToken}` };
  const joined = await posted('conversations.join', JSON.stringify({ channel: 'C0OPS000000' }), headers);
  expect(joined).toMatchObject({
    ok: true,
    warning: 'already_in_channel',
    response_metadata: { warnings: ['already_in_channel'] },
  });
});

test.each([
  ['conversations.list', { cursor: 'nonsense' }, 'invalid_cursor'],
  ['conversations.list', { limit: 'many' }, 'invalid_limit'],
  ['conversations.list', { types: 'public_channel,secret' }, 'invalid_types'],
  ['conversations.history', { channel: 'C0OPS000000', oldest: 'yesterday' }, 'invalid_ts_oldest'],
  ['conversations.history', { channel: 'C0OPS000000', latest: '2030-01-01' }, 'invalid_ts_latest'],
])('%s with %o is %s', async (method, args, error) => {
  expect(await here.api(method, args)).toMatchObject({ ok: false, error });
});

test('group direct messages are a type of which there are none', async () => {
  expect(await here.api('conversations.list', { types: 'mpim' })).toMatchObject({ ok: true, channels: [] });
});

test('people, channels and groups have the fields that they always have', async () => {
  expect(await here.api('users.info', { user: 'U0ANAPETROV' })).toMatchObject({
    user: { profile: { status_text: '', status_emoji: '', image_192: expect.any(String) } },
  });
  expect(await here.api('conversations.info', { channel: 'C0OPS000000' })).toMatchObject({
    channel: { unlinked: 0, previous_names: [], shared_team_ids: ['T0LAMPLIGHT'] },
  });
  const { usergroups } = await here.api('usergroups.list');
  expect(usergroups).toContainEqual(expect.objectContaining({ prefs: { channels: [], groups: [] } }));
});

test('an event says that it is the first attempt; clicks in private channels do not say where', async () => {
  const { received, close } = await listener(here);
  await here.post('/open-home', { user: 'ana' });
  expect(received[1]).toMatchObject({ type: 'events_api', retry_attempt: 0, retry_reason: '' });
  await here.post('/channels/leads-only', { members: ['dana', 'lamplighter'] });
  const blocks = [actions(button('go', 'Go'))];
  const { ts } = await here.api('chat.postMessage', { channel: 'C0LEADSONLY', text: 'x', blocks });
  await here.post('/click', { user: 'dana', channel: 'leads-only', ts, action: 'go' });
  const click = received.find((each) => each.type === 'interactive');
  expect(click).toMatchObject({ payload: { channel: { id: 'C0LEADSONLY', name: 'privategroup' } } });
  expect(click).not.toHaveProperty('retry_attempt');
  close();
});

test('a retry by HTTP gives the reason in the words of the Events API', async () => {
  const reasons: unknown[] = [];
  const server = createServer((request, response) => {
    reasons.push(request.headers['x-slack-retry-reason']);
    response.writeHead(reasons.length === 1 ? 500 : 200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  here.slack.setHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await here.post('/open-home', { user: 'ana' });
  await expect.poll(() => reasons).toEqual([undefined, 'http_error']);
  here.slack.setHttp(undefined);
  server.closeAllConnections();
  server.close();
});

test('a connection that asks for it is warned and taken away early', async () => {
  const short = await world({ timing: { debugConnection: 50 } });
  const { url } = await short.api('apps.connections.open', {}, short.slack.appToken);
  const socket = new WebSocket(`${url}&debug_reconnects=true`);
  const heard: Shown[] = [];
  socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data)) as Shown));
  await expect
    .poll(() => heard.map(({ type, reason }) => [type, reason]))
    .toEqual([
      ['hello', undefined],
      ['disconnect', 'warning'],
      ['disconnect', 'refresh_requested'],
    ]);
  socket.close();
  await short.slack.close();
});
