import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients, frankfurt } from './cloud.ts';

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

const image = 'fra.ocir.io/lamplight/store:1.4.2';
const secret = 'ocid1.vaultsecret.oc1..aaaa';

async function create(details: object = {}, container: object = {}, vnic: object = {}) {
  const compartmentId = cloud.compartments['shop/dev'] ?? '';
  const { items: subnets } = await sdk.network.listSubnets({ compartmentId });
  const { containerInstance, opcWorkRequestId } = await sdk.containers.createContainerInstance({
    createContainerInstanceDetails: {
      displayName: 'canary',
      compartmentId,
      availabilityDomain: `pYRG:${frankfurt.toUpperCase()}-AD-1`,
      shape: 'CI.Standard.E4.Flex',
      shapeConfig: { ocpus: 1, memoryInGBs: 4 },
      containers: [{ displayName: 'api', imageUrl: image, ...container }],
      vnics: [{ subnetId: subnets[0]?.id ?? '', ...vnic }],
      ...details,
    },
  });
  cloud.clock.advance(20_000);
  const containerInstanceId = containerInstance.id;
  const read = await sdk.containers.getContainerInstance({ containerInstanceId });
  const containerId = containerInstance.containers[0]?.containerId ?? '';
  return {
    workRequestId: opcWorkRequestId,
    instance: read.containerInstance,
    container: (await sdk.containers.getContainer({ containerId })).container,
    vnics: await Promise.all(
      containerInstance.vnics.map(async ({ vnicId = '' }) => (await sdk.network.getVnic({ vnicId })).vnic),
    ),
  };
}

const config = {
  volumeType: 'CONFIGFILE',
  name: 'config',
  configs: [{ fileName: 'app.yml', data: Buffer.from('port: 8080').toString('base64'), path: 'etc' }],
};

