import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, frankfurt, requests, resource } from './cloud.ts';

type Sdk = ReturnType<typeof clients>;

/** One platform service, met by its own client. */
interface Met {
  readonly name: string;
  readonly region?: string;
  readonly off: string;
  readonly passing: readonly [stopping: string, starting: string];
  list(sdk: Sdk, compartmentId: string): Promise<{ id?: string; lifecycleState?: string }[]>;
  get(sdk: Sdk, id: string): Promise<{ etag: string; is: { lifecycleState?: string } }>;
  stop(sdk: Sdk, id: string, more?: { ifMatch?: string; opcRetryToken?: string }): Promise<Begun>;
  start(sdk: Sdk, id: string): Promise<Begun>;
  work(sdk: Sdk, workRequestId: string): Promise<{ status?: string; percentComplete?: number }>;
  works(sdk: Sdk, compartmentId: string, id: string): Promise<{ id?: string }[]>;
  errors(sdk: Sdk, compartmentId: string, workRequestId: string): Promise<{ message: string }[]>;
  logs(sdk: Sdk, compartmentId: string, workRequestId: string): Promise<{ message?: string }[]>;
}

interface Begun {
  readonly opcWorkRequestId: string;
}

const amsterdam = 'eu-amsterdam-1';
const updating = ['UPDATING', 'UPDATING'] as const;

