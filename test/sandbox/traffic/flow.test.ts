import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { image, type Street, street } from './street.ts';

let town: Street;
beforeAll(async () => {
  town = await street({
    instances: { 'store-1': image('1.4.1'), 'store-2': image('1.4.1'), 'store-3': image('1.4.2') },
    apart: ['store-3'],
  });
});
beforeEach(() => town.cloud.reset());
afterAll(() => town.close());

describe('traffic', () => {
  it('is answered by the instances, which say who they are', async () => {
    const answer = await town.get('/');
    expect(answer).toMatchObject({ status: 200, version: '1.4.1' });
    expect(JSON.parse(answer.body)).toMatchObject({
      app: 'store',
      version: '1.4.1',
      instance: answer.instance,
      ip: expect.stringMatching(/^10\.0\.0\.\d+$/),
      requests: 1,
    });
    expect((await town.get('/healthz')).status).toBe(200);
  });

  it('tells backends where it came from', async () => {
    const { body } = await town.get('/headers', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(JSON.parse(body).headers).toMatchObject({
      'x-forwarded-for': '203.0.113.9, 127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-port': '80',
      'x-real-ip': '127.0.0.1',
    });
  });

  it('takes turns, with a connection or without', async () => {
    expect(await town.shares(20)).toEqual({ 'store-1': 10, 'store-2': 10 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await town.shares(20, { agent })).toEqual({ 'store-1': 10, 'store-2': 10 });
    agent.destroy();
  });

  it('follows weights', async () => {
    await town.update('store-1', { weight: 4 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await town.shares(50, { agent })).toEqual({ 'store-1': 40, 'store-2': 10 });
    agent.destroy();
  });

  it('leaves a drained backend at once, also on connections that are kept', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await town.shares(4, { agent });
    const before = await town.listener();
    await town.update('store-1', { drain: true });
    expect(await town.shares(10, { agent })).toEqual({ 'store-2': 10 });
    expect(before.connections).toBe(1);
    await town.update('store-1', { drain: false });
    expect(await town.shares(10, { agent })).toEqual({ 'store-1': 5, 'store-2': 5 });
    agent.destroy();
  });

  it('does not go offline backends, and says 503 when there is nobody', async () => {
    await town.update('store-1', { offline: true });
    expect(await town.shares(4)).toEqual({ 'store-2': 4 });
    await town.update('store-2', { offline: true });
    const answer = await town.get('/');
    expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'text/html' } });
    expect(answer.body).toContain('<h1>503 Service Temporarily Unavailable</h1>');
    expect(await town.health('store-1')).toEqual({ status: 'CRITICAL', nodes: ['OFFLINE', 'OFFLINE'] });
  });

  it('finishes what is under way when its backend is drained and taken out', async () => {
    await town.update('store-2', { drain: true });
    const slow = town.get('/?wait=60000');
    await town.underWay(1);
    await town.update('store-2', { drain: false });
    await town.update('store-1', { drain: true });
    await town.remove('store-1');
    town.cloud.clock.advance(60_000);
    expect(await slow).toMatchObject({ status: 200, instance: 'store-1' });
    expect(await town.shares(4)).toEqual({ 'store-2': 4 });
  });

  it('is not held up by a new name', async () => {
    const [{ ocid: containerInstanceId } = { ocid: '' }] = await resources('store-1');
    await town.get('/');
    await town.sdk.containers.updateContainerInstance({
      containerInstanceId,
      updateContainerInstanceDetails: { displayName: 'shop-1' },
    });
    expect(await town.shares(4)).toEqual({ 'shop-1': 2, 'store-2': 2 });
  });

  it('passes bodies on, and what is longer than one piece', async () => {
    const body = 'x'.repeat(300_000);
    expect(await town.get('/orders', { method: 'POST', body })).toMatchObject({ status: 200 });
  });

  it('passes WebSockets on', async () => {
    const socket = new WebSocket(town.url().replace('http', 'ws'));
    const heard = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.once('open', () => socket.send('hello'));
    expect(await heard).toBe('hello');
    socket.terminate();
  });

  it('asks another backend when one refuses the connection, and says 502 when all do', async () => {
    const stop = async (name: string) => {
      const [{ ocid: containerInstanceId } = { ocid: '' }] = await resources(name);
      await town.sdk.containers.deleteContainerInstance({ containerInstanceId });
    };
    await stop('store-1');
    expect(await town.shares(8)).toEqual({ 'store-2': 8 });
    expect((await town.seen()).reachedDeleted).toBe(4);
    await stop('store-2');
    expect(await town.get('/')).toMatchObject({ status: 502 });
  });

  it('is reached at the addresses that the API shows, through the proxy', async () => {
    const { proxy } = await town.seen();
    const { address } = await town.listener();
    const ask = (url: string) => town.get(url, { proxy });
    const at = await town.backend('store-2');
    expect(await ask(`http://${at}/healthz`)).toMatchObject({ status: 200, instance: 'store-2' });
    expect(await ask(`http://${address}/`)).toMatchObject({ status: 200, version: '1.4.1' });
    expect(await ask('http://10.9.9.9/')).toMatchObject({ status: 502 });
    expect(await tunnel(proxy, at)).toContain('"instance":"store-2"');
  });

  it('is counted by version and status', async () => {
    await town.add('store-3');
    town.cloud.clock.advance(20_000);
    await town.shares(12);
    const seen = await town.listener();
    expect(seen.requests.total).toBe(12);
    expect(seen.versions).toMatchObject({ '1.4.1': { total: 8, errors: 0 }, '1.4.2': { total: 4 } });
    expect(seen.statuses).toEqual({ '200': 12 });
    const reset = await town.cloud.control.request('/traffic/reset', { method: 'POST' });
    expect(reset.status).toBe(200);
    expect((await town.listener()).requests.total).toBe(0);
  });

  it('can be made up, and is counted then too', async () => {
    const post = (body: object) =>
      town.cloud.control.request('/traffic/load', { method: 'POST', body: JSON.stringify(body) });
    expect((await post({ listener: 'nowhere/http' })).status).toBe(404);
    expect((await post({ listener: 'lb/http', rate: -1 })).status).toBe(400);
    expect((await post({ listener: 'lb/http', connections: 4, rate: 400 })).status).toBe(200);
    for (;;) {
      const { load } = await town.seen();
      if ((load?.sent ?? 0) < 20) await new Promise((resolve) => setTimeout(resolve, 20));
      else {
        expect(load).toMatchObject({ failed: 0, listener: 'lb/http' });
        break;
      }
    }
    await town.cloud.control.request('/traffic/load', { method: 'DELETE' });
    expect((await town.seen()).load).toBeNull();
  });
});

async function resources(name: string): Promise<{ ocid: string }[]> {
  const reply = await town.cloud.control.request(`/resources?name=${name}`);
  return ((await reply.json()) as { resources: { ocid: string }[] }).resources;
}

/** One request through CONNECT. */
function tunnel(proxy: string, at: string): Promise<string> {
  const { port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`CONNECT ${at} HTTP/1.1\r\nHost: ${at}\r\n\r\n`);
      socket.write(`GET / HTTP/1.1\r\nHost: ${at}\r\nConnection: close\r\n\r\n`);
    });
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
