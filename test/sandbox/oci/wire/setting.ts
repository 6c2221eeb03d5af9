import { ocid } from '../../../../sandbox/oci/ids.ts';
import { type Cloud, clients, frankfurt } from '../cloud.ts';
import { idsOf, Walk } from './walk.ts';

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

/** A walk through a cloud that has everything, where all is as it was seeded. */
export async function walkThrough(cloud: Cloud): Promise<Walk> {
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
