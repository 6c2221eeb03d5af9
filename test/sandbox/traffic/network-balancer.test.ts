import { once } from 'node:events';
import { models } from 'oci-networkloadbalancer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ocidOf } from '../oci/cloud.ts';
import { image, type Street, street } from './street.ts';
import { type Talk, talk } from './talk.ts';

let town: Street;
let networkLoadBalancerId: string;
beforeAll(async () => {
  town = await street({
    network: true,
    instances: {
      'store-1': image('1.4.1'),
      'store-2': image('1.4.1'),
      'store-3': image('1.4.2'),
      ill: image('1.4.2-never-healthy'),
    },
    apart: ['store-3', 'ill'],
  });
  networkLoadBalancerId = await ocidOf(town.cloud, 'lb');
});
beforeEach(async () => {
  town.cloud.reset();
  await town.cloud.traffic?.ready();
});
afterAll(() => town.close());

const advance = (ms: number) => town.cloud.clock.advance(ms);
const talkTo = () => talk(town.url());

/** Kept connections until one is with each of the instances. */
async function oneWithEach(...instances: string[]): Promise<Record<string, Talk>> {
  const found: Record<string, Talk> = {};
  while (!instances.every((name) => found[name])) {
    const each = talkTo();
    const who = await each.ask();
    if (found[who] || !instances.includes(who)) each.socket.destroy();
    else found[who] = each;
  }
  return found;
}

const changeSet = async (updateBackendSetDetails: object) => {
  await town.sdk.networkBalancers.updateBackendSet({
    networkLoadBalancerId,
    backendSetName: 'set',
    updateBackendSetDetails,
  });
  advance(30_000);
};
const containers = async (name: string) => ({ containerInstanceId: await ocidOf(town.cloud, name) });