describe('a container instance', () => {
  it('gives back the volumes, mounts, names, secrets and contexts that it was made with', async () => {
    const volumes = [
      config,
      { volumeType: 'EMPTYDIR', name: 'scratch', backingStore: 'MEMORY' },
      {
        volumeType: 'OCI_FSS_FILE_SYSTEM',
        name: 'shared',
        mountTarget: { ociFssMountTargetType: 'ID', id: 'ocid1.mounttarget.oc1.fra.a' },
        export: { ociFssExportType: 'ID', id: 'ocid1.export.oc1.fra.b' },
      },
    ];
    const { instance, container } = await create(
      {
        volumes,
        dnsConfig: { nameservers: ['10.0.0.2'], searches: ['shop.internal'] },
        imagePullSecrets: [
          { secretType: 'VAULT', registryEndpoint: 'fra.ocir.io', secretId: secret },
          { secretType: 'BASIC', registryEndpoint: 'docker.io', username: 'Ym90', password: 'c2VjcmV0' },
        ],
        securityContext: { securityContextType: 'LINUX', fsGroup: 1000 },
        gracefulShutdownTimeoutInSeconds: 45,
        containerRestartPolicy: 'ON_FAILURE',
      },
      {
        command: ['/bin/store'],
        arguments: ['--port', '8080'],
        workingDirectory: '/srv',
        environmentVariables: { PORT: '8080' },
        volumeMounts: [{ volumeName: 'config', mountPath: '/etc/store', isReadOnly: true }],
        isResourcePrincipalDisabled: true,
        resourceConfig: { vcpusLimit: 0.5, memoryLimitInGBs: 1 },
        securityContext: { securityContextType: 'LINUX', runAsUser: 1000, isRootFileSystemReadonly: true },
      },
    );
    expect(instance).toMatchObject({
      lifecycleState: 'ACTIVE',
      volumes,
      volumeCount: 3,
      dnsConfig: { nameservers: ['10.0.0.2'], searches: ['shop.internal'] },
      securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'ON_ROOT_MISMATCH' },
      gracefulShutdownTimeoutInSeconds: 45,
      containerRestartPolicy: 'ON_FAILURE',
    });
    // a password is taken and never given back
    expect(instance.imagePullSecrets).toEqual([
      { secretType: 'VAULT', registryEndpoint: 'fra.ocir.io', secretId: secret },
      { secretType: 'BASIC', registryEndpoint: 'docker.io' },
    ]);
    expect(container).toMatchObject({
      command: ['/bin/store'],
      arguments: ['--port', '8080'],
      workingDirectory: '/srv',
      environmentVariables: { PORT: '8080' },
      volumeMounts: [{ volumeName: 'config', mountPath: '/etc/store', isReadOnly: true }],
      isResourcePrincipalDisabled: true,
      resourceConfig: { vcpusLimit: 0.5, memoryLimitInGBs: 1 },
      securityContext: { runAsUser: 1000, isRootFileSystemReadonly: true, isNonRootUserCheckEnabled: false },
    });
  });

  it('has no grace to shut down unless it is given some, and nothing where nothing was said', async () => {
    const { instance, container } = await create();
    expect(instance.gracefulShutdownTimeoutInSeconds).toBe(0);
    expect(instance).toMatchObject({ volumes: [], imagePullSecrets: [] });
    expect(container).toMatchObject({ exitCode: null, timeTerminated: null, workingDirectory: null });
  });

  it('has health checks that find out how its containers are', async () => {
    const { container } = await create(
      {},
      {
        healthChecks: [
          { healthCheckType: 'HTTP', port: 8080, path: '/healthz', failureAction: 'NONE' },
          { healthCheckType: 'TCP', port: 8080, name: 'port', intervalInSeconds: 3 },
        ],
      },
    );
    expect(container.healthChecks).toMatchObject([
      { healthCheckType: 'HTTP', name: 'http', path: '/healthz', failureAction: 'NONE', status: 'HEALTHY' },
      {
        healthCheckType: 'TCP',
        name: 'port',
        intervalInSeconds: 3,
        failureAction: 'KILL',
        status: 'HEALTHY',
      },
    ]);
  });

  it('is killed by its health check, and started again by its policy', async () => {
    const check = { healthCheckType: 'HTTP', port: 8080, path: '/healthz', intervalInSeconds: 5 };
    const { container } = await create({}, { imageUrl: `${image}-never-healthy`, healthChecks: [check] });
    const read = async () => (await sdk.containers.getContainer({ containerId: container.id })).container;
    expect((await read()).healthChecks).toMatchObject([{ status: 'UNKNOWN' }]);
    cloud.clock.advance(10_000);
    expect(await read()).toMatchObject({ lifecycleState: 'INACTIVE', exitCode: 137 });
    cloud.clock.advance(5_000);
    expect(await read()).toMatchObject({ lifecycleState: 'ACTIVE', containerRestartAttemptCount: 1 });
  });

  it('fails, with its containers, when there is no such image', async () => {
    const { instance, container, workRequestId } = await create({}, { imageUrl: `${image}-missing` });
    expect(instance).toMatchObject({
      lifecycleState: 'FAILED',
      lifecycleDetails: expect.stringContaining(`${image}-missing could not be pulled`),
    });
    expect(container.lifecycleState).toBe('FAILED');
    expect((await sdk.containers.getWorkRequest({ workRequestId })).workRequest.status).toBe('FAILED');
    const { workRequestErrorCollection } = await sdk.containers.listWorkRequestErrors({ workRequestId });
    expect(workRequestErrorCollection.items).toMatchObject([{ message: instance.lifecycleDetails }]);
  });

  it('has an address of its own, or the one that was asked for, or several', async () => {
    const addresses = new Set<string | undefined>();
    for (let at = 0; at < 12; at += 1) addresses.add((await create()).vnics[0]?.privateIp);
    expect(addresses.size).toBe(12);
    const [first = ''] = addresses;
    const asked = first.replace(/\d+$/, '200');
    const { vnics } = await create({}, {}, { privateIp: asked, hostnameLabel: 'canary-7', nsgIds: ['nsg'] });
    expect(vnics).toMatchObject([{ privateIp: asked, hostnameLabel: 'canary-7', nsgIds: ['nsg'] }]);
    await expect(create({}, {}, { privateIp: asked })).rejects.toMatchObject({ statusCode: 400 });
    const subnetId = vnics[0]?.subnetId ?? '';
    const two = await create({ vnics: [{ subnetId }, { subnetId, isPublicIpAssigned: true }] });
    expect(new Set(two.vnics.map(({ privateIp }) => privateIp)).size).toBe(2);
    expect(two.vnics[1]?.publicIp).toMatch(/^198\.51\.100\./);
  });

  it.each([
    [{ volumes: [config, config] }, {}, 'volumes'],
    [{}, { volumeMounts: [{ volumeName: 'none', mountPath: '/x' }] }, 'volumeMounts'],
    [{ volumes: [{ ...config, configs: [{ fileName: 'a', data: '§' }] }] }, {}, 'base64'],
    [{ gracefulShutdownTimeoutInSeconds: 301 }, {}, 'gracefulShutdownTimeoutInSeconds'],
    [{}, { healthChecks: [{ healthCheckType: 'HTTP', port: 80 }] }, 'healthChecks'],
    [{}, { healthChecks: [{ healthCheckType: 'COMMAND', port: 80 }] }, 'healthCheckType'],
    [{}, { securityContext: { securityContextType: 'LINUX', runAsGroup: 1 } }, 'runAsUser'],
    [{ faultDomain: 'FAULT-DOMAIN-9' }, {}, 'faultDomain'],
  ])('with %o and %o is refused for its %s', async (details, container, field) => {
    await expect(create(details, container)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(field),
    });
  });
});
