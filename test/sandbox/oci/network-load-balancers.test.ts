import { models } from 'oci-networkloadbalancer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSeed } from '../../../sandbox/oci/seed/seed.ts';
import { arm, bootOci, type Cloud, clients, ocidOf, requests, resource } from './cloud.ts';

const seed = parseSeed(`
tenancy: lamplight
user: { name: bot, email: bot@lamplight.example }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 3 }]
compartments:
  shop: { description: The shop }
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop }
  - { name: web-2, region: eu-frankfurt-1, compartment: shop }
  - { name: web-3, region: eu-frankfurt-1, compartment: shop, state: STOPPED }
networkLoadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: shop
    backendSets: { web: { backends: ['web-1:8080', 'web-2:8080'], checkPath: /healthz }, idle: {} }
    listeners: { tcp: { port: 443, backendSet: web } }
  - { name: inner, region: eu-frankfurt-1, compartment: shop, private: true }
`);

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
let nlb: ReturnType<typeof clients>['networkBalancers'];
let networkLoadBalancerId: string;
beforeAll(async () => {
  cloud = await bootOci({ seed });
  sdk = clients(cloud);
  nlb = sdk.networkBalancers;
  networkLoadBalancerId = await ocidOf(cloud, 'edge');
});
beforeEach(() => cloud.reset());
afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const { NetworkLoadBalancingPolicy, HealthCheckProtocols, ListenerProtocols } = models;
const read = async () => (await nlb.getNetworkLoadBalancer({ networkLoadBalancerId })).networkLoadBalancer;
const web = () => ({ networkLoadBalancerId, backendSetName: 'web' });
const backends = async () =>
  (await nlb.listBackends(web())).backendCollection.items?.map(({ name }) => name) ?? [];
const work = async ({ opcWorkRequestId }: { opcWorkRequestId: string }) =>
  (await nlb.getWorkRequest({ workRequestId: opcWorkRequestId })).workRequest;
const settle = () => cloud.clock.advance(30_000);
const add = (createBackendDetails: models.CreateBackendDetails, more: object = {}) =>
  nlb.createBackend({ ...web(), createBackendDetails, ...more });

describe('network load balancers', () => {
  it('are listed and read alike, with an etag', async () => {
    const { compartmentId } = await resource(cloud, 'edge');
    const { networkLoadBalancerCollection } = await nlb.listNetworkLoadBalancers({
      compartmentId,
      displayName: 'edge',
    });
    const { networkLoadBalancer, etag } = await nlb.getNetworkLoadBalancer({ networkLoadBalancerId });
    expect(networkLoadBalancerCollection.items).toEqual([networkLoadBalancer]);
    expect(etag).toMatch(/^[0-9a-f]{40}$/);
    expect(networkLoadBalancer).toMatchObject({
      lifecycleState: 'ACTIVE',
      isPrivate: false,
      nlbIpVersion: 'IPV4',
      ipAddresses: [{ isPublic: true, ipVersion: 'IPV4' }],
      listeners: {
        tcp: { name: 'tcp', port: 443, protocol: 'TCP', defaultBackendSetName: 'web', isPpv2Enabled: false },
      },
      backendSets: {
        web: {
          policy: 'FIVE_TUPLE',
          isPreserveSource: true,
          isFailOpen: false,
          healthChecker: {
            protocol: 'HTTP',
            urlPath: '/healthz',
            returnCode: 200,
            retries: 3,
            timeoutInMillis: 3000,
            intervalInMillis: 10_000,
          },
        },
      },
    });
    const [first] = networkLoadBalancer.backendSets?.web?.backends ?? [];
    expect(first).toEqual({
      name: `${first?.ipAddress}:8080`,
      ipAddress: first?.ipAddress,
      port: 8080,
      weight: 1,
      isDrain: false,
      isBackup: false,
      isOffline: false,
      targetId: null,
    });
  });

  it('are made and removed by work requests, and within limits', async () => {
    const { compartmentId } = await resource(cloud, 'edge');
    const { subnetId } = await read();
    const details = {
      compartmentId,
      displayName: 'new',
      subnetId,
      backendSets: {
        web: {
          policy: NetworkLoadBalancingPolicy.ThreeTuple,
          healthChecker: { protocol: HealthCheckProtocols.Tcp, port: 8080 },
          backends: [{ ipAddress: '10.0.0.9', port: 8080 }],
        },
      },
      listeners: {
        any: { name: 'any', defaultBackendSetName: 'web', port: 0, protocol: ListenerProtocols.Any },
      },
    };
    const create = (opcRetryToken: string) =>
      nlb.createNetworkLoadBalancer({ createNetworkLoadBalancerDetails: details, opcRetryToken });
    const made = await create('one');
    expect((await create('one')).networkLoadBalancer.id).toBe(made.networkLoadBalancer.id);
    expect(made.networkLoadBalancer).toMatchObject({ lifecycleState: 'CREATING', displayName: 'new' });
    expect(await work(made)).toMatchObject({
      operationType: 'CREATE_NETWORK_LOAD_BALANCER',
      status: 'ACCEPTED',
    });
    settle();
    expect(await work(made)).toMatchObject({
      status: 'SUCCEEDED',
      percentComplete: 100,
      resources: [{ actionType: 'CREATED', identifier: made.networkLoadBalancer.id }],
    });
    const { id } = made.networkLoadBalancer;
    const removed = await nlb.deleteNetworkLoadBalancer({ networkLoadBalancerId: id });
    expect(await work(removed)).toMatchObject({ operationType: 'DELETE_NETWORK_LOAD_BALANCER' });
    settle();
    const { networkLoadBalancer } = await nlb.getNetworkLoadBalancer({ networkLoadBalancerId: id });
    expect(networkLoadBalancer.lifecycleState).toBe('DELETED');
    await cloud.control.request('/service-limits', {
      method: 'POST',
      body: JSON.stringify({
        service: 'network-load-balancer-api',
        name: 'max-nlb-flexible-count',
        value: 2,
      }),
    });
    await expect(create('two')).rejects.toMatchObject({ statusCode: 400, serviceCode: 'LimitExceeded' });
  });

  it('list their parts, policies and protocols', async () => {
    const { backendSetCollection } = await nlb.listBackendSets({ networkLoadBalancerId });
    expect(backendSetCollection.items?.map(({ name }) => name)).toEqual(['web', 'idle']);
    const { listenerCollection } = await nlb.listListeners({ networkLoadBalancerId });
    expect(listenerCollection.items).toHaveLength(1);
    const { networkLoadBalancersPolicyCollection } = await nlb.listNetworkLoadBalancersPolicies({});
    expect(networkLoadBalancersPolicyCollection.items).toContain('TWO_TUPLE');
    const { networkLoadBalancersProtocolCollection } = await nlb.listNetworkLoadBalancersProtocols({});
    expect(networkLoadBalancersProtocolCollection.items).toContain('TCP_AND_UDP');
    const searchDetails = { type: 'Structured', query: 'query networkloadbalancer resources' };
    const found = await sdk.search.searchResources({
      searchDetails,
    });
    expect(found.resourceSummaryCollection.items).toHaveLength(2);
  });
});