describe('a network load balancer', () => {
  it('is listed with its address on loopback, and answers there', async () => {
    expect(town.url()).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
    const shares = await town.shares(60);
    expect(Object.keys(shares).sort()).toEqual(['store-1', 'store-2']);
    const seen = await town.listener();
    expect(seen).toMatchObject({ kind: 'NetworkLoadBalancer', protocol: 'TCP', policy: 'FIVE_TUPLE' });
    expect(seen.requests.total).toBe(60);
    expect(seen.versions).toMatchObject({ '1.4.1': { total: 60, errors: 0 } });
    expect(seen.backends).toMatchObject([{ drain: false, health: ['OK', 'OK'] }, { instance: 'store-2' }]);
    const { proxy } = await town.seen();
    expect(await town.get(`http://${seen.address}/`, { proxy })).toMatchObject({ status: 200 });
  });

  it('can be sent a made-up public, each request a flow of its own', async () => {
    const body = JSON.stringify({ listener: 'lb/http', connections: 4, rate: 400 });
    const reply = await town.cloud.control.request('/traffic/load', { method: 'POST', body });
    expect(reply.status).toBe(200);
    while (((await town.seen()).load?.sent ?? 0) < 20) await new Promise((done) => setTimeout(done, 20));
    await town.cloud.control.request('/traffic/load', { method: 'DELETE' });
    const { requests, errors } = await town.listener();
    expect(requests.total).toBeGreaterThanOrEqual(20);
    expect(errors.total).toBe(0);
  });

  it('keeps a flow at its backend, drained or not; new ones go elsewhere', async () => {
    const { 'store-1': first } = await oneWithEach('store-1');
    await town.update('store-1', { drain: true });
    expect(await town.shares(10)).toEqual({ 'store-2': 10 });
    expect(await first?.ask()).toBe('store-1');
    expect((await town.listener()).backends[0]).toMatchObject({ drain: true, active: 1 });
    first?.socket.destroy();
  });

  it('cuts the flows of a backend that goes offline, and no others', async () => {
    const { 'store-1': first, 'store-2': second } = await oneWithEach('store-1', 'store-2');
    await town.update('store-1', { offline: true });
    expect(await first?.ended).toBe('ECONNRESET');
    expect(await second?.ask()).toBe('store-2');
    expect(await town.health('store-1')).toEqual({ status: 'CRITICAL', nodes: ['UNKNOWN', 'UNKNOWN'] });
    await town.update('store-2', { offline: true });
    await expect(town.get()).rejects.toThrow(/ECONNRESET|socket hang up/);
  });

  it('cuts the flows of a backend that is taken out, and of a listener', async () => {
    const { 'store-1': first, 'store-2': second } = await oneWithEach('store-1', 'store-2');
    await town.remove('store-1');
    expect(await first?.ended).toBe('ECONNRESET');
    expect(await second?.ask()).toBe('store-2');
    await town.sdk.networkBalancers.deleteListener({ networkLoadBalancerId, listenerName: 'http' });
    advance(30_000);
    expect(await second?.ended).toBe('ECONNRESET');
  });

  it('takes flows while it is changed, and none once it is being deleted', async () => {
    const url = town.url();
    await town.sdk.networkBalancers.updateNetworkLoadBalancer({
      networkLoadBalancerId,
      updateNetworkLoadBalancerDetails: { displayName: 'lb' },
    });
    expect(await town.get()).toMatchObject({ status: 200 });
    advance(30_000);
    const kept = talkTo();
    await kept.ask();
    await town.sdk.networkBalancers.deleteNetworkLoadBalancer({ networkLoadBalancerId });
    expect(await kept.ended).toBe('ECONNRESET');
    await expect(town.get('/', { url })).rejects.toThrow(/ECONNREFUSED/);
  });

  it('passes a flow on to a backend that does not take it, until its checks say so', async () => {
    await town.sdk.containers.deleteContainerInstance(await containers('store-1'));
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () =>
        town.get().then(
          ({ instance }) => instance,
          () => 'cut',
        ),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(['store-2', 'cut']));
    const { reachedDeleted } = await town.seen();
    expect(reachedDeleted).toBe(outcomes.filter((each) => each === 'cut').length);
    advance(60_000);
    expect(await town.shares(10)).toEqual({ 'store-2': 10 });
  });

  it('counts a flow that still speaks to an instance that is being deleted, once', async () => {
    const { containers: service, network } = town.sdk;
    const { containerInstance: like } = await service.getContainerInstance(await containers('store-1'));
    const { vnic } = await network.getVnic({ vnicId: like.vnics[0]?.vnicId ?? '' });
    await service.createContainerInstance({
      createContainerInstanceDetails: {
        displayName: 'polite',
        compartmentId: like.compartmentId,
        availabilityDomain: like.availabilityDomain,
        shape: like.shape,
        shapeConfig: { ocpus: 1, memoryInGBs: 4 },
        containers: [{ displayName: 'main', imageUrl: image('1.4.2') }],
        vnics: [{ subnetId: vnic.subnetId ?? '' }],
        gracefulShutdownTimeoutInSeconds: 60,
      },
    });
    advance(120_000);
    await town.add('polite');
    advance(30_000);
    for (const other of ['store-1', 'store-2']) await town.update(other, { drain: true });
    const socket = new WebSocket(town.url().replace('tcp', 'ws'));
    await once(socket, 'open');
    const echo = async () => {
      socket.send('hello');
      await once(socket, 'message');
      return (await town.seen()).reachedDeleted;
    };
    expect(await echo()).toBe(0);
    await service.deleteContainerInstance(await containers('polite'));
    expect([await echo(), await echo()]).toEqual([1, 1]);
    socket.terminate();
  });

  it('hashes clients, and not their ports, where the policy says so', async () => {
    await changeSet({ policy: 'TWO_TUPLE' });
    const shares = await town.shares(20);
    expect(Object.values(shares)).toEqual([20]);
  });

  it('ends flows that rest for too long', async () => {
    await town.sdk.networkBalancers.updateListener({
      networkLoadBalancerId,
      listenerName: 'http',
      updateListenerDetails: { tcpIdleTimeout: 100 },
    });
    advance(30_000);
    const conversation = talkTo();
    await conversation.ask();
    advance(90_000);
    await conversation.ask();
    advance(101_000);
    expect(await conversation.ended).toBe('ECONNRESET');
  });

  it('passes an end on without ending the other way', async () => {
    const { socket } = talkTo();
    const parts: string[] = [];
    socket.on('data', (part) => parts.push(String(part)));
    socket.end('GET /headers HTTP/1.1\r\nHost: store\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(parts.join('')).toContain('"path":"/headers"');
  });
});

