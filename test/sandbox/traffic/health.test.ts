import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { image, type Street, street } from './street.ts';

let town: Street;
beforeAll(async () => {
  town = await street({
    instances: {
      'store-1': image('1.4.1'),
      'store-2': image('1.4.1'),
      'store-3': image('1.4.2'),
      ill: image('1.4.2-never-healthy'),
      slow: image('1.4.2-slow-5s'),
    },
    apart: ['store-3', 'ill', 'slow'],
  });
});
beforeEach(() => town.cloud.reset());
afterAll(() => town.close());

const containerInstanceId = async (name: string) => {
  const reply = await town.cloud.control.request(`/resources?name=${name}`);
  const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
  return resources[0]?.ocid ?? '';
};
const stop = async (name: string) =>
  town.sdk.containers.stopContainerInstance({ containerInstanceId: await containerInstanceId(name) });
const advance = (ms: number) => town.cloud.clock.advance(ms);

describe('health checks', () => {
  it('find at the start what has stood there for long', async () => {
    expect(await town.health('store-1')).toEqual({ status: 'OK', nodes: ['OK', 'OK'] });
  });

  it('do not know a new backend until both nodes have looked, at different times', async () => {
    await town.add('store-3');
    expect(await town.health('store-3')).toEqual({ status: 'UNKNOWN', nodes: ['UNKNOWN', 'UNKNOWN'] });
    advance(3_000);
    expect(await town.health('store-3')).toEqual({ status: 'UNKNOWN', nodes: ['OK', 'UNKNOWN'] });
    advance(5_000);
    expect(await town.health('store-3')).toEqual({ status: 'OK', nodes: ['OK', 'OK'] });
  });

  it('answer 404 while the backend is being made', async () => {
    const backendName = await town.backend('store-3');
    const [ipAddress = ''] = backendName.split(':');
    const { resources } = (await (await town.cloud.control.request('/resources?name=lb')).json()) as {
      resources: { ocid: string }[];
    };
    const set = { loadBalancerId: resources[0]?.ocid ?? '', backendSetName: 'set' };
    await town.sdk.balancers.createBackend({ ...set, createBackendDetails: { ipAddress, port: 8080 } });
    await expect(town.sdk.balancers.getBackendHealth({ ...set, backendName })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('need as many failures in a row as there are retries; the nodes disagree for a moment', async () => {
    await town.add('store-3');
    advance(8_000);
    await stop('store-3');
    advance(24_000);
    expect((await town.health('store-3')).status).toBe('OK');
    advance(3_000);
    expect(await town.health('store-3')).toEqual({ status: 'WARNING', nodes: ['CONNECT_FAILED', 'OK'] });
    advance(5_000);
    expect(await town.health('store-3')).toEqual({
      status: 'CRITICAL',
      nodes: ['CONNECT_FAILED', 'CONNECT_FAILED'],
    });
  });

  it('need as many successes in a row to believe it again', async () => {
    await stop('store-1');
    advance(60_000);
    expect((await town.health('store-1')).status).toBe('CRITICAL');
    const id = await containerInstanceId('store-1');
    await town.sdk.containers.startContainerInstance({ containerInstanceId: id });
    advance(12_000);
    expect((await town.health('store-1')).status).toBe('CRITICAL');
    expect(await town.shares(4)).toEqual({ 'store-2': 4 });
    advance(30_000);
    expect((await town.health('store-1')).status).toBe('OK');
    expect(await town.shares(4)).toEqual({ 'store-1': 2, 'store-2': 2 });
  });

  it('are right after a leap of the clock, however far', async () => {
    await stop('store-1');
    advance(30 * 24 * 3_600_000);
    expect((await town.health('store-1')).status).toBe('CRITICAL');
    expect((await town.health('store-2')).status).toBe('OK');
  });

  it.each([
    ['ill', 'INVALID_STATUS_CODE'],
    ['slow', 'TIMED_OUT'],
  ])('say what is wrong with %s: %s', async (name, is) => {
    await town.add(name);
    advance(10_000);
    expect(await town.health(name)).toEqual({ status: 'CRITICAL', nodes: [is, is] });
    expect(await town.shares(8)).toEqual({ 'store-1': 4, 'store-2': 4 });
  });

  it.each([
    [{ protocol: 'HTTP', urlPath: '/healthz', responseBodyRegex: 'status":"fine' }, 'REGEX_MISMATCH'],
    [{ protocol: 'HTTP', urlPath: '/healthz', responseBodyRegex: 'status":"ok' }, 'OK'],
    [{ protocol: 'HTTP', urlPath: '/healthz', returnCode: 204 }, 'INVALID_STATUS_CODE'],
    [{ protocol: 'TCP' }, 'OK'],
  ])('go by what the checker wants: %o is %s', async (rules, is) => {
    const { resources } = (await (await town.cloud.control.request('/resources?name=lb')).json()) as {
      resources: { ocid: string }[];
    };
    await town.sdk.balancers.updateHealthChecker({
      loadBalancerId: resources[0]?.ocid ?? '',
      backendSetName: 'set',
      healthChecker: {
        port: 8080,
        returnCode: 200,
        retries: 2,
        timeoutInMillis: 1_000,
        intervalInMillis: 5_000,
        responseBodyRegex: '',
        ...rules,
      },
    });
    advance(8_000);
    advance(30_000);
    expect(await town.health('store-1')).toMatchObject({ nodes: [is, is] });
  });
});
