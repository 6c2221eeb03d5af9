import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ocidOf } from '../oci/cloud.ts';
import { type Answer, image, type Street, street } from './street.ts';

let town: Street;
let loadBalancerId: string;
beforeAll(async () => {
  town = await street({
    instances: { 'store-1': image('1'), 'store-2': image('1'), 'store-3': image('2') },
  });
  loadBalancerId = await ocidOf(town.cloud, 'lb');
});
beforeEach(() => town.cloud.reset());
afterAll(() => town.close());

const set = async (change: object) => {
  const named = { loadBalancerId, backendSetName: 'set' };
  const { backendSet } = await town.sdk.balancers.getBackendSet(named);
  const { policy, backends, healthChecker } = backendSet;
  const updateBackendSetDetails = { policy, backends, healthChecker, ...change };
  const reply = await town.sdk.balancers.updateBackendSet({ ...named, updateBackendSetDetails });
  town.cloud.clock.advance(8_000);
  return reply;
};
const read = async () =>
  (await town.sdk.balancers.getBackendSet({ loadBalancerId, backendSetName: 'set' })).backendSet;

/** The cookie to send back. */
const cookieOf = ({ headers }: Answer) =>
  headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ') ?? '';
const own = { lbCookieSessionPersistenceConfiguration: { cookieName: 'route', isHttpOnly: true } };

describe('a session', () => {
  it('is kept by a cookie of the load balancer', async () => {
    await set(own);
    expect((await read()).lbCookieSessionPersistenceConfiguration).toEqual({
      cookieName: 'route',
      disableFallback: false,
      domain: null,
      path: '/',
      maxAgeInSeconds: null,
      isSecure: false,
      isHttpOnly: true,
    });
    const first = await town.get('/');
    const cookie = cookieOf(first);
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(/^route=[0-9a-f]+; Path=\/; HttpOnly$/),
    ]);
    expect(await town.shares(6, { headers: { cookie } })).toEqual({ [first.instance]: 6 });
    expect((await town.get('/', { headers: { cookie } })).headers['set-cookie']).toBeUndefined();
  });

  it('goes on at a drained backend, which gets no new ones', async () => {
    await set(own);
    const first = await town.get('/');
    const headers = { cookie: cookieOf(first) };
    await town.update(first.instance, { drain: true });
    expect(await town.shares(4, { headers })).toEqual({ [first.instance]: 4 });
    expect(Object.keys(await town.shares(8))).not.toContain(first.instance);
  });

  it('goes elsewhere, with a new cookie, when its backend is offline', async () => {
    await set(own);
    const first = await town.get('/');
    const headers = { cookie: cookieOf(first) };
    await town.update(first.instance, { offline: true });
    const second = await town.get('/', { headers });
    expect(second.instance).not.toBe(first.instance);
    expect(cookieOf(second)).not.toBe(headers.cookie);
  });

  it('goes nowhere then, where that is forbidden', async () => {
    await set({ lbCookieSessionPersistenceConfiguration: { cookieName: 'route', disableFallback: true } });
    const first = await town.get('/');
    await town.update(first.instance, { offline: true });
    expect((await town.get('/', { headers: { cookie: cookieOf(first) } })).status).toBe(502);
    expect((await town.get('/')).status).toBe(200);
  });

  it('begins when the application sets its cookie', async () => {
    await set({ sessionPersistenceConfiguration: { cookieName: 'session' } });
    expect((await read()).sessionPersistenceConfiguration).toEqual({
      cookieName: 'session',
      disableFallback: false,
    });
    expect((await town.get('/')).headers['set-cookie']).toBeUndefined();
    const first = await town.get('/login');
    expect(first.headers['set-cookie']).toEqual([
      expect.stringContaining('session='),
      expect.stringContaining('X-Oracle-BMC-LBS-Route='),
    ]);
    const headers = { cookie: cookieOf(first) };
    expect(await town.shares(6, { headers })).toEqual({ [first.instance]: 6 });
  });

  it('is of one kind only', async () => {
    await expect(
      set({ ...own, sessionPersistenceConfiguration: { cookieName: 'session' } }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('the other policies', () => {
  it('IP_HASH keeps a client at a backend, and has no backups', async () => {
    await set({ policy: 'IP_HASH' });
    expect(Object.values(await town.shares(8))).toEqual([8]);
    await expect(
      town.sdk.balancers.createBackend({
        loadBalancerId,
        backendSetName: 'set',
        createBackendDetails: { ipAddress: '10.0.0.77', port: 8080, backup: true },
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it('LEAST_CONNECTIONS goes where there is least under way', async () => {
    await set({ policy: 'LEAST_CONNECTIONS' });
    await town.update('store-3', { offline: true });
    const slow = [1, 2, 3, 4].map(() => town.get('/?wait=60000'));
    await town.underWay(4);
    const busy = (await town.listener()).backends.map(({ active }) => active);
    expect(busy).toEqual([2, 2, 0]);
    town.cloud.clock.advance(60_000);
    await Promise.all(slow);
  });

  it('backups get something when all others fail their checks', async () => {
    await town.update('store-3', { backup: true });
    expect(Object.keys(await town.shares(6)).sort()).toEqual(['store-1', 'store-2']);
    for (const name of ['store-1', 'store-2'])
      await town.sdk.containers.stopContainerInstance({
        containerInstanceId: await ocidOf(town.cloud, name),
      });
    town.cloud.clock.advance(60_000);
    expect(await town.shares(6)).toEqual({ 'store-3': 6 });
  });

  it('no backend gets more connections than it may have', async () => {
    await town.update('store-2', { offline: true });
    await town.update('store-3', { offline: true });
    await set({ backendMaxConnections: 256 });
    const answers = Array.from({ length: 260 }, () => town.get('/?wait=60000'));
    const isBusy = async () => (await town.listener()).requests.total >= 4;
    while (!(await isBusy())) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await town.listener()).backends[0]?.active).toBe(256);
    town.cloud.clock.advance(60_000);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 503)).toHaveLength(4);
    await expect(set({ backendMaxConnections: 100 })).rejects.toMatchObject({ statusCode: 400 });
  });
});
