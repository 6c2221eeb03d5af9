import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocid } from '../../../sandbox/oci/ids.ts';
import { arm, bootOci, type Cloud, clients, frankfurt } from './cloud.ts';
import { changes, removals } from './wire/changes.ts';
import { everything } from './wire/everything.ts';
import { operationOf } from './wire/operations.ts';
import { idsOf, modelsOf, Walk } from './wire/walk.ts';

/**
 * Where the service is known to answer otherwise than its model has it: the images that Oracle provides are in no
 * compartment.
 */
const known = [
  'Compute.GetImage: .compartmentId: Image needs it',
  'Compute.ListImages: [].compartmentId: Image needs it',
];

const names = {
  instanceId: 'Instance/web-1',
  spareInstance: 'Instance/gpu-1',
  instancePoolId: 'InstancePool/pool',
  containerInstanceId: 'ContainerInstance/api',
  containerId: 'Container/api-1',
  spareContainers: 'ContainerInstance/idle',
  autonomousDatabaseId: 'AutonomousDatabase/db',
  spareDatabase: 'AutonomousDatabase/db-off',
  dbSystemId: 'DbSystem/ledger',
  cloudVmClusterId: 'CloudVmCluster/exa',
  'mysql.dbSystemId': 'MysqlDbSystem/insights',
  'psql.dbSystemId': 'PostgresqlDbSystem/forecasts',
  loadBalancerId: 'LoadBalancer/edge',
  spareBalancer: 'LoadBalancer/fixed',
  networkLoadBalancerId: 'NetworkLoadBalancer/inner',
  spareNetworkBalancer: 'NetworkLoadBalancer/spare-nlb',
  clusterId: 'ClustersCluster/oke',
  nodePoolId: 'NodePool/workers',
  integrationInstanceId: 'IntegrationInstance/flows',
  analyticsInstanceId: 'AnalyticsInstance/dashboards',
  deploymentId: 'GoldenGateDeployment/feed',
  odaInstanceId: 'OdaInstance/helpdesk',
  workspaceId: 'DISWorkspace/loads',
  vbInstanceId: 'VisualBuilderInstance/office',
  secretId: 'VaultSecret/password',
  scheduleId: 'ResourceSchedule/nightly',
  autoScalingConfigurationId: 'AutoScalingConfiguration/by-cpu',
};

/** What is found by looking at something else. */
async function found(cloud: Cloud, ids: Record<string, string>) {
  const sdk = clients(cloud);
  const { network, compute, management, balancers, postgres, oke, artifacts, databases, identity } = sdk;
  const compartmentId = cloud.compartments.shop ?? '';
  const { instancePoolId = '', loadBalancerId = '', clusterId = '' } = ids;
  const [subnet] = (await network.listSubnets({ compartmentId })).items;
  const [image] = (await compute.listImages({ compartmentId })).items;
  const [attachment] = (await compute.listVnicAttachments({ compartmentId })).items;
  const { instancePool } = await management.getInstancePool({ instancePoolId });
  const [member] = (await management.listInstancePoolInstances({ compartmentId, instancePoolId })).items;
  const { loadBalancer } = await balancers.getLoadBalancer({ loadBalancerId });
  const { dbSystem } = await postgres.getDbSystem({ dbSystemId: ids['psql.dbSystemId'] ?? '' });
  const [addon] = (await oke.listAddons({ clusterId })).items;
  const { containerImageCollection: images } = await artifacts.listContainerImages({ compartmentId });
  const [node] = (await databases.listDbNodes({ compartmentId, dbSystemId: ids.dbSystemId ?? '' })).items;
  const [namespace] = (await identity.listTagNamespaces({ compartmentId: cloud.credentials.tenancy })).items;
  const [bursts] = (await oke.listVirtualNodePools({ compartmentId })).items;
  sdk.close();
  return {
    subnetId: subnet?.id ?? '',
    vcnId: subnet?.vcnId ?? '',
    imageId: image?.id ?? '',
    'artifacts.imageId': images.items[0]?.id ?? '',
    availabilityDomain: `pYRG:${frankfurt.toUpperCase()}-AD-1`,
    vnicId: attachment?.vnicId ?? '',
    instancePoolLoadBalancerAttachmentId: instancePool.loadBalancers?.[0]?.id ?? '',
    member: member?.id ?? '',
    instanceConfigurationId: instancePool.instanceConfigurationId,
    dbNodeId: node?.id ?? '',
    tagNamespaceId: namespace?.id ?? '',
    virtualNodePoolId: bursts?.id ?? '',
    backendSetName: 'web',
    backendName: loadBalancer.backendSets?.web?.backends[0]?.name ?? '',
    listenerName: 'main',
    dbInstanceId: dbSystem.instances?.[0]?.id ?? '',
    addonName: addon?.name ?? '',
    vaultId: ocid('vault', frankfurt, 'lamplight', 'vault'),
    serviceName: 'load-balancer',
    limitName: 'lb-flexible-count',
    name: 'instance',
  };
}

