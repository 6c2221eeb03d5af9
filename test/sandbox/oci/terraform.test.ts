import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, frankfurt } from './cloud.ts';
import { type Answered, rawClient } from './wire/raw.ts';

/** The calls that Terraform's provider makes, with the fields that it sends, and the states that it waits for. */
let cloud: Cloud;
let send: ReturnType<typeof rawClient>;
let subnetId: string;
let imageId: string;
let compartmentId: string;

beforeAll(async () => {
  cloud = await bootOci();
  send = rawClient(cloud);
  compartmentId = cloud.compartments['shop/dev'] ?? '';
  const sdk = clients(cloud);
  subnetId = (await sdk.network.listSubnets({ compartmentId })).items[0]?.id ?? '';
  imageId = (await sdk.compute.listImages({ compartmentId })).items[0]?.id ?? '';
  sdk.close();
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

type Json = Readonly<Record<string, unknown>>;

const json = ({ json }: Answered): Json => json as Json;

const api = (base: string) => {
  const call = (method: string) => (path: string, body?: unknown) =>
    send(`/${frankfurt}${base}${path}`, { method, body });
  return { get: call('GET'), post: call('POST'), put: call('PUT'), remove: call('DELETE') };
};
const loadBalancer = api('/loadbalancer/20170115');
const networkLoadBalancer = api('/networkloadbalancer/20200501');
const containers = api('/containerinstances/20210415');
const core = api('/core/20160918');
const artifacts = api('/artifacts/20160918');

/** Looks until it is in the state that is waited for; any other than the pending ones ends the wait, as there. */
async function until(
  look: () => Promise<Answered>,
  field: string,
  target: readonly string[],
  pending: readonly string[],
): Promise<Json> {
  for (let looks = 0; looks < 200; looks += 1) {
    const seen = json(await look());
    if (target.includes(String(seen[field]))) return seen;
    expect(pending).toContain(seen[field]);
    cloud.clock.advance(4_000);
  }
  throw new Error(`It never was ${target.join(' or ')}.`);
}

/** What the work request of a change says once it is over. */
function worked(reply: Answered, service: ReturnType<typeof api>, path = '/workRequests'): Promise<Json> {
  const id = reply.headers.get('opc-work-request-id');
  const field = service === loadBalancer ? 'lifecycleState' : 'status';
  const ends = ['SUCCEEDED', 'FAILED', 'CANCELED'];
  return until(() => service.get(`${path}/${id}`), field, ends, ['ACCEPTED', 'IN_PROGRESS', 'CANCELING']);
}

/** The one whose type contains the word and whose action is the one that was asked for. */
function identifierIn(work: Json, word: string, action: string): unknown {
  const resources = work.resources as { entityType: string; actionType: string; identifier: string }[];
  return resources.find(
    ({ entityType, actionType }) => entityType.toLowerCase().includes(word) && actionType === action,
  )?.identifier;
}

const place = () => ({ compartmentId, availabilityDomain: `pYRG:${frankfurt.toUpperCase()}-AD-1` });

describe('oci_load_balancer', () => {
  const done = async (reply: Answered) => {
    expect(reply.status).toBe(204);
    const work = await worked(reply, loadBalancer, '/loadBalancerWorkRequests');
    expect(work).toMatchObject({ lifecycleState: 'SUCCEEDED', errorDetails: [] });
    return work;
  };

  const made = {
    displayName: 'tf',
    shapeName: 'flexible',
    shapeDetails: { minimumBandwidthInMbps: 10, maximumBandwidthInMbps: 20 },
    networkSecurityGroupIds: ['ocid1.networksecuritygroup.oc1.eu-frankfurt-1.a'],
    isDeleteProtectionEnabled: false,
    isRequestIdEnabled: true,
  };
  const create = () =>
    loadBalancer.post('/loadBalancers', {
      ...made,
      compartmentId,
      subnetIds: [subnetId],
      isPrivate: true,
      ipMode: 'IPV4',
      reservedIps: [{ id: 'ocid1.publicip.oc1.eu-frankfurt-1.a' }],
      freeformTags: {},
      definedTags: {},
    });
  /** What the provider takes as its resource's id while the work is under way. */
  const idOf = async (reply: Answered) => (await done(reply)).loadBalancerId;

  it('load_balancer is made, read back as it was asked for, renamed, reshaped and removed', async () => {
    const path = `/loadBalancers/${await idOf(await create())}`;
    const read = json(await loadBalancer.get(path));
    expect(read).toMatchObject({ ...made, lifecycleState: 'ACTIVE', requestIdHeader: 'X-Request-Id' });
    expect(read.ipAddresses).toMatchObject([{ isPublic: false, reservedIp: { id: expect.any(String) } }]);
    const renamed = { displayName: 'tf-2', freeformTags: { a: 'b' }, requestIdHeader: 'X-Trace' };
    await done(await loadBalancer.put(path, { ...renamed, definedTags: {}, isRequestIdEnabled: true }));
    await done(await loadBalancer.put(`${path}/updateShape`, { shapeName: '100Mbps' }));
    expect(json(await loadBalancer.get(path))).toMatchObject({ ...renamed, shapeName: '100Mbps' });
    await done(await loadBalancer.remove(path));
    expect(json(await loadBalancer.get(path)).lifecycleState).toBe('DELETED');
    expect((await loadBalancer.remove(path)).status).toBe(404);
    cloud.clock.advance(2 * 60 * 60_000);
    expect((await loadBalancer.get(path)).status).toBe(404);
  });

  it('load_balancer with a listener that leads nowhere is not made', async () => {
    const listeners = { l: { port: 80, protocol: 'HTTP', defaultBackendSetName: 'nothing' } };
    const details = { ...made, compartmentId, subnetIds: [subnetId], listeners };
    const { status, json: said } = await loadBalancer.post('/loadBalancers', details);
    expect([status, said]).toMatchObject([400, { code: 'InvalidParameter' }]);
  });

  it('load_balancer under protection is not removed before that is taken away', async () => {
    const path = `/loadBalancers/${await idOf(await create())}`;
    await done(await loadBalancer.put(path, { isDeleteProtectionEnabled: true }));
    expect((await loadBalancer.remove(path)).status).toBe(409);
    await done(await loadBalancer.put(path, { isDeleteProtectionEnabled: false }));
    await done(await loadBalancer.remove(path));
  });

  it('backend_set, backend and listener come and go, and take the zeros and blanks that are sent', async () => {
    const path = `/loadBalancers/${await idOf(await create())}`;
    const set = `${path}/backendSets/web`;
    const healthChecker = {
      protocol: 'TCP',
      port: 0,
      retries: 3,
      timeoutInMillis: 3000,
      intervalInMillis: 30_000,
    };
    const policy = 'ROUND_ROBIN';
    const cookie = { cookieName: 'a', disableFallback: false, isHttpOnly: true, isSecure: false, path: '/' };
    await done(
      await loadBalancer.post(`${path}/backendSets`, {
        name: 'web',
        policy,
        healthChecker,
        backendMaxConnections: 0,
        lbCookieSessionPersistenceConfiguration: cookie,
      }),
    );
    expect(json(await loadBalancer.get(set))).toMatchObject({ name: 'web', backends: [], healthChecker });

    const flags = { backup: false, drain: false, offline: false, weight: 1, maxConnections: 0 };
    const backend = `${set}/backends/10.0.0.9%3A8080`;
    await done(await loadBalancer.post(`${set}/backends`, { ipAddress: '10.0.0.9', port: 8080, ...flags }));
    await done(await loadBalancer.put(backend, { ...flags, drain: true }));
    expect(json(await loadBalancer.get(backend))).toMatchObject({ name: '10.0.0.9:8080', drain: true });

    const backends = [{ ipAddress: '10.0.0.9', port: 8080, ...flags, drain: true }];
    const checked = { ...healthChecker, urlPath: '', responseBodyRegex: '', returnCode: 200 };
    await done(await loadBalancer.put(set, { policy: 'IP_HASH', healthChecker: checked, backends }));
    expect(json(await loadBalancer.get(set))).toMatchObject({
      policy: 'IP_HASH',
      backends: [{ drain: true }],
    });

    const listener = { port: 80, protocol: 'TCP', defaultBackendSetName: 'web' };
    const astray = { name: 'l', ...listener, defaultBackendSetName: 'nothing' };
    const refused = await loadBalancer.post(`${path}/listeners`, astray);
    expect([refused.status, refused.json]).toMatchObject([400, { code: 'InvalidParameter' }]);
    const connectionConfiguration = { idleTimeout: 300, backendTcpProxyProtocolVersion: 2 };
    await done(
      await loadBalancer.post(`${path}/listeners`, { name: 'l', ...listener, connectionConfiguration }),
    );
    const listeners = async () => json(await loadBalancer.get(path)).listeners;
    expect(await listeners()).toMatchObject({ l: { name: 'l', ...listener, connectionConfiguration } });
    await done(
      await loadBalancer.put(`${path}/listeners/l`, {
        ...listener,
        port: 81,
        hostnameNames: [],
        ruleSetNames: [],
        pathRouteSetName: '',
        routingPolicyName: '',
      }),
    );
    expect(await listeners()).toMatchObject({ l: { port: 81 } });

    const lost = await loadBalancer.put(`${path}/listeners/l`, {
      ...listener,
      defaultBackendSetName: 'nothing',
    });
    expect(lost.status).toBe(400);
    await done(await loadBalancer.remove(`${path}/listeners/l`));
    await done(await loadBalancer.remove(backend));
    expect((await loadBalancer.get(backend)).status).toBe(404);
    await done(await loadBalancer.remove(set));
    expect((await loadBalancer.get(set)).status).toBe(404);
  });
});

describe('oci_network_load_balancer', () => {
  it('and its parts come and go; each work request names the network load balancer', async () => {
    const done = async (reply: Answered, action: string) => {
      const work = await worked(reply, networkLoadBalancer);
      expect(work.status).toBe('SUCCEEDED');
      return identifierIn(work, 'networkloadbalancer', action);
    };
    const nsgs = { networkSecurityGroupIds: ['ocid1.networksecuritygroup.oc1.eu-frankfurt-1.a'] };
    const made = await networkLoadBalancer.post('/networkLoadBalancers', {
      compartmentId,
      subnetId,
      displayName: 'tf',
      isPrivate: true,
      isPreserveSourceDestination: false,
      ...nsgs,
    });
    const id = json(made).id;
    expect([made.status, json(made).lifecycleState]).toEqual([202, 'CREATING']);
    expect(await done(made, 'CREATED')).toBe(id);
    const path = `/networkLoadBalancers/${id}`;
    expect(json(await networkLoadBalancer.get(path))).toMatchObject({ lifecycleState: 'ACTIVE', ...nsgs });

    const healthChecker = { protocol: 'TCP', port: 0, retries: 3, intervalInMillis: 10_000 };
    const set = { name: 'web', policy: 'FIVE_TUPLE', isPreserveSource: true, healthChecker, backends: [] };
    const changes: (() => Promise<Answered>)[] = [
      () => networkLoadBalancer.post(`${path}/backendSets`, set),
      () => networkLoadBalancer.post(`${path}/backendSets/web/backends`, { ipAddress: '10.0.0.9', port: 80 }),
      () =>
        networkLoadBalancer.post(`${path}/listeners`, {
          name: 'l',
          defaultBackendSetName: 'web',
          port: 80,
          protocol: 'TCP',
          ipVersion: 'IPV4',
        }),
      () => networkLoadBalancer.put(`${path}/listeners/l`, { port: 81, protocol: 'TCP' }),
      () => networkLoadBalancer.remove(`${path}/listeners/l`),
      () => networkLoadBalancer.remove(`${path}/backendSets/web/backends/10.0.0.9%3A80`),
      () => networkLoadBalancer.remove(`${path}/backendSets/web`),
    ];
    for (const change of changes) expect(await done(await change(), 'UPDATED')).toBe(id);
    expect(await done(await networkLoadBalancer.remove(path), 'DELETED')).toBe(id);
    expect((await networkLoadBalancer.remove(path)).status).toBe(404);
  });
});

describe('oci_container_instances_container_instance', () => {
  const create = (more: object = {}) =>
    containers.post('/containerInstances', {
      ...place(),
      displayName: 'tf',
      containerRestartPolicy: 'ALWAYS',
      gracefulShutdownTimeoutInSeconds: 0,
      shape: 'CI.Standard.E4.Flex',
      shapeConfig: { ocpus: 1, memoryInGBs: 4 },
      containers: [
        {
          displayName: 'api',
          imageUrl: 'fra.ocir.io/lamplight/store:1.4.2',
          isResourcePrincipalDisabled: false,
          environmentVariables: { PORT: '8080' },
          freeformTags: {},
        },
      ],
      vnics: [{ subnetId, isPublicIpAssigned: false, skipSourceDestCheck: true }],
      freeformTags: {},
      definedTags: {},
      ...more,
    });
  const finished = async (reply: Answered, word: string, action: string) => {
    const work = await worked(reply, containers);
    expect(work).toMatchObject({ status: 'SUCCEEDED', timeFinished: expect.any(String) });
    return identifierIn(work, word, action);
  };

  it('is made, read with its containers and VNICs, renamed, stopped, started and removed', async () => {
    const reply = await create();
    const id = json(reply).id;
    expect(await finished(reply, 'containerinstance', 'CREATED')).toBe(id);
    const path = `/containerInstances/${id}`;
    const read = () => containers.get(path);
    const seen = json(await read()) as Json & {
      containers: { containerId: string }[];
      vnics: { vnicId: string }[];
    };
    expect(seen).toMatchObject({
      lifecycleState: 'ACTIVE',
      volumeCount: 0,
      containerRestartPolicy: 'ALWAYS',
    });
    const container = `/containers/${seen.containers[0]?.containerId}`;
    expect(json(await containers.get(container))).toMatchObject({ environmentVariables: { PORT: '8080' } });
    expect(json(await core.get(`/vnics/${seen.vnics[0]?.vnicId}`))).toMatchObject({
      subnetId,
      skipSourceDestCheck: true,
      lifecycleState: 'AVAILABLE',
    });
    await finished(await containers.put(container, { displayName: 'web' }), 'container', 'UPDATED');
    const renamed = await containers.put(path, { displayName: 'tf-2', freeformTags: {}, definedTags: {} });
    expect(await finished(renamed, 'containerinstance', 'UPDATED')).toBe(id);
    await containers.post(`${path}/actions/stop`);
    await until(read, 'lifecycleState', ['INACTIVE'], ['ACTIVE', 'UPDATING']);
    await containers.post(`${path}/actions/start`);
    await until(read, 'lifecycleState', ['ACTIVE'], ['INACTIVE', 'UPDATING']);
    expect(await finished(await containers.remove(path), 'containerinstance', 'DELETED')).toBe(id);
    await until(read, 'lifecycleState', ['DELETED'], ['DELETING']);
  });

  it('that comes to nothing says why in the errors of its work request', async () => {
    await arm(cloud, {
      operation: 'ContainerInstance.CreateContainerInstance',
      fails: 'The image could not be pulled.',
    });
    const reply = await create();
    const work = await worked(reply, containers);
    expect(work.status).toBe('FAILED');
    expect(identifierIn(work, 'containerinstance', 'CREATED')).toBeUndefined();
    expect(json(await containers.get(`/workRequests/${work.id}/errors`))).toMatchObject({
      items: [{ message: 'The image could not be pulled.' }],
    });
  });
});

describe('oci_core_instance', () => {
  it('is launched as it was asked for, stopped, reshaped, started and terminated', async () => {
    const options = {
      agentConfig: {
        areAllPluginsDisabled: false,
        isManagementDisabled: true,
        isMonitoringDisabled: false,
        pluginsConfig: [{ name: 'Bastion', desiredState: 'ENABLED' }],
      },
      availabilityConfig: { isLiveMigrationPreferred: true, recoveryAction: 'STOP_INSTANCE' },
      instanceOptions: { areLegacyImdsEndpointsDisabled: false },
      sourceDetails: { sourceType: 'image', imageId, bootVolumeSizeInGBs: 100 },
    };
    const vnic = {
      subnetId,
      displayName: 'primary',
      hostnameLabel: 'tf',
      nsgIds: ['ocid1.networksecuritygroup.oc1.eu-frankfurt-1.a'],
      privateIp: '10.0.1.200',
      skipSourceDestCheck: true,
    };
    const launched = await core.post('/instances', {
      ...place(),
      ...options,
      displayName: 'tf',
      shape: 'VM.Standard.E5.Flex',
      shapeConfig: { ocpus: 1, memoryInGBs: 8 },
      createVnicDetails: { ...vnic, assignPublicIp: true, assignPrivateDnsRecord: false, definedTags: {} },
      metadata: { ssh_authorized_keys: 'ssh-ed25519 AAAA' },
      isPvEncryptionInTransitEnabled: false,
      freeformTags: {},
    });
    const path = `/instances/${json(launched).id}`;
    const read = () => core.get(path);
    const running = await until(read, 'lifecycleState', ['RUNNING'], ['PROVISIONING', 'STARTING']);
    expect(running).toMatchObject(options);

    const attachments = await core.get(
      `/vnicAttachments?compartmentId=${compartmentId}&instanceId=${json(launched).id}`,
    );
    const [attachment] = attachments.json as { vnicId: string; lifecycleState: string }[];
    expect(attachment?.lifecycleState).toBe('ATTACHED');
    const primary = json(await core.get(`/vnics/${attachment?.vnicId}`));
    expect(primary).toMatchObject({ ...vnic, isPrimary: true, publicIp: expect.any(String) });
    // the provider only warns where there is no boot volume to be found
    expect((await core.get('/bootVolumeAttachments')).status).toBe(404);

    await core.post(`${path}?action=STOP`);
    await until(read, 'lifecycleState', ['STOPPED'], ['STOPPING']);
    const sized = await core.put(path, {
      shape: 'VM.Standard.E5.Flex',
      shapeConfig: { ocpus: 2, memoryInGBs: 16 },
      instanceOptions: { areLegacyImdsEndpointsDisabled: true },
    });
    const work = await worked(sized, core);
    expect([work.status, identifierIn(work, 'instance', 'UPDATED')]).toEqual(['SUCCEEDED', json(sized).id]);
    await core.post(`${path}?action=START`);
    expect(await until(read, 'lifecycleState', ['RUNNING'], ['STARTING'])).toMatchObject({
      shapeConfig: { ocpus: 2, memoryInGBs: 16 },
      agentConfig: options.agentConfig,
      instanceOptions: { areLegacyImdsEndpointsDisabled: true },
    });
    await core.remove(`${path}?preserveBootVolume=false`);
    await until(read, 'lifecycleState', ['TERMINATED'], ['TERMINATING']);
    cloud.clock.advance(2 * 60 * 60_000);
    expect((await read()).status).toBe(404);
  });

  it('gets no address that another has, or that its subnet has not', async () => {
    for (const privateIp of ['10.99.0.5', '10.0.1.31']) {
      const { status, json: said } = await core.post('/instances', {
        ...place(),
        shape: 'VM.Standard.E5.Flex',
        sourceDetails: { sourceType: 'image', imageId },
        createVnicDetails: { subnetId, privateIp },
      });
      expect([status, said]).toMatchObject([400, { code: 'InvalidParameter' }]);
    }
  });
});

describe('oci_artifacts_container_repository', () => {
  it('is found by its name and read by its id', async () => {
    const found = await artifacts.get(
      `/container/repositories?compartmentId=${cloud.compartments.shop}&displayName=store`,
    );
    const [summary] = json(found).items as { id: string }[];
    const read = await artifacts.get(`/container/repositories/${summary?.id}`);
    expect(json(read)).toMatchObject({ displayName: 'store', lifecycleState: 'AVAILABLE', isPublic: false });
    expect(read.headers.get('etag')).toBeTruthy();
  });
});
