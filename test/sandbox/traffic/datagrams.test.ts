import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { models } from 'oci-networkloadbalancer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ocidOf } from '../oci/cloud.ts';
import { image, type Street, street } from './street.ts';

let town: Street;
let networkLoadBalancerId: string;
beforeAll(async () => {
  town = await street({
    network: true,
    protocol: 'TCP_AND_UDP',
    instances: { 'store-1': image('1.4.1'), 'store-2': image('1.4.2') },
  });
  networkLoadBalancerId = await ocidOf(town.cloud, 'lb');
});
beforeEach(async () => {
  town.cloud.reset();
  await town.cloud.traffic?.ready();
});
const open: Caller[] = [];
afterEach(() => {
  for (const caller of open.splice(0)) caller.close();
});
afterAll(() => town.close());

const udp = 'lb/http (UDP)';

interface Caller {
  /** What comes back; nothing for what is lost. */
  say(text: string): Promise<string | undefined>;
  close(): void;
}

/** A client at a port of its own. */
function caller(): Caller {
  const socket = createSocket('udp4');
  const port = Number(new URL(town.url(udp).replace('udp:', 'http:')).port);
  const made: Caller = {
    say: async (text) => {
      const heard = new AbortController();
      const timer = setTimeout(() => heard.abort(), 150);
      socket.send(text, port, '127.0.0.1');
      return once(socket, 'message', { signal: heard.signal })
        .then(([message]) => String(message))
        .catch(() => undefined)
        .finally(() => clearTimeout(timer));
    },
    close: () => socket.close(),
  };
  open.push(made);
  return made;
}

const withBackends = async () =>
  Object.fromEntries(
    (await town.listener(udp)).backends.map(({ instance, active, requests }) => [
      instance,
      { active, flows: requests.total },
    ]),
  );

/** Who of them the caller's flow went to. */
async function whoHears(one: Caller): Promise<string> {
  const before = await withBackends();
  expect(await one.say('who is there')).toBe('who is there');
  const after = await withBackends();
  return Object.keys(after).find((name) => after[name]?.flows !== before[name]?.flows) ?? '';
}

describe('datagrams', () => {
  it('come back from an instance, through a port of their own beside that of TCP', async () => {
    expect(town.url(udp)).toMatch(/^udp:\/\/127\.0\.0\.1:\d+$/);
    expect(town.url()).toMatch(/^tcp:/);
    expect(await caller().say('hello')).toBe('hello');
    expect(await town.get()).toMatchObject({ status: 200 });
    expect(await town.listener(udp)).toMatchObject({ connections: 1, requests: { total: 1 } });
    expect(await town.listener()).toMatchObject({ requests: { total: 1 } });
  });

  it('of one client stay at one backend, drained or not, until they rest for too long', async () => {
    const first = caller();
    const who = await whoHears(first);
    await town.update(who, { drain: true });
    expect(await whoHears(first)).toBe('');
    for (let times = 0; times < 8; times += 1) expect(await whoHears(caller())).not.toBe(who);
    town.cloud.clock.advance(121_000);
    while ((await town.listener(udp)).connections > 0) await new Promise((done) => setTimeout(done, 10));
    expect(await whoHears(first)).not.toBe(who);
  });

  it('go to another backend when theirs is taken offline, and are lost when there is nobody', async () => {
    const first = caller();
    const who = await whoHears(first);
    await town.update(who, { offline: true });
    const other = await whoHears(first);
    expect([who, other].sort()).toEqual(['store-1', 'store-2']);
    await town.update(other, { offline: true });
    expect(await first.say('anybody?')).toBeUndefined();
    expect((await town.listener(udp)).statuses).toMatchObject({ '503': 1 });
  });

  it('are lost while their backend is not there, and counted when it is being deleted', async () => {
    const first = caller();
    const containerInstanceId = await ocidOf(town.cloud, await whoHears(first));
    await town.sdk.containers.deleteContainerInstance({ containerInstanceId });
    expect(await first.say('still there?')).toBeUndefined();
    expect((await town.seen()).reachedDeleted).toBe(1);
  });

  it('of a listener that lets only them through have its name', async () => {
    await town.sdk.networkBalancers.updateListener({
      networkLoadBalancerId,
      listenerName: 'http',
      updateListenerDetails: { protocol: models.ListenerProtocols.Udp },
    });
    town.cloud.clock.advance(30_000);
    await town.cloud.traffic?.ready();
    expect(town.url()).toMatch(/^udp:/);
    const load = { method: 'POST', body: JSON.stringify({ listener: 'lb/http' }) };
    expect((await town.cloud.control.request('/traffic/load', load)).status).toBe(404);
  });
});