describe('a backend that becomes unwell while it still serves', () => {
  const changeChecker = async (updateHealthCheckerDetails: models.UpdateHealthCheckerDetails) => {
    await town.sdk.networkBalancers.updateHealthChecker({
      networkLoadBalancerId,
      backendSetName: 'set',
      updateHealthCheckerDetails,
    });
    advance(90_000);
  };
  const { Tcp, Http, Https, Udp, Dns } = models.HealthCheckProtocols;
  /** `ill` takes connections, which is all that a check by TCP asks for. */
  const withIll = async () => {
    await changeChecker({ protocol: Tcp });
    await town.add('ill');
    advance(30_000);
  };

  it('keeps its flows and gets no new ones', async () => {
    await withIll();
    const { ill } = await oneWithEach('ill');
    await changeChecker({ protocol: Http });
    expect(await town.health('ill')).toEqual({
      status: 'CRITICAL',
      nodes: ['INVALID_STATUS_CODE', 'INVALID_STATUS_CODE'],
    });
    expect((await town.shares(20)).ill).toBeUndefined();
    expect(await ill?.ask()).toBe('ill');
    ill?.socket.destroy();
  });

  it.each([true, false])('loses them where the set fails over at once; told so: %s', async (isTold) => {
    await withIll();
    await changeSet({ isInstantFailoverEnabled: true, isInstantFailoverTcpResetEnabled: isTold });
    const { ill, 'store-1': first } = await oneWithEach('ill', 'store-1');
    await changeChecker({ protocol: Http });
    if (!isTold) await expect(ill?.ask()).rejects.toThrow('cut');
    expect(await ill?.ended).toBe('ECONNRESET');
    expect(await first?.ask()).toBe('store-1');
    first?.socket.destroy();
  });

  it('gets flows all the same where none is well and the set fails open', async () => {
    await changeChecker({ returnCode: 204 });
    await expect(town.get()).rejects.toThrow();
    expect((await town.listener()).statuses).toEqual({ '503': 1 });
    await changeSet({ isFailOpen: true });
    expect(await town.get()).toMatchObject({ status: 200 });
  });

  it('leaves its place to a backup, for good where the set says so', async () => {
    await changeSet({ areOperationallyActiveBackendsPreferred: true });
    await town.update('store-2', { backup: true });
    expect(await town.shares(10)).toEqual({ 'store-1': 10 });
    await town.sdk.containers.stopContainerInstance(await containers('store-1'));
    advance(60_000);
    expect(await town.shares(10)).toEqual({ 'store-2': 10 });
    await town.sdk.containers.startContainerInstance(await containers('store-1'));
    advance(120_000);
    expect((await town.health('store-1')).status).toBe('OK');
    expect(await town.shares(10)).toEqual({ 'store-2': 10 });
    const standing = async (name: string) => {
      const at = { networkLoadBalancerId, backendSetName: 'set', backendName: await town.backend(name) };
      const reply = await town.sdk.networkBalancers.getBackendOperationalStatus(at);
      return reply.backendOperationalStatus.status;
    };
    expect([await standing('store-1'), await standing('store-2')]).toEqual(['STANDBY', 'ACTIVE']);
    await changeSet({ areOperationallyActiveBackendsPreferred: false });
    expect(await town.shares(10)).toEqual({ 'store-1': 10 });
  });

  it.each<[models.UpdateHealthCheckerDetails, string]>([
    [{ protocol: Http, urlPath: '/healthz', responseBodyRegex: 'status":"fine' }, 'HEALTH_PAYLOAD_MISMATCH'],
    [{ protocol: Http, urlPath: '/healthz', responseBodyRegex: 'status":"ok' }, 'OK'],
    [{ protocol: Tcp, requestData: 'cGluZw==' }, 'OK'],
    [{ protocol: Tcp, requestData: 'cGluZw==', responseData: 'cG9uZw==' }, 'HEALTH_PAYLOAD_MISMATCH'],
    [{ protocol: Https }, 'CONNECT_FAILED'],
    [{ protocol: Udp, requestData: 'cGluZw==', responseData: 'cGluZw==' }, 'OK'],
    [{ protocol: Udp, requestData: 'cGluZw==', responseData: 'cG9uZw==' }, 'HEALTH_PAYLOAD_MISMATCH'],
    [{ protocol: Dns, dns: { domainName: 'example.com' } }, 'TIMED_OUT'],
  ])('is what its checker finds: %o is %s', async (rules, is) => {
    await changeChecker(rules);
    expect((await town.health('store-1')).nodes).toEqual([is, is]);
  });
});