const services: Readonly<Record<string, Met>> = {
  integration: {
    name: 'order-flows',
    off: 'INACTIVE',
    passing: updating,
    list: async (sdk, compartmentId) =>
      (await sdk.integration.listIntegrationInstances({ compartmentId })).items,
    get: async (sdk, integrationInstanceId) => {
      const reply = await sdk.integration.getIntegrationInstance({ integrationInstanceId });
      return { etag: reply.etag, is: reply.integrationInstance };
    },
    stop: (sdk, integrationInstanceId, more) =>
      sdk.integration.stopIntegrationInstance({ integrationInstanceId, ...more }),
    start: (sdk, integrationInstanceId) =>
      sdk.integration.startIntegrationInstance({ integrationInstanceId }),
    work: async (sdk, workRequestId) => (await sdk.integration.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, integrationInstanceId) =>
      (await sdk.integration.listWorkRequests({ compartmentId, integrationInstanceId })).items,
    errors: async (sdk, compartmentId, workRequestId) =>
      (await sdk.integration.listWorkRequestErrors({ compartmentId, workRequestId })).items,
    logs: async (sdk, compartmentId, workRequestId) =>
      (await sdk.integration.listWorkRequestLogs({ compartmentId, workRequestId })).items,
  },
  analytics: {
    name: 'dashboards',
    off: 'INACTIVE',
    passing: updating,
    list: async (sdk, compartmentId) => (await sdk.analytics.listAnalyticsInstances({ compartmentId })).items,
    get: async (sdk, analyticsInstanceId) => {
      const reply = await sdk.analytics.getAnalyticsInstance({ analyticsInstanceId });
      return { etag: reply.etag, is: reply.analyticsInstance };
    },
    stop: (sdk, analyticsInstanceId, more) =>
      sdk.analytics.stopAnalyticsInstance({ analyticsInstanceId, ...more }),
    start: (sdk, analyticsInstanceId) => sdk.analytics.startAnalyticsInstance({ analyticsInstanceId }),
    work: async (sdk, workRequestId) => (await sdk.analytics.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, resourceId) =>
      (await sdk.analytics.listWorkRequests({ compartmentId, resourceId })).items,
    errors: async (sdk, _, workRequestId) =>
      (await sdk.analytics.listWorkRequestErrors({ workRequestId })).items,
    logs: async (sdk, _, workRequestId) => (await sdk.analytics.listWorkRequestLogs({ workRequestId })).items,
  },
  goldengate: {
    name: 'warehouse-feed',
    off: 'INACTIVE',
    passing: updating,
    list: async (sdk, compartmentId) =>
      (await sdk.goldengate.listDeployments({ compartmentId })).deploymentCollection.items,
    get: async (sdk, deploymentId) => {
      const reply = await sdk.goldengate.getDeployment({ deploymentId });
      return { etag: reply.etag, is: reply.deployment };
    },
    stop: (sdk, deploymentId, more) =>
      sdk.goldengate.stopDeployment({
        deploymentId,
        stopDeploymentDetails: { type: 'DEFAULT' },
        ...more,
      }),
    start: (sdk, deploymentId) =>
      sdk.goldengate.startDeployment({ deploymentId, startDeploymentDetails: { type: 'DEFAULT' } }),
    work: async (sdk, workRequestId) => (await sdk.goldengate.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, resourceId) =>
      (await sdk.goldengate.listWorkRequests({ compartmentId, resourceId })).items,
    errors: async (sdk, _, workRequestId) =>
      (await sdk.goldengate.listWorkRequestErrors({ workRequestId })).items,
    logs: async (sdk, _, workRequestId) =>
      (await sdk.goldengate.listWorkRequestLogs({ workRequestId })).items,
  },
  oda: {
    name: 'helpdesk-bot',
    region: amsterdam,
    off: 'INACTIVE',
    passing: updating,
    list: async (sdk, compartmentId) => (await sdk.oda.listOdaInstances({ compartmentId })).items,
    get: async (sdk, odaInstanceId) => {
      const reply = await sdk.oda.getOdaInstance({ odaInstanceId });
      return { etag: reply.etag, is: reply.odaInstance };
    },
    stop: (sdk, odaInstanceId, more) => sdk.oda.stopOdaInstance({ odaInstanceId, ...more }),
    start: (sdk, odaInstanceId) => sdk.oda.startOdaInstance({ odaInstanceId }),
    work: async (sdk, workRequestId) => (await sdk.oda.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, odaInstanceId) =>
      (await sdk.oda.listWorkRequests({ compartmentId, odaInstanceId })).items,
    errors: async (sdk, _, workRequestId) => (await sdk.oda.listWorkRequestErrors({ workRequestId })).items,
    logs: async (sdk, _, workRequestId) => (await sdk.oda.listWorkRequestLogs({ workRequestId })).items,
  },
  dataintegration: {
    name: 'nightly-loads',
    off: 'STOPPED',
    passing: ['STOPPING', 'STARTING'],
    list: async (sdk, compartmentId) => (await sdk.dataIntegration.listWorkspaces({ compartmentId })).items,
    get: async (sdk, workspaceId) => {
      const reply = await sdk.dataIntegration.getWorkspace({ workspaceId });
      return { etag: reply.etag, is: reply.workspace };
    },
    stop: (sdk, workspaceId, more) =>
      sdk.dataIntegration.stopWorkspace({ workspaceId, quiesceTimeout: 60, ...more }),
    start: (sdk, workspaceId) => sdk.dataIntegration.startWorkspace({ workspaceId }),
    work: async (sdk, workRequestId) =>
      (await sdk.dataIntegration.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, workspaceId) =>
      (await sdk.dataIntegration.listWorkRequests({ compartmentId, workspaceId })).items,
    errors: async (sdk, _, workRequestId) =>
      (await sdk.dataIntegration.listWorkRequestErrors({ workRequestId })).items,
    logs: async (sdk, _, workRequestId) =>
      (await sdk.dataIntegration.listWorkRequestLogs({ workRequestId })).items,
  },
  visualbuilder: {
    name: 'back-office',
    region: amsterdam,
    off: 'INACTIVE',
    passing: updating,
    list: async (sdk, compartmentId) =>
      (await sdk.visualBuilder.listVbInstances({ compartmentId })).vbInstanceSummaryCollection.items,
    get: async (sdk, vbInstanceId) => {
      const reply = await sdk.visualBuilder.getVbInstance({ vbInstanceId });
      return { etag: reply.etag, is: reply.vbInstance };
    },
    stop: (sdk, vbInstanceId, more) => sdk.visualBuilder.stopVbInstance({ vbInstanceId, ...more }),
    start: (sdk, vbInstanceId) => sdk.visualBuilder.startVbInstance({ vbInstanceId }),
    work: async (sdk, workRequestId) =>
      (await sdk.visualBuilder.getWorkRequest({ workRequestId })).workRequest,
    works: async (sdk, compartmentId, vbInstanceId) =>
      (await sdk.visualBuilder.listWorkRequests({ compartmentId, vbInstanceId })).workRequestSummaryCollection
        .items,
    errors: async (sdk, compartmentId, workRequestId) =>
      (await sdk.visualBuilder.listWorkRequestErrors({ compartmentId, workRequestId }))
        .workRequestErrorCollection.items,
    logs: async (sdk, compartmentId, workRequestId) =>
      (await sdk.visualBuilder.listWorkRequestLogs({ compartmentId, workRequestId }))
        .workRequestLogEntryCollection.items,
  },
};