describe('a change', () => {
  it('shows when its work request is done, and nothing else is taken meanwhile', async () => {
    const reply = await add({ ipAddress: '10.0.0.9', port: 8080, weight: 3 });
    expect(await work(reply)).toMatchObject({ operationType: 'CREATE_BACKEND' });
    expect(await read()).toMatchObject({ lifecycleState: 'UPDATING' });
    expect(await backends()).toHaveLength(2);
    await expect(add({ ipAddress: '10.0.0.10', port: 8080 })).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'Conflict',
      message: 'Invalid State Transition of NLB lifeCycle state from Updating to Updating',
    });
    await expect(nlb.deleteNetworkLoadBalancer({ networkLoadBalancerId })).rejects.toMatchObject({
      statusCode: 409,
    });
    settle();
    expect(await read()).toMatchObject({ lifecycleState: 'ACTIVE' });
    expect(await backends()).toContain('10.0.0.9:8080');
    const { backend } = await nlb.getBackend({ ...web(), backendName: '10.0.0.9:8080' });
    expect(backend).toMatchObject({ weight: 3, isDrain: false });
    expect(await work(reply)).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is refused with an old etag, and is once with its retry token', async () => {
    const { etag: ifMatch } = await nlb.getNetworkLoadBalancer({ networkLoadBalancerId });
    const details = { ipAddress: '10.0.0.9', port: 8080 };
    await add(details, { ifMatch, opcRetryToken: 'one' });
    settle();
    await add(details, { ifMatch, opcRetryToken: 'one' });
    await expect(add({ ...details, port: 8081 }, { ifMatch })).rejects.toMatchObject({ statusCode: 412 });
    expect(await backends()).toHaveLength(3);
    const log = await requests(cloud);
    expect(log.filter(({ repeated }) => repeated)).toHaveLength(1);
  });

  it('leaves what is not sent of a backend as it was', async () => {
    const [backendName = ''] = await backends();
    const change = async (updateBackendDetails: models.UpdateBackendDetails) => {
      await nlb.updateBackend({ ...web(), backendName, updateBackendDetails });
      settle();
      return (await nlb.getBackend({ ...web(), backendName })).backend;
    };
    await change({ weight: 7 });
    expect(await change({ isDrain: true })).toMatchObject({ weight: 7, isDrain: true, isBackup: false });
    expect(await change({ isOffline: true })).toMatchObject({ weight: 7, isDrain: true, isOffline: true });
    const reply = await nlb.deleteBackend({ ...web(), backendName });
    expect(await work(reply)).toMatchObject({ operationType: 'DELETE_BACKEND' });
    settle();
    expect(await backends()).toHaveLength(1);
  });

  it('names backends by address, by target, or as it is told', async () => {
    const instance = await ocidOf(cloud, 'web-3');
    await add({ targetId: instance, port: 80 });
    settle();
    await add({ name: 'webServer1', ipAddress: '10.0.0.9', port: 80 });
    settle();
    expect((await backends()).slice(2)).toEqual([`${instance}:80`, 'webServer1']);
    const { backend } = await nlb.getBackend({ ...web(), backendName: `${instance}:80` });
    expect(backend).toMatchObject({ targetId: instance, ipAddress: expect.stringMatching(/^10\./) });
  });

  it('can be of sets, checkers and listeners', async () => {
    const backendSetName = 'blue';
    await nlb.createBackendSet({
      networkLoadBalancerId,
      createBackendSetDetails: {
        name: backendSetName,
        policy: NetworkLoadBalancingPolicy.TwoTuple,
        healthChecker: { protocol: HealthCheckProtocols.Tcp },
      },
    });
    settle();
    await nlb.updateHealthChecker({
      networkLoadBalancerId,
      backendSetName,
      updateHealthCheckerDetails: { port: 9000, retries: 1 },
    });
    settle();
    const { healthChecker } = await nlb.getHealthChecker({ networkLoadBalancerId, backendSetName });
    expect(healthChecker).toMatchObject({
      protocol: 'TCP',
      port: 9000,
      retries: 1,
      intervalInMillis: 10_000,
    });
    await nlb.updateBackendSet({
      networkLoadBalancerId,
      backendSetName,
      updateBackendSetDetails: { isFailOpen: true, backends: [{ ipAddress: '10.0.0.9', port: 1 }] },
    });
    settle();
    const { backendSet } = await nlb.getBackendSet({ networkLoadBalancerId, backendSetName });
    expect(backendSet).toMatchObject({
      policy: 'TWO_TUPLE',
      isFailOpen: true,
      backends: [{ name: '10.0.0.9:1' }],
      healthChecker: { port: 9000 },
    });
    await nlb.createListener({
      networkLoadBalancerId,
      createListenerDetails: {
        name: 'udp',
        defaultBackendSetName: backendSetName,
        port: 53,
        protocol: ListenerProtocols.Udp,
      },
    });
    settle();
    await expect(nlb.deleteBackendSet({ networkLoadBalancerId, backendSetName })).rejects.toMatchObject({
      statusCode: 400,
    });
    await nlb.updateListener({
      networkLoadBalancerId,
      listenerName: 'udp',
      updateListenerDetails: { defaultBackendSetName: 'web', udpIdleTimeout: 60 },
    });
    settle();
    const { listener } = await nlb.getListener({ networkLoadBalancerId, listenerName: 'udp' });
    expect(listener).toMatchObject({ port: 53, defaultBackendSetName: 'web', udpIdleTimeout: 60 });
    await nlb.deleteListener({ networkLoadBalancerId, listenerName: 'udp' });
    settle();
    await nlb.deleteBackendSet({ networkLoadBalancerId, backendSetName });
    settle();
    expect(Object.keys((await read()).backendSets ?? {})).toEqual(['web', 'idle']);
  });

  it('that cannot be is refused', async () => {
    const [there = ''] = await backends();
    const [ipAddress = '', port] = there.split(':');
    const missing = { networkLoadBalancerId, backendSetName: 'nothing' };
    const refused: [() => Promise<unknown>, number][] = [
      [() => add({ port: 8080 }), 400],
      [() => add({ ipAddress, port: Number(port) }), 409],
      // by another name it is still the same
      [() => add({ name: 'twin', ipAddress, port: Number(port) }), 409],
      // Terraform sends an empty one
      [() => add({ ipAddress: '10.9.9.9', targetId: '', port: 80 }), 400],
      [() => add({ ipAddress: 'web-1', port: 80 }), 400],
      [() => add({ targetId: 'ocid1.instance.oc1..nothing', port: 80 }), 404],
      [() => nlb.getBackendSet(missing), 404],
      [() => nlb.createBackend({ ...missing, createBackendDetails: { ipAddress, port: 1 } }), 404],
      [() => nlb.getBackend({ ...web(), backendName: '10.9.9.9:1' }), 404],
      [() => nlb.getListener({ networkLoadBalancerId, listenerName: 'nothing' }), 404],
      [
        () =>
          nlb.createListener({
            networkLoadBalancerId,
            createListenerDetails: {
              name: 'x',
              defaultBackendSetName: 'nothing',
              port: 1,
              protocol: ListenerProtocols.Tcp,
            },
          }),
        400,
      ],
    ];
    for (const [call, statusCode] of refused) await expect(call()).rejects.toMatchObject({ statusCode });
    expect(await read()).toMatchObject({ lifecycleState: 'ACTIVE' });
  });

  it.each([
    ['FAILED', {}],
    ['CANCELED', { code: 'CANCELED' }],
  ])('may end %s, and has changed nothing then', async (status, more) => {
    await arm(cloud, { operation: 'NetworkLoadBalancer.CreateBackend', fails: 'No room.', ...more });
    const reply = await add({ ipAddress: '10.0.0.9', port: 8080 });
    settle();
    expect(await work(reply)).toMatchObject({ status, resources: [{ actionType: 'UPDATED' }] });
    const { workRequestErrorCollection } = await nlb.listWorkRequestErrors({
      workRequestId: reply.opcWorkRequestId,
      compartmentId: (await read()).compartmentId,
    });
    expect(workRequestErrorCollection.items).toMatchObject([{ message: 'No room.' }]);
    expect(await read()).toMatchObject({ lifecycleState: 'ACTIVE' });
    expect(await backends()).toHaveLength(2);
  });

  it('is listed with its log', async () => {
    const { compartmentId } = await resource(cloud, 'edge');
    const reply = await add({ ipAddress: '10.0.0.9', port: 8080 });
    settle();
    const { workRequestCollection } = await nlb.listWorkRequests({ compartmentId });
    expect(workRequestCollection.items?.map(({ id }) => id)).toEqual([reply.opcWorkRequestId]);
    const { workRequestLogEntryCollection } = await nlb.listWorkRequestLogs({
      workRequestId: reply.opcWorkRequestId,
      compartmentId,
    });
    expect(workRequestLogEntryCollection.items?.length).toBeGreaterThan(2);
  });
});

