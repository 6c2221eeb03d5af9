import type { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Json, socketApp, type World, world } from './support.ts';

let here: World;

beforeEach(async () => {
  here = await world({ limits: 'off', timing: { ack: 150 } });
});
afterEach(() => here.slack.close());

const post = { channel: 'C0OPS000000', text: 'x' };
const posted = async () => (await here.get('/channels/ops/messages')).messages?.length;
const outcome = () => here.api('chat.postMessage', post).catch(() => 'dropped');

describe('of the Web API', () => {
  test('a lost reply has had its effect, a dropped call has not', async () => {
    await here.post('/faults', { kind: 'lost_reply', method: 'chat.*' });
    expect(await outcome()).toBe('dropped');
    expect(await posted()).toBe(1);
    await here.post('/faults', { kind: 'drop', method: 'chat.*' });
    expect(await outcome()).toBe('dropped');
    expect(await posted()).toBe(1);
    expect(await outcome()).toMatchObject({ ok: true });
    expect((await here.get('/requests')).requests).toMatchObject([
      { status: 'dropped', ok: true, fault: 'lost_reply' },
      { status: 'dropped', ok: false, fault: 'drop' },
      { status: 200 },
    ]);
  });

  test('5xx, 429 and refusals, as often as asked', async () => {
    const client = new WebClient(here.slack.botToken, {
      slackApiUrl: here.slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    });
    await here.post('/faults', {
      faults: [
        { kind: 'error', method: 'auth.test', status: 503, count: 2 },
        { kind: 'ratelimit', method: 'chat.*', retry_after: 7 },
        { kind: 'refuse', method: 'users.*', error: 'internal_error' },
      ],
    });
    for (const _ of [1, 2]) await expect(client.auth.test()).rejects.toMatchObject({ statusCode: 503 });
    await expect(client.auth.test()).resolves.toMatchObject({ ok: true });
    await expect(client.chat.postMessage(post)).rejects.toMatchObject({ retryAfter: 7 });
    await expect(client.users.list({})).rejects.toMatchObject({ data: { error: 'internal_error' } });
    expect((await here.get('/faults')).faults).toEqual([]);
  });

  test('probabilities repeat from run to run', async () => {
    const run = async () => {
      await here.remove('/faults');
      await here.post('/faults', { kind: 'refuse', method: '*', error: 'chance', probability: 0.5 });
      return Promise.all(Array.from({ length: 12 }, async () => (await here.api('api.test')).ok));
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  test('Slack is away until its time has passed on the sandbox clock', async () => {
    await here.post('/faults', { kind: 'away', seconds: 120 });
    expect(await outcome()).toBe('dropped');
    expect(await here.post('/command', { user: 'ana', channel: 'ops', text: 'help' })).toMatchObject({
      error: 'slack_away',
    });
    here.clock.advance(120_000);
    expect(await outcome()).toMatchObject({ ok: true });
  });

  test('a misspelt fault is refused, with what is wrong', async () => {
    expect(await here.post('/faults', { kind: 'lost_replay', method: '*' })).toMatchObject({
      ok: false,
      error: 'invalid_body',
    });
    expect(await here.post('/faults', { kind: 'error', status: 200 })).toMatchObject({
      error: 'invalid_body',
    });
  });
});

describe('of Socket Mode', () => {
  let sockets: WebSocket[];
  beforeEach(() => {
    sockets = [];
  });
  afterEach(() => {
    for (const socket of sockets) socket.terminate();
  });

  /** A connection that acknowledges, or not, and what it was sent. */
  async function connect(acknowledges = true) {
    const { url } = await here.api('apps.connections.open', {}, here.slack.appToken);
    const socket = new WebSocket(String(url));
    const received: Json[] = [];
    sockets.push(socket);
    const hello = new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as Json;
        received.push(message);
        if (message.type === 'hello') resolve();
        if (message.envelope_id && acknowledges)
          socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
      });
    });
    await hello;
    return { socket, received, types: () => received.map((each) => each.type) };
  }

  /** Whether a new connection is turned away. */
  async function refused(): Promise<boolean> {
    const { url } = await here.api('apps.connections.open', {}, here.slack.appToken);
    return new Promise((resolve) => {
      const socket = new WebSocket(String(url));
      sockets.push(socket);
      socket.on('open', () => resolve(false)).on('error', () => resolve(true));
    });
  }

  const command = () => here.post('/command', { user: 'ana', channel: 'ops', text: 'help' });

  test('each delivery goes to one connection, in turn', async () => {
    const one = await connect();
    const two = await connect();
    expect(two.received[0]).toMatchObject({
      type: 'hello',
      num_connections: 2,
      connection_info: { app_id: 'A0LAMPLIGHT' },
    });
    for (const _ of [1, 2, 3, 4]) expect(await command()).toMatchObject({ acked: true });
    expect([one, two].map((each) => each.types().filter((type) => type === 'slash_commands').length)).toEqual(
      [2, 2],
    );
  });

  test('a ticket is good for one connection', async () => {
    const { url } = await here.api('apps.connections.open', {}, here.slack.appToken);
    const open = () =>
      new Promise((resolve) => {
        const socket = new WebSocket(String(url));
        sockets.push(socket);
        socket.on('open', () => resolve('open')).on('error', (error) => resolve(error.message));
      });
    expect(await open()).toBe('open');
    expect(await open()).toContain('401');
  });

  test('without a connection, or without an acknowledgement, the caller is told so', async () => {
    expect(await command()).toMatchObject({ ok: false, acked: false, error: 'dispatch_failed' });
    await connect(false);
    expect(await command()).toMatchObject({ ok: false, acked: false, error: 'operation_timeout' });
    expect((await here.get('/users/ana/ephemeral')).messages).toMatchObject([
      { text: '/oci failed with the error "dispatch_failed"' },
      { text: '/oci failed with the error "operation_timeout"' },
    ]);
  });

  test('what a closing connection did not acknowledge goes to another, marked as a retry', async () => {
    const silent = await connect(false);
    const running = command();
    await expect.poll(silent.types).toContain('slash_commands');
    const other = await connect();
    silent.socket.terminate();
    expect(await running).toMatchObject({ acked: true });
    expect(other.received[1]).toMatchObject({ type: 'slash_commands', retry_attempt: 1 });
    expect(other.received[1]?.envelope_id).toBe(silent.received[1]?.envelope_id);
  });

  test('after refresh_requested a connection gets nothing more', async () => {
    const old = await connect();
    await here.post('/faults', { kind: 'socket', reason: 'refresh_requested' });
    const fresh = await connect();
    await command();
    expect(old.types()).toEqual(['hello', 'disconnect']);
    expect(fresh.types()).toEqual(['hello', 'slash_commands']);
  });

  test('a gap cuts the connections and lets none in until it is over', async () => {
    const cut = await connect();
    const closed = new Promise((resolve) => cut.socket.on('close', resolve));
    await here.post('/faults', { kind: 'socket', reason: 'gap', seconds: 30 });
    await closed;
    expect(await refused()).toBe(true);
    here.clock.advance(30_000);
    await connect();
    expect(await command()).toMatchObject({ acked: true });
  });

  test.each(['same', 'new'])('a duplicate comes in the %s envelope', async (as) => {
    const one = await connect();
    await here.post('/faults', { kind: 'duplicate', type: 'slash_commands', as });
    await command();
    await expect.poll(() => one.received.length).toBe(3);
    const [, first, second] = one.received;
    expect(second?.payload).toEqual(first?.payload);
    expect(second?.envelope_id === first?.envelope_id).toBe(as === 'same');
  });

  test('an event that is not acknowledged comes again, at once and after a minute', async () => {
    const silent = await connect(false);
    await here.post('/open-home', { user: 'ana' });
    await expect.poll(() => silent.received.length).toBe(3);
    expect(silent.received[2]).toMatchObject({ retry_attempt: 1, retry_reason: 'operation_timeout' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    here.clock.advance(60_000);
    await expect.poll(() => silent.received.length).toBe(4);
    expect(silent.received[3]).toMatchObject({ retry_attempt: 2, payload: silent.received[1]?.payload });
  });

  test('a lost acknowledgement looks like a timeout, and any delivery can be repeated', async () => {
    const one = await connect();
    await here.post('/faults', { kind: 'lose_ack', type: '*' });
    expect(await command()).toMatchObject({ acked: false, error: 'operation_timeout' });
    expect(await here.post('/deliver', { again: 'same' })).toMatchObject({ ok: true, acked: true });
    expect(one.received[2]).toEqual(one.received[1]);
  });
});

test('the real Bolt comes back after Slack told it to', async () => {
  const app: App = await socketApp(here.slack, (bolt) => bolt.command('/oci', ({ ack }) => ack()));
  await here.post('/faults', { kind: 'socket', reason: 'warning' });
  const command = () => here.post('/command', { user: 'ana', channel: 'ops', text: 'help' });
  await expect.poll(command).toMatchObject({ acked: false });
  await expect.poll(command).toMatchObject({ acked: true });
  await app.stop();
});