let cloud: Cloud;
const sdks: Record<string, Sdk> = {};

beforeAll(async () => {
  // a second would be over before a busy machine has looked
  cloud = await bootOci({ times: { workRequestAccept: 10_000 } });
  for (const region of [frankfurt, amsterdam]) sdks[region] = clients(cloud, region);
});
beforeEach(() => cloud.reset());
afterAll(async () => {
  for (const sdk of Object.values(sdks)) sdk.close();
  await cloud.close();
});

describe.each(Object.entries(services))('%s', (_, met) => {
  const { name, region = frankfurt, off, passing } = met;
  const sdk = () => sdks[region] as Sdk;
  const one = () => resource(cloud, name, region);
  const stateOf = async (id: string) => (await met.get(sdk(), id)).is.lifecycleState;

  it('is listed and read, with an etag', async () => {
    const { ocid, compartmentId, etag } = await one();
    const listed = await met.list(sdk(), compartmentId);
    expect(listed.find(({ id }) => id === ocid)).toMatchObject({ lifecycleState: 'ACTIVE' });
    const { etag: read, is } = await met.get(sdk(), ocid);
    expect(read).toBe(etag);
    expect(is).toMatchObject({ id: ocid, compartmentId, freeformTags: expect.any(Object) });
  });

  it('stops and starts, each with a work request of its own service', async () => {
    const { ocid, compartmentId } = await one();
    const { opcWorkRequestId } = await met.stop(sdk(), ocid);
    expect(await stateOf(ocid)).toBe(passing[0]);
    expect(await met.work(sdk(), opcWorkRequestId)).toMatchObject({ status: 'ACCEPTED' });
    cloud.clock.advance(15_000);
    expect(await met.work(sdk(), opcWorkRequestId)).toMatchObject({ status: 'IN_PROGRESS' });
    cloud.clock.advance(15_000);
    expect(await stateOf(ocid)).toBe(off);
    expect(await met.work(sdk(), opcWorkRequestId)).toMatchObject({
      status: 'SUCCEEDED',
      percentComplete: 100,
    });
    expect(await met.works(sdk(), compartmentId, ocid)).toMatchObject([{ id: opcWorkRequestId }]);
    expect(await met.works(sdk(), compartmentId, compartmentId)).toEqual([]);
    expect(await met.logs(sdk(), compartmentId, opcWorkRequestId)).toHaveLength(4);
    expect(await met.errors(sdk(), compartmentId, opcWorkRequestId)).toEqual([]);
    await met.start(sdk(), ocid);
    expect(await stateOf(ocid)).toBe(passing[1]);
    cloud.clock.advance(40_000);
    expect(await stateOf(ocid)).toBe('ACTIVE');
  });

  it('refuses in the wrong state and under an old etag', async () => {
    const { ocid } = await one();
    await expect(met.start(sdk(), ocid)).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'IncorrectState',
    });
    await expect(met.stop(sdk(), ocid, { ifMatch: 'old' })).rejects.toMatchObject({ statusCode: 412 });
  });

  it('answers a repeated stop with its first result', async () => {
    const { ocid } = await one();
    const first = await met.stop(sdk(), ocid, { opcRetryToken: 'again' });
    const second = await met.stop(sdk(), ocid, { opcRetryToken: 'again' });
    expect(second.opcWorkRequestId).toBe(first.opcWorkRequestId);
    expect((await requests(cloud)).at(-1)).toMatchObject({ repeated: true, retryToken: 'again' });
  });

  it('comes back when a stop fails, and says why', async () => {
    const { ocid, compartmentId } = await one();
    await arm(cloud, { operation: '*.Stop*', fails: 'Something still runs.' });
    const { opcWorkRequestId } = await met.stop(sdk(), ocid);
    cloud.clock.advance(30_000);
    expect(await stateOf(ocid)).toBe('ACTIVE');
    expect(await met.work(sdk(), opcWorkRequestId)).toMatchObject({ status: 'FAILED' });
    expect(await met.errors(sdk(), compartmentId, opcWorkRequestId)).toMatchObject([
      { message: 'Something still runs.' },
    ]);
  });
});

