import { models } from 'oci-containerinstances';
import { describe, expect, test } from 'vitest';
import type { ContainerTemplate, InstanceTemplate } from '../../../src/core/deploy/app.ts';
import { detailsOf, hookDetails, type On } from '../../../src/core/deploy/details.ts';

const secret = 'ocid1.vaultsecret.oc1.eu-frankfurt-1.amaaaaaadb';
const subnet = 'ocid1.subnet.oc1.eu-frankfurt-1.aaaa';
const nsg = 'ocid1.networksecuritygroup.oc1.eu-frankfurt-1.aaaa';
const digest = `fra.ocir.io/lamplight/shop-api@sha256:${'0'.repeat(64)}`;

const api: ContainerTemplate = {
  name: 'api',
  image: 'fra.ocir.io/lamplight/shop-api',
  command: ['/bin/shop'],
  arguments: ['--port', '8080'],
  workingDirectory: '/srv',
  environment: { LOG_LEVEL: 'info', RELEASE: '{tag} of {app}, {replica}', DB_PASSWORD: { secret } },
  mounts: [{ volume: 'conf', path: '/etc/shop', readOnly: true }],
  limits: { ocpus: 1.5, memory: 4 },
  checks: [
    {
      type: 'HTTP',
      name: 'alive',
      path: '/healthz',
      port: 8080,
      interval: 10,
      timeout: 3,
      initialDelay: 0,
      failures: 3,
      successes: 1,
      onFailure: 'KILL',
    },
    { type: 'TCP', port: 9090 },
  ],
  resourcePrincipal: false,
  securityContext: { runAsUser: 1000, runAsGroup: 1000, nonRoot: true, readOnlyRoot: true },
};

const bare: ContainerTemplate = {
  name: 'proxy',
  image: 'docker.io/library/envoy:1.30',
  command: [],
  arguments: [],
  environment: {},
  mounts: [],
  checks: [],
  resourcePrincipal: true,
};

const template: InstanceTemplate = {
  shape: 'CI.Standard.E4.Flex',
  ocpus: 2,
  memory: 8,
  vnics: [{ subnet: 'shop-private', securityGroups: [nsg], publicIp: false }],
  containers: [api, bare],
  volumes: [
    { type: 'files', name: 'conf', files: { 'shop.conf': 'cG9ydD04MDgw' } },
    { type: 'empty', name: 'scratch', memory: true },
    { type: 'empty', name: 'disk', memory: false },
  ],
  restartPolicy: 'ALWAYS',
  gracefulShutdown: 30,
  pullSecrets: [{ registry: 'fra.ocir.io', secret }],
  dns: { nameservers: ['10.0.0.2'], searches: [], options: ['ndots:2'] },
  tags: { team: 'shop', 'lamplighter-app': 'shop' },
  definedTags: { 'Operations.CostCenter': '42', 'Operations.Env': 'prod', 'Shop.Tier': 'api.v2' },
};

const on: On = {
  name: 'shop-7-2',
  compartmentId: 'ocid1.compartment.oc1..prod',
  availabilityDomain: 'Uocm:EU-FRANKFURT-1-AD-1',
  faultDomain: 'FAULT-DOMAIN-2',
  subnetIds: (name) => (name === 'shop-private' ? subnet : name),
  images: { api: digest },
  tags: { 'lamplighter-version': '7' },
  placeholders: { app: 'shop', tag: '1.4.2', replica: '2' },
};

/** Typed, so that a name that the wire does not have is no program. */
const files: models.CreateContainerConfigFileVolumeDetails = {
  volumeType: 'CONFIGFILE',
  name: 'conf',
  configs: [{ fileName: 'shop.conf', data: 'cG9ydD04MDgw' }],
};
const memory: models.CreateContainerEmptyDirVolumeDetails = {
  volumeType: 'EMPTYDIR',
  name: 'scratch',
  backingStore: 'MEMORY',
};
const disk: models.CreateContainerEmptyDirVolumeDetails = {
  volumeType: 'EMPTYDIR',
  name: 'disk',
  backingStore: 'EPHEMERAL_STORAGE',
};
const alive: models.CreateContainerHttpHealthCheckDetails = {
  healthCheckType: 'HTTP',
  name: 'alive',
  path: '/healthz',
  port: 8080,
  intervalInSeconds: 10,
  timeoutInSeconds: 3,
  initialDelayInSeconds: 0,
  failureThreshold: 3,
  successThreshold: 1,
  failureAction: models.ContainerHealthCheckFailureAction.Kill,
};
const taken: models.CreateContainerTcpHealthCheckDetails = { healthCheckType: 'TCP', port: 9090 };
const security: models.CreateLinuxSecurityContextDetails = {
  securityContextType: 'LINUX',
  runAsUser: 1000,
  runAsGroup: 1000,
  isNonRootUserCheckEnabled: true,
  isRootFileSystemReadonly: true,
};
const pull: models.CreateVaultImagePullSecretDetails = {
  secretType: 'VAULT',
  registryEndpoint: 'fra.ocir.io',
  secretId: secret,
};
const body: models.CreateContainerInstanceDetails = {
  displayName: 'shop-7-2',
  compartmentId: 'ocid1.compartment.oc1..prod',
  availabilityDomain: 'Uocm:EU-FRANKFURT-1-AD-1',
  faultDomain: 'FAULT-DOMAIN-2',
  shape: 'CI.Standard.E4.Flex',
  shapeConfig: { ocpus: 2, memoryInGBs: 8 },
  volumes: [files, memory, disk],
  containers: [
    {
      displayName: 'api',
      imageUrl: digest,
      command: ['/bin/shop'],
      arguments: ['--port', '8080'],
      workingDirectory: '/srv',
      environmentVariables: { LOG_LEVEL: 'info', RELEASE: '1.4.2 of shop, 2', DB_PASSWORD: 'hunter2' },
      volumeMounts: [{ volumeName: 'conf', mountPath: '/etc/shop', isReadOnly: true }],
      isResourcePrincipalDisabled: true,
      resourceConfig: { vcpusLimit: 3, memoryLimitInGBs: 4 },
      healthChecks: [alive, taken],
      securityContext: security,
    },
    { displayName: 'proxy', imageUrl: 'docker.io/library/envoy:1.30' },
  ],
  vnics: [{ subnetId: subnet, isPublicIpAssigned: false, nsgIds: [nsg] }],
  dnsConfig: { nameservers: ['10.0.0.2'], options: ['ndots:2'] },
  gracefulShutdownTimeoutInSeconds: 30,
  imagePullSecrets: [pull],
  containerRestartPolicy: 'ALWAYS',
  freeformTags: { team: 'shop', 'lamplighter-app': 'shop', 'lamplighter-version': '7' },
  definedTags: { Operations: { CostCenter: '42', Env: 'prod' }, Shop: { Tier: 'api.v2' } },
};

