import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiVersions } from '../../../sandbox/oci/call.ts';
import { packageRoot } from '../../../sandbox/root.ts';
import { amsterdam, arm, bootOci, type Cloud, clients, ocidOf, requests, resource } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
});

beforeEach(() => cloud.reset());

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const stop = (instanceId: string) => sdk.compute.instanceAction({ instanceId, action: 'STOP' });

describe('faults', () => {
  it.each([400, 401, 403, 404, 409, 412, 429, 500, 502, 503, 504])(
    'a status %i strikes once, before the effect',
    async (status) => {
      const instanceId = await ocidOf(cloud, 'web-1');
      await arm(cloud, { operation: 'Compute.InstanceAction', status });
      await expect(stop(instanceId)).rejects.toMatchObject({ statusCode: status });
      expect((await resource(cloud, 'web-1')).state).toBe('RUNNING');
      await expect(stop(instanceId)).resolves.toBeDefined();
    },
  );

  it('a status after the effect leaves it done', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await arm(cloud, {
      operation: '*.instanceaction',
      status: 500,
      code: 'Odd',
      message: 'So it is',
      when: 'after',
    });
    await expect(stop(instanceId)).rejects.toMatchObject({
      statusCode: 500,
      serviceCode: 'Odd',
      message: 'So it is',
    });
    expect((await resource(cloud, 'web-1')).state).toBe('STOPPING');
  });

  it.each(['before', 'after'] as const)('a connection dropped %s the effect gives no reply', async (drop) => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await arm(cloud, { operation: 'Compute.InstanceAction', drop });
    await expect(stop(instanceId)).rejects.not.toHaveProperty('statusCode', expect.any(Number));
    expect((await resource(cloud, 'web-1')).state).toBe(drop === 'before' ? 'RUNNING' : 'STOPPING');
    expect((await requests(cloud)).at(-1)).toMatchObject({
      status: 0,
      fault: expect.stringContaining(`drop ${drop}`),
    });
  });

  it('a repeat after a lost reply is answered with what was done', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const act = () => sdk.compute.instanceAction({ instanceId, action: 'STOP', opcRetryToken: 'lost' });
    await arm(cloud, { operation: 'Compute.InstanceAction', drop: 'after' });
    await expect(act()).rejects.toBeDefined();
    expect((await act()).instance.lifecycleState).toBe('STOPPING');
  });

  it('stuck means for ever, for this resource only', async () => {
    const [one, two] = [await ocidOf(cloud, 'web-1'), await ocidOf(cloud, 'web-2')];
    await arm(cloud, { stuck: true, resource: 'web-1' });
    await stop(one);
    await stop(two);
    cloud.clock.advance(24 * 60 * 60_000);
    expect((await resource(cloud, 'web-1')).state).toBe('STOPPING');
    expect((await resource(cloud, 'web-2')).state).toBe('STOPPED');
    cloud.clock.offset = 0;
  });

  it('a stuck work request never ends', async () => {
    await arm(cloud, { stuck: true });
    const { opcWorkRequestId: workRequestId } = await sdk.containers.stopContainerInstance({
      containerInstanceId: await ocidOf(cloud, 'shop-dev-api'),
    });
    cloud.clock.advance(60 * 60_000);
    expect((await sdk.containers.getWorkRequest({ workRequestId })).workRequest).toMatchObject({
      status: 'IN_PROGRESS',
      percentComplete: 42,
    });
    cloud.clock.offset = 0;
  });

  it('a region is away until the clock says otherwise, the other is there', async () => {
    await arm(cloud, { region: 'eu-frankfurt-1', away: true, for: '2m' });
    const other = clients(cloud, amsterdam);
    const tenancyId = cloud.credentials.tenancy;
    await expect(sdk.identity.getTenancy({ tenancyId })).rejects.toBeDefined();
    await expect(sdk.identity.getTenancy({ tenancyId })).rejects.toBeDefined();
    await expect(other.identity.getTenancy({ tenancyId })).resolves.toBeDefined();
    cloud.clock.advance(2 * 60_000);
    await expect(sdk.identity.getTenancy({ tenancyId })).resolves.toBeDefined();
    other.close();
  });

  it('a probability strikes in that share of the calls, the same ones each time', async () => {
    const tenancyId = cloud.credentials.tenancy;
    const run = async () => {
      cloud.reset();
      await arm(cloud, { operation: 'Identity.*', probability: 0.3, status: 500 });
      const fates: boolean[] = [];
      for (let call = 0; call < 100; call += 1)
        fates.push(
          await sdk.identity.getTenancy({ tenancyId }).then(
            () => true,
            () => false,
          ),
        );
      return fates;
    };
    const first = await run();
    const struck = first.filter((isFine) => !isFine).length;
    expect(struck).toBeGreaterThan(15);
    expect(struck).toBeLessThan(45);
    expect(await run()).toEqual(first);
  });

  it('a count and a Retry-After are kept to', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await arm(cloud, { operation: 'Compute.GetInstance', status: 429, retryAfter: 3, count: 2 });
    const get = () => sdk.compute.getInstance({ instanceId });
    await expect(get()).rejects.toMatchObject({ statusCode: 429, serviceCode: 'TooManyRequests' });
    await expect(get()).rejects.toMatchObject({ statusCode: 429 });
    await expect(get()).resolves.toBeDefined();
  });

  it('a latency delays what it is about, and the effect with it', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await arm(cloud, { operation: 'Compute.InstanceAction', latency: { ms: 150 } });
    const stopping = stop(instanceId);
    await sdk.compute.getInstance({ instanceId });
    expect((await resource(cloud, 'web-1')).state).toBe('RUNNING');
    await stopping;
    expect((await resource(cloud, 'web-1')).state).toBe('STOPPING');
  });

  it('are listed, taken back one by one and all at once', async () => {
    await arm(cloud, { status: 500 });
    await arm(cloud, { latency: { p50: 20, p99: 90 } });
    const list = async () => {
      const { faults } = (await (await cloud.control.request('/faults')).json()) as {
        faults: { id: string }[];
      };
      return faults;
    };
    const [first, second] = await list();
    expect(second).toMatchObject({ fault: { operation: '*', latency: { p50: 20, p99: 90 } } });
    expect((await cloud.control.request(`/faults/${first?.id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await cloud.control.request(`/faults/${first?.id}`, { method: 'DELETE' })).status).toBe(404);
    expect(await list()).toHaveLength(1);
    await cloud.control.request('/faults', { method: 'DELETE' });
    expect(await list()).toEqual([]);
  });

  it.each([
    {},
    { status: 200 },
    { operation: 'Compute.*' },
    { status: 500, often: true },
    { latency: { p50: 1 } },
  ])('%o is not a fault', async (wrong) => {
    const reply = await cloud.control.request('/faults', { method: 'POST', body: JSON.stringify(wrong) });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ ok: false, error: expect.any(String) });
  });
});

describe('the README', () => {
  const text = readFileSync(join(packageRoot, 'sandbox/oci/README.md'), 'utf8');
  const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json?.trim() ?? '');

  it.each(examples)('has a fault that can be armed: %s', async (body) => {
    expect((await cloud.control.request('/faults', { method: 'POST', body })).status).toBe(200);
  });

  it('names every service at its version', () => {
    for (const [service, version] of Object.entries(apiVersions))
      expect(text).toMatch(new RegExp(`\\| \`${service}\` +\\| ${version} +\\|`));
  });
});