let cloud: Cloud;
beforeAll(async () => {
  cloud = await bootOci({ seed: everything });
});
afterAll(() => cloud.close());

async function walkThrough(): Promise<Walk> {
  const { tenancy: tenancyId, user: userId } = cloud.credentials;
  const named = await idsOf(cloud, names);
  const ids = {
    tenancyId,
    userId,
    compartmentId: cloud.compartments.shop ?? '',
    ...named,
    ...(await found(cloud, named)),
  };
  const root = { query: { compartmentId: tenancyId } };
  const ofService = { query: { ...root.query, serviceName: ids.serviceName } };
  return new Walk(cloud, ids, {
    'Identity.ListCompartments': root,
    'Identity.ListAvailabilityDomains': root,
    'Identity.ListFaultDomains': { query: { ...root.query, availabilityDomain: ids.availabilityDomain } },
    'Identity.ListTagNamespaces': root,
    'Database.ListDbNodes': { query: { dbSystemId: named.dbSystemId ?? '' } },
    'VirtualNetwork.ListPrivateIps': { query: { subnetId: ids.subnetId } },
    'ComputeManagement.GetInstancePoolInstance': { params: { instanceId: ids.member } },
    'Artifacts.GetContainerConfiguration': root,
    'Limits.ListServices': root,
    'Limits.ListLimitDefinitions': ofService,
    'Limits.ListLimitValues': ofService,
    'Limits.GetResourceAvailability': root,
  });
}

describe('what operations answer', () => {
  it('is what the SDK takes it for, field by field, before and after everything has changed', async () => {
    const walk = await walkThrough();
    await walk.readAll();
    for (const [operation, details] of changes(walk, cloud.clock.now())) {
      await walk.call(operation, details);
      cloud.clock.advance(600_000);
    }
    await walk.readAll();
    for (const [operation, details] of removals(walk)) {
      await walk.call(operation, details);
      cloud.clock.advance(600_000);
    }
    expect([...walk.wrong].filter((each) => !known.includes(each))).toEqual([]);
    expect(walk.missed).toEqual([]);
  });

  it('is that too where all that was begun has failed', async () => {
    cloud.reset();
    const walk = await walkThrough();
    await arm(cloud, { operation: '*', fails: 'There was no room.', for: '100h' });
    for (const [operation, details] of changes(walk, cloud.clock.now())) {
      if (!operationOf(operation).headers.includes('opc-work-request-id')) continue;
      await walk.ask(operation, details);
      cloud.clock.advance(600_000);
    }
    await walk.readAll();
    expect([...walk.wrong].filter((each) => !known.includes(each))).toEqual([]);
  });

  it('is a refusal where the client has another etag than there is', async () => {
    cloud.reset();
    const walk = await walkThrough();
    const taken: string[] = [];
    for (const [operation, details] of [...changes(walk, cloud.clock.now()), ...removals(walk)]) {
      if (!operationOf(operation).source.includes('"if-match"')) continue;
      const headers = { 'if-match': 'stale' };
      const { status, json } = await walk.ask(operation, { ...details, headers });
      if (status !== 412) taken.push(`${operation}: ${status} ${JSON.stringify(json)}`);
      else expect(json).toMatchObject({ code: 'NoEtagMatch' });
    }
    expect(taken).toEqual([]);
  });

  it('is a refusal where something is missing that the SDK cannot leave away', async () => {
    cloud.reset();
    const walk = await walkThrough();
    const odd: string[] = [];
    for (const [operation, details] of [...changes(walk, cloud.clock.now()), ...removals(walk)]) {
      const { body: model, package: of } = operationOf(operation);
      if (model === undefined || !details?.body) continue;
      odd.push(
        ...modelsOf(of)
          .check(`model.${model}`, details.body)
          .map((each) => `${operation}: ${each}`),
      );
      for (const name of modelsOf(of).needed(model)) {
        const { status, json } = await walk.ask(operation, {
          ...details,
          body: { ...details.body, [name]: undefined },
        });
        const said = `${status} ${JSON.stringify(json)}`;
        if (!said.startsWith('400 {"code":"MissingParameter"'))
          odd.push(`${operation} without ${name}: ${said.slice(0, 120)}`);
      }
    }
    expect(odd).toEqual([]);
  });
});