describe('the body of a new instance', () => {
  const made = detailsOf(template, on);
  // as OCI is sent it: what stands for the secret is its content by then
  const filled = JSON.parse(JSON.stringify(made.details).replace(JSON.stringify({ secret }), '"hunter2"'));

  test('is what the wire has', () => expect(filled).toEqual(body));

  test('goes through the SDK unchanged', () => {
    const sent = models.CreateContainerInstanceDetails.getJsonObj(body);
    expect(JSON.parse(JSON.stringify(sent))).toEqual(filled);
  });

  test('has no secret in it until the last moment, but tells where they belong', () => {
    expect(made.secrets).toEqual([{ container: 0, key: 'DB_PASSWORD', ocid: secret }]);
    expect(made.details).toMatchObject({
      containers: [{ environmentVariables: { DB_PASSWORD: { secret } } }, {}],
    });
    expect(JSON.stringify(made)).not.toContain('hunter2');
  });

  test('says nothing of what the template says nothing of', () => {
    const { dns: _dns, ...plain } = template;
    const { faultDomain: _domain, ...anywhere } = on;
    const least = {
      ...plain,
      containers: [bare],
      volumes: [],
      pullSecrets: [],
      tags: {},
      definedTags: {},
      vnics: [{ subnet, securityGroups: [], publicIp: true }],
    };
    expect(detailsOf(least, { ...anywhere, tags: {} })).toEqual({
      details: {
        displayName: 'shop-7-2',
        compartmentId: 'ocid1.compartment.oc1..prod',
        availabilityDomain: 'Uocm:EU-FRANKFURT-1-AD-1',
        shape: 'CI.Standard.E4.Flex',
        shapeConfig: { ocpus: 2, memoryInGBs: 8 },
        containers: [{ displayName: 'proxy', imageUrl: 'docker.io/library/envoy:1.30' }],
        vnics: [{ subnetId: subnet, isPublicIpAssigned: true }],
        gracefulShutdownTimeoutInSeconds: 30,
        containerRestartPolicy: 'ALWAYS',
      },
      secrets: [],
    });
  });

  test('takes what a line sets for the first container, over a secret too', () => {
    const { details, secrets } = detailsOf(template, {
      ...on,
      environment: { LOG_LEVEL: 'debug', DB_PASSWORD: 'typed', NEW: '{tag}' },
    });
    expect(details).toMatchObject({
      containers: [
        { environmentVariables: { LOG_LEVEL: 'debug', DB_PASSWORD: 'typed', NEW: '1.4.2' } },
        { displayName: 'proxy' },
      ],
    });
    expect(secrets).toEqual([]);
  });

  test.each([
    ['CI.Standard.A1.Flex', 1.5],
    ['CI.Standard.E3.Flex', 3],
    ['CI.Standard.E5.Flex', 3],
  ])('counts 1.5 OCPUs of a %s as %d CPUs', (shape, vcpusLimit) => {
    expect(detailsOf({ ...template, shape }, on).details).toMatchObject({
      containers: [{ resourceConfig: { vcpusLimit } }, {}],
    });
  });
});

describe('the body of a hook', () => {
  const container = { ...bare, name: 'before', image: api.image, command: ['/bin/migrate'] };
  const hook = { container, within: 600_000 };

  test('is one container that runs to its end, with the network and the keys of the app', () => {
    const { details } = hookDetails(template, hook, { ...on, images: { before: digest } });
    expect(details).toMatchObject({
      containers: [{ displayName: 'before', imageUrl: digest, command: ['/bin/migrate'] }],
      containerRestartPolicy: 'NEVER',
      vnics: [{ subnetId: subnet, nsgIds: [nsg] }],
      imagePullSecrets: [{ registryEndpoint: 'fra.ocir.io', secretId: secret }],
    });
    expect(details).not.toHaveProperty('volumes');
  });

  test('has the volumes that it mounts, and the places of its own secrets', () => {
    const mounts = [{ volume: 'conf', path: '/etc/shop', readOnly: false }];
    const { details, secrets } = hookDetails(
      template,
      { ...hook, container: { ...container, mounts, environment: { PASSWORD: { secret } } } },
      on,
    );
    expect(details).toMatchObject({ volumes: [{ name: 'conf' }] });
    expect(secrets).toEqual([{ container: 0, key: 'PASSWORD', ocid: secret }]);
  });
});