describe('health', () => {
  const health = async () => (await nlb.getBackendSetHealth(web())).backendSetHealth;
  const whole = async () =>
    (await nlb.getNetworkLoadBalancerHealth({ networkLoadBalancerId })).networkLoadBalancerHealth;

  it('is that of what has the addresses', async () => {
    const [first = '', second = ''] = await backends();
    expect(await health()).toMatchObject({ status: 'OK', totalBackendCount: 2 });
    expect(await whole()).toMatchObject({ status: 'OK', unknownStateBackendSetNames: ['idle'] });
    await cloud.control.request(`/resources/${await ocidOf(cloud, 'web-1')}`, {
      method: 'POST',
      body: JSON.stringify({ state: 'STOPPED' }),
    });
    expect(await health()).toMatchObject({ status: 'WARNING', criticalStateBackendNames: [first] });
    const of = async (backendName: string) =>
      (await nlb.getBackendHealth({ ...web(), backendName })).backendHealth;
    expect(await of(first)).toMatchObject({
      status: 'CRITICAL',
      healthCheckResults: [{ healthCheckStatus: 'CONNECT_FAILED' }, { healthCheckStatus: 'CONNECT_FAILED' }],
    });
    expect(await of(second)).toMatchObject({
      status: 'OK',
      healthCheckResults: [{ healthCheckStatus: 'OK' }, { healthCheckStatus: 'OK' }],
    });
    const { compartmentId } = await resource(cloud, 'edge');
    const { networkLoadBalancerHealthCollection } = await nlb.listNetworkLoadBalancerHealths({
      compartmentId,
    });
    expect(networkLoadBalancerHealthCollection.items?.map(({ status }) => status).sort()).toEqual([
      'UNKNOWN',
      'WARNING',
    ]);
  });

  it('is not known of sets without a listener, and of one that changes', async () => {
    const { backendSetHealth } = await nlb.getBackendSetHealth({
      networkLoadBalancerId,
      backendSetName: 'idle',
    });
    expect(backendSetHealth.status).toBe('UNKNOWN');
    await add({ ipAddress: '10.0.0.9', port: 8080 });
    expect((await whole()).status).toBe('UNKNOWN');
  });

  it('makes a backup stand by until no other is well', async () => {
    const [first = '', second = ''] = await backends();
    await nlb.updateBackend({ ...web(), backendName: second, updateBackendDetails: { isBackup: true } });
    settle();
    const of = async (backendName: string) =>
      (await nlb.getBackendOperationalStatus({ ...web(), backendName })).backendOperationalStatus.status;
    expect([await of(first), await of(second)]).toEqual(['ACTIVE', 'STANDBY']);
    await nlb.updateBackend({ ...web(), backendName: first, updateBackendDetails: { isOffline: true } });
    settle();
    expect([await of(first), await of(second)]).toEqual(['UNKNOWN', 'ACTIVE']);
  });
});