describe('sizes', () => {
  it('of Analytics change within a band, while it is up', async () => {
    const { ocid: analyticsInstanceId } = await resource(cloud, 'dashboards');
    const { models } = await import('oci-analytics');
    const scale = (capacityValue: number, capacityType = models.CapacityType.OlpuCount) =>
      (sdks[frankfurt] as Sdk).analytics.scaleAnalyticsInstance({
        analyticsInstanceId,
        scaleAnalyticsInstanceDetails: { capacity: { capacityType, capacityValue } },
      });
    await expect(scale(10)).rejects.toMatchObject({ statusCode: 400 });
    await expect(scale(4, models.CapacityType.UserCount)).rejects.toMatchObject({ statusCode: 400 });
    await scale(8);
    await expect(scale(2)).rejects.toMatchObject({ statusCode: 409 });
    cloud.clock.advance(20_000);
    expect((await services.analytics?.get(sdks[frankfurt] as Sdk, analyticsInstanceId))?.is).toMatchObject({
      lifecycleState: 'ACTIVE',
      capacity: { capacityType: 'OLPU_COUNT', capacityValue: 8 },
    });
  });

  it('of GoldenGate change while it is up; a name does not need it to be', async () => {
    const { ocid: deploymentId } = await resource(cloud, 'warehouse-feed');
    const { goldengate } = sdks[frankfurt] as Sdk;
    const update = (updateDeploymentDetails: object) =>
      goldengate.updateDeployment({ deploymentId, updateDeploymentDetails });
    await expect(update({ cpuCoreCount: 25 })).rejects.toMatchObject({ statusCode: 400 });
    await update({ cpuCoreCount: 6 });
    cloud.clock.advance(20_000);
    expect((await goldengate.getDeployment({ deploymentId })).deployment.cpuCoreCount).toBe(6);
    await goldengate.stopDeployment({ deploymentId, stopDeploymentDetails: { type: 'DEFAULT' } });
    expect((await goldengate.getDeployment({ deploymentId })).deployment.lifecycleSubState).toBe('STOPPING');
    cloud.clock.advance(30_000);
    await expect(update({ cpuCoreCount: 2 })).rejects.toMatchObject({ statusCode: 409 });
    await update({ displayName: 'feed' });
    cloud.clock.advance(20_000);
    expect((await goldengate.getDeployment({ deploymentId })).deployment).toMatchObject({
      displayName: 'feed',
      lifecycleState: 'INACTIVE',
    });
  });
});