describe('the control API', () => {
  it('shows resources by type, name, region, state and compartment', async () => {
    const get = async (query: string) => {
      const reply = await cloud.control.request(`/resources?${query}`);
      return ((await reply.json()) as { resources: { kind: string; name: string }[] }).resources;
    };
    expect((await get('type=instance&state=stopped')).map(({ name }) => name)).toContain('worker-dev-1');
    expect(await get('type=container-instance&name=shop-dev-api')).toMatchObject([
      { kind: 'container-instance', compartment: 'shop/dev', state: 'ACTIVE' },
    ]);
    expect(await get('name=bastion')).toHaveLength(2);
    expect(
      (await get('compartment=shop/dev&type=AutonomousDatabase')).map(({ name }) => name).sort(),
    ).toEqual(['shop-dev-db', 'shop-test-db']);
  });

  it('changes a resource behind everybody’s back', async () => {
    const before = await resource(cloud, 'web-1');
    const reply = await cloud.control.request(`/resources/${before.ocid}`, {
      method: 'POST',
      body: JSON.stringify({ state: 'STOPPED', freeformTags: { app: 'other' } }),
    });
    expect(reply.status).toBe(200);
    const { instance, etag } = await sdk.compute.getInstance({ instanceId: before.ocid });
    expect(instance).toMatchObject({ lifecycleState: 'STOPPED', freeformTags: { app: 'other' } });
    expect(etag).not.toBe(before.etag);
  });

  it('remembers what clients called', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const { opcRequestId } = await sdk.compute.instanceAction({
      instanceId,
      action: 'STOP',
      opcRetryToken: 't',
    });
    expect((await requests(cloud)).at(-1)).toMatchObject({
      operation: 'Compute.InstanceAction',
      method: 'POST',
      region: 'eu-frankfurt-1',
      resource: instanceId,
      status: 200,
      requestId: opcRequestId,
      retryToken: 't',
    });
  });
});
