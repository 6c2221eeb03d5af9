import { App } from '@slack/bolt';
import { Hono } from 'hono';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { boltLog } from '../../../src/slack/bolt-log.ts';
import { HttpReceiver } from '../../../src/slack/receiving/http-receiver.ts';
import { sign } from '../../../src/slack/receiving/signature.ts';

const secret = '8f2d5c1b9e4a7036d1c8b5f2e9a64730';
const log = pino({ level: 'silent' });
const form = 'application/x-www-form-urlencoded';
const command = 'command=%2Foci&text=list+caf%C3%A9&team_id=T1&user_id=U1&channel_id=C1&trigger_id=1.2.3';

let http: Hono;
let lines: string[];

beforeEach(async () => {
  http = new Hono();
  lines = [];
  const app = new App({
    receiver: new HttpReceiver({ http, signingSecret: secret, log }),
    authorize: async () => ({ botToken: 'x', botId: 'B1', botUserId: 'U9' }),
    logger: boltLog(log),
    convoStore: false,
  });
  app.command('/oci', async ({ ack, body }) => {
    await ack();
    lines.push(body.text);
  });
  app.view(/./, async ({ ack }) => ack({ response_action: 'errors', errors: { reason: 'too short' } }));
});

function post(
  body: string,
  headers: Readonly<Record<string, string>> = {},
  signed: { readonly age?: number; readonly secret?: string } = {},
) {
  const timestamp = String(Math.floor(Date.now() / 1000) - (signed.age ?? 0));
  return http.request('/slack/events', {
    method: 'POST',
    body,
    headers: {
      'content-type': form,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(signed.secret ?? secret, timestamp, body),
      ...headers,
    },
  });
}

describe('signed by Slack', () => {
  it('acknowledges a command', async () => {
    const reply = await post(command);
    expect([reply.status, await reply.text()]).toEqual([200, '']);
    expect(lines).toEqual(['list café']);
  });

  it.each([`${form}; charset=utf-8`, 'text/plain'])('takes it as %s, as proxies rewrite it', async (type) => {
    expect((await post(command, { 'content-type': type })).status).toBe(200);
    expect(lines).toHaveLength(1);
  });

  it('answers what a listener acknowledges with', async () => {
    const payload = {
      type: 'view_submission',
      team: { id: 'T1' },
      user: { id: 'U1' },
      view: { callback_id: 'form', state: { values: {} } },
    };
    const reply = await post(`payload=${encodeURIComponent(JSON.stringify(payload))}`);
    expect(await reply.json()).toEqual({ response_action: 'errors', errors: { reason: 'too short' } });
  });

  it('answers the challenge', async () => {
    const reply = await post(JSON.stringify({ type: 'url_verification', challenge: 'abc' }), {
      'content-type': 'application/json',
    });
    expect(await reply.json()).toEqual({ challenge: 'abc' });
  });

  it.each(['payload={', '{"type":', 'payload=[]'])('says what is wrong with %s', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('is not acknowledged when nothing listens to it, in time for Slack to say so', async () => {
    const reply = await post(command.replace('%2Foci', '%2Fother'));
    expect([reply.status, lines]).toEqual([503, []]);
  });
});

it('takes again what it did not take the first time, though it is the same request', async () => {
  const body = command.replace('%2Foci', '%2Fother');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(secret, timestamp, body),
  };
  expect((await post(body, headers)).status).toBe(503);
  expect((await post(body, headers)).status).toBe(503);
});

describe('not proven to be from Slack now', () => {
  const refused: readonly [string, () => Response | Promise<Response>][] = [
    ['unsigned', () => http.request('/slack/events', { method: 'POST', body: command })],
    ['bad_signature', () => post(command, {}, { secret: 'another' })],
    ['bad_signature', () => post(command, { 'x-slack-signature': 'v0=00' })],
    ['unsigned', () => post(command, { 'x-slack-request-timestamp': 'NaN' })],
    ['stale', () => post(command, {}, { age: 301 })],
    ['from_the_future', () => post(command, {}, { age: -302 })],
  ];

  it.each(refused)('%s', async (because, request) => {
    const reply = await request();
    expect([reply.status, await reply.json()]).toEqual([401, { ok: false, error: because }]);
    expect(lines).toEqual([]);
  });

  it('replayed', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(secret, timestamp, command),
    };
    expect((await post(command, headers)).status).toBe(200);
    const again = await post(command, headers);
    expect([again.status, await again.json()]).toEqual([401, { ok: false, error: 'replayed' }]);
    expect(lines).toHaveLength(1);
  });

  it('too large', async () => {
    const reply = await post(`${command}&x=${'x'.repeat(1_100_000)}`);
    expect([reply.status, reply.headers.get('connection')]).toEqual([413, 'close']);
  });

  it('a look at the certificate does nothing', async () => {
    const reply = await http.request('/slack/events', { method: 'POST', body: 'ssl_check=1&token=x' });
    expect([reply.status, lines]).toEqual([200, []]);
  });
});
