import type { Service } from './call.ts';

export interface Coverage {
  /** The SDK's client without "Client", and the method with a capital. */
  readonly operation: string;
  /** One, or several where the real service answers at the endpoints of others too. */
  readonly services: readonly Service[];
  readonly support: 'full' | 'partial';
  /** What is missing or simplified. */
  readonly notes?: string;
}

const full = (service: Service, ...operations: string[]): Coverage[] =>
  operations.map((operation) => ({ operation, services: [service], support: 'full' }));

const partial = (service: Service, operation: string, notes: string): Coverage => ({
  operation,
  services: [service],
  support: 'partial',
  notes,
});

/** List, get, start and stop of a platform service. */
const switches = (service: Service, client: string, noun: string, nouns: string): Coverage[] => [
  ...full(service, `${client}.Get${noun}`, `${client}.Start${noun}`, `${client}.Stop${noun}`),
  partial(service, `${client}.List${nouns}`, 'Filtered by name and state, sorted by name and time.'),
];

const workNames = ['GetWorkRequest', 'ListWorkRequests', 'ListWorkRequestLogs', 'ListWorkRequestErrors'];

/** Services that keep their own work requests. */
const keepers: readonly (readonly [Service, string])[] = [
  ['containerengine', 'ContainerEngine'],
  ['integration', 'IntegrationInstance'],
  ['analytics', 'Analytics'],
  ['goldengate', 'GoldenGate'],
  ['oda', 'Oda'],
  ['dataintegration', 'DataIntegration'],
  ['visualbuilder', 'VbInstance'],
  ['networkloadbalancer', 'NetworkLoadBalancer'],
  ['resourcescheduler', 'Schedule'],
];

const work = (service: Service, client: string): Coverage[] =>
  workNames.map((name) =>
    partial(service, `${client}.${name}`, 'Work that begins here only; always sorted by time.'),
  );

/** Every SDK operation that the sandbox serves, and how far it goes. */
export const coverage: readonly Coverage[] = [
  ...full(
    'identity',
    'Identity.GetTenancy',
    'Identity.ListRegionSubscriptions',
    'Identity.GetCompartment',
    'Identity.ListAvailabilityDomains',
    'Identity.ListFaultDomains',
    'Identity.GetUser',
  ),
  partial('identity', 'Identity.ListRegions', 'Only the regions of the seed, not all that Oracle has.'),
  partial('identity', 'Identity.ListCompartments', 'Compartments are as the seed has them; all are ACTIVE.'),
  partial('identity', 'Identity.ListTagNamespaces', 'As the seed has them, all in the root compartment.'),
  partial('identity', 'Identity.ListTags', 'As the seed has them; no validators.'),

  partial(
    'resourcesearch',
    'ResourceSearch.SearchResources',
    'Types of coverage only; no highlights; return is parsed and ignored.',
  ),
  partial('resourcesearch', 'ResourceSearch.ListResourceTypes', 'The types that the sandbox holds.'),
  partial('resourcesearch', 'ResourceSearch.GetResourceType', 'The types that the sandbox holds.'),

  ...full('core', 'Compute.GetInstance', 'Compute.ListInstances', 'Compute.TerminateInstance'),
  partial('core', 'Compute.GetImage', 'The images that the seed names.'),
  partial('core', 'Compute.ListImages', 'The images that the seed names; filtered by name only.'),
  partial(
    'core',
    'Compute.InstanceAction',
    'What comes with RESET, SOFTRESET and REBOOTMIGRATE details is not used.',
  ),
  partial(
    'core',
    'Compute.LaunchInstance',
    'From an image, with one VNIC; any image OCID and shape is taken. Options of agent, launch and availability are kept and given back; nothing comes of them.',
  ),
  partial('core', 'Compute.UpdateInstance', 'Name, tags, metadata, options, shape and its size.'),
  ...full(
    'core',
    'Compute.ListVnicAttachments',
    'VirtualNetwork.GetVnic',
    'VirtualNetwork.GetVcn',
    'VirtualNetwork.ListVcns',
  ),
  partial('core', 'VirtualNetwork.ListPrivateIps', 'The primary address of each VNIC.'),
  partial('core', 'VirtualNetwork.GetSubnet', 'No security lists.'),
  partial('core', 'VirtualNetwork.ListSubnets', 'No security lists.'),

  ...full(
    'core',
    'ComputeManagement.GetInstancePool',
    'ComputeManagement.ListInstancePools',
    'ComputeManagement.StartInstancePool',
    'ComputeManagement.StopInstancePool',
    'ComputeManagement.SoftstopInstancePool',
    'ComputeManagement.ResetInstancePool',
    'ComputeManagement.SoftresetInstancePool',
    'ComputeManagement.TerminateInstancePool',
    'ComputeManagement.GetInstancePoolInstance',
    'ComputeManagement.ListInstancePoolInstances',
    'ComputeManagement.GetInstancePoolLoadBalancerAttachment',
    'ComputeManagement.ListInstanceConfigurations',
  ),
  partial(
    'core',
    'ComputeManagement.GetInstanceConfiguration',
    'Shape, image, network and tags of its launch details.',
  ),
  partial(
    'core',
    'ComputeManagement.UpdateInstancePool',
    'Name, tags, size and configuration; placements stay as they are.',
  ),

  ...full(
    'loadbalancer',
    'LoadBalancer.ListLoadBalancers',
    'LoadBalancer.GetLoadBalancer',
    'LoadBalancer.UpdateLoadBalancerShape',
    'LoadBalancer.DeleteLoadBalancer',
    'LoadBalancer.ListShapes',
    'LoadBalancer.ListBackendSets',
    'LoadBalancer.GetBackendSet',
    'LoadBalancer.DeleteBackendSet',
    'LoadBalancer.GetHealthChecker',
    'LoadBalancer.UpdateHealthChecker',
    'LoadBalancer.ListBackends',
    'LoadBalancer.GetBackend',
    'LoadBalancer.CreateBackend',
    'LoadBalancer.UpdateBackend',
    'LoadBalancer.DeleteBackend',
    'LoadBalancer.DeleteListener',
    'LoadBalancer.GetWorkRequest',
    'LoadBalancer.ListWorkRequests',
  ),
  partial(
    'loadbalancer',
    'LoadBalancer.CreateLoadBalancer',
    'IPv4 only; no TLS, rules or routing policies. Security groups, reserved addresses and request ids are kept and given back; nothing comes of them.',
  ),
  ...['CreateBackendSet', 'UpdateBackendSet', 'CreateListener', 'UpdateListener'].map((name) =>
    partial('loadbalancer', `LoadBalancer.${name}`, 'No TLS, rules or routing policies.'),
  ),
  partial('loadbalancer', 'LoadBalancer.UpdateLoadBalancer', 'Name, tags, protection and request ids.'),
  ...full(
    'loadbalancer',
    'LoadBalancer.GetBackendHealth',
    'LoadBalancer.GetBackendSetHealth',
    'LoadBalancer.GetLoadBalancerHealth',
    'LoadBalancer.ListLoadBalancerHealths',
  ),

  ...full(
    'networkloadbalancer',
    'NetworkLoadBalancer.ListNetworkLoadBalancers',
    'NetworkLoadBalancer.GetNetworkLoadBalancer',
    'NetworkLoadBalancer.DeleteNetworkLoadBalancer',
    'NetworkLoadBalancer.ListBackendSets',
    'NetworkLoadBalancer.GetBackendSet',
    'NetworkLoadBalancer.ListBackends',
    'NetworkLoadBalancer.GetBackend',
    'NetworkLoadBalancer.UpdateBackend',
    'NetworkLoadBalancer.DeleteBackend',
    'NetworkLoadBalancer.GetHealthChecker',
    'NetworkLoadBalancer.UpdateHealthChecker',
    'NetworkLoadBalancer.ListListeners',
    'NetworkLoadBalancer.GetListener',
    'NetworkLoadBalancer.DeleteListener',
    'NetworkLoadBalancer.ListNetworkLoadBalancersPolicies',
    'NetworkLoadBalancer.ListNetworkLoadBalancersProtocols',
  ),
  partial(
    'networkloadbalancer',
    'NetworkLoadBalancer.CreateNetworkLoadBalancer',
    'IPv4 only; no reserved addresses or security attributes. Security groups are kept; nothing comes of them.',
  ),
  partial(
    'networkloadbalancer',
    'NetworkLoadBalancer.UpdateNetworkLoadBalancer',
    'Name, tags and what it preserves.',
  ),
  ...[
    'CreateBackendSet',
    'UpdateBackendSet',
    'DeleteBackendSet',
    'CreateBackend',
    'CreateListener',
    'UpdateListener',
  ].map((name) =>
    partial(
      'networkloadbalancer',
      `NetworkLoadBalancer.${name}`,
      'What cannot be is refused at once; documents do not say whether the work request tells it.',
    ),
  ),
  ...[
    'GetBackendHealth',
    'GetBackendSetHealth',
    'GetNetworkLoadBalancerHealth',
    'ListNetworkLoadBalancerHealths',
    'GetBackendOperationalStatus',
  ].map((name) =>
    partial(
      'networkloadbalancer',
      `NetworkLoadBalancer.${name}`,
      'A backend is OK when the resource that has its address is up; nothing is really called.',
    ),
  ),

  ...full(
    'containerinstances',
    'ContainerInstance.GetContainerInstance',
    'ContainerInstance.ListContainerInstances',
    'ContainerInstance.StartContainerInstance',
    'ContainerInstance.StopContainerInstance',
    'ContainerInstance.RestartContainerInstance',
    'ContainerInstance.DeleteContainerInstance',
    'ContainerInstance.UpdateContainerInstance',
    'ContainerInstance.GetContainer',
    'ContainerInstance.ListContainers',
    'ContainerInstance.UpdateContainer',
    'ContainerInstance.RetrieveLogs',
    'ContainerInstance.ListContainerInstanceShapes',
    'ContainerInstance.GetWorkRequest',
    'ContainerInstance.ListWorkRequests',
    'ContainerInstance.ListWorkRequestLogs',
    'ContainerInstance.ListWorkRequestErrors',
  ),
  partial(
    'containerinstances',
    'ContainerInstance.CreateContainerInstance',
    'Volumes, DNS, pull secrets and security contexts are kept and given back; nothing comes of them.',
  ),

  ...full(
    'database',
    'Database.ListAutonomousDatabases',
    'Database.StartAutonomousDatabase',
    'Database.StopAutonomousDatabase',
    'Database.DeleteAutonomousDatabase',
  ),
  partial('database', 'Database.GetAutonomousDatabase', 'Serverless or dedicated, without Data Guard.'),
  partial('database', 'Database.RestartAutonomousDatabase', 'isOnlineRestart is not used.'),
  partial('database', 'Database.CreateAutonomousDatabase', 'From nothing only: no clones, backups or peers.'),
  partial('database', 'Database.UpdateAutonomousDatabase', 'Name, tags, size, autoscaling and licence.'),

  ...full(
    'database',
    'Database.ListDbSystems',
    'Database.GetDbSystem',
    'Database.GetDbNode',
    'Database.DbNodeAction',
    'Database.ListCloudVmClusters',
    'Database.GetCloudVmCluster',
  ),
  partial('database', 'Database.ListDbNodes', 'Of DB systems; VM clusters show none.'),
  partial('database', 'Database.UpdateDbSystem', 'Cores, shape, licence and tags.'),
  partial('database', 'Database.UpdateCloudVmCluster', 'Name, cores and tags.'),

  ...full(
    'mysql',
    'DbSystem.ListDbSystems',
    'DbSystem.GetDbSystem',
    'DbSystem.StartDbSystem',
    'DbSystem.StopDbSystem',
    'DbSystem.RestartDbSystem',
    'DbSystem.GetHeatWaveCluster',
    'DbSystem.StartHeatWaveCluster',
    'DbSystem.StopHeatWaveCluster',
    'WorkRequests.GetWorkRequest',
    'WorkRequests.ListWorkRequests',
    'WorkRequests.ListWorkRequestLogs',
    'WorkRequests.ListWorkRequestErrors',
  ),

  ...full(
    'psql',
    'Postgresql.ListDbSystems',
    'Postgresql.GetDbSystem',
    'Postgresql.StartDbSystem',
    'Postgresql.StopDbSystem',
    'Postgresql.GetWorkRequest',
    'Postgresql.ListWorkRequests',
    'Postgresql.ListWorkRequestLogs',
    'Postgresql.ListWorkRequestErrors',
  ),
  partial(
    'psql',
    'Postgresql.RestartDbInstanceInDbSystem',
    'The whole system is UPDATING meanwhile; NODE_REBOOT is as NORMAL.',
  ),

  ...full(
    'containerengine',
    'ContainerEngine.GetNodePool',
    'ContainerEngine.ListNodePools',
    'ContainerEngine.GetVirtualNodePool',
    'ContainerEngine.ListVirtualNodePools',
    'ContainerEngine.ListAddons',
    'ContainerEngine.GetAddon',
  ),
  partial('containerengine', 'ContainerEngine.GetCluster', 'shouldIncludeOidcConfigFile is not used.'),
  partial('containerengine', 'ContainerEngine.ListClusters', 'Sorted by name and time only.'),
  partial(
    'containerengine',
    'ContainerEngine.UpdateNodePool',
    'Name, tags and size; nodes are no instances of core.',
  ),
  ...switches('integration', 'IntegrationInstance', 'IntegrationInstance', 'IntegrationInstances'),
  ...switches('analytics', 'Analytics', 'AnalyticsInstance', 'AnalyticsInstances'),
  partial('analytics', 'Analytics.ScaleAnalyticsInstance', 'Among 2 to 8 and 10 to 12 OCPUs.'),
  ...switches('goldengate', 'GoldenGate', 'Deployment', 'Deployments'),
  partial('goldengate', 'GoldenGate.UpdateDeployment', 'Name, tags, OCPUs and autoscaling.'),
  ...switches('oda', 'Oda', 'OdaInstance', 'OdaInstances'),
  ...switches('dataintegration', 'DataIntegration', 'Workspace', 'Workspaces'),
  ...switches('visualbuilder', 'VbInstance', 'VbInstance', 'VbInstances'),
  ...keepers.flatMap(([service, client]) => work(service, client)),

  ...full(
    'autoscaling',
    'AutoScaling.GetAutoScalingConfiguration',
    'AutoScaling.ListAutoScalingConfigurations',
    'AutoScaling.DeleteAutoScalingConfiguration',
  ),
  partial(
    'autoscaling',
    'AutoScaling.CreateAutoScalingConfiguration',
    'Policies are kept as they are sent; nothing scales by them.',
  ),
  partial('autoscaling', 'AutoScaling.UpdateAutoScalingConfiguration', 'Name, tags, cool-down, enabled.'),
  ...full('resourcescheduler', 'Schedule.GetSchedule', 'Schedule.ListSchedules'),
  ...['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule', 'ActivateSchedule', 'DeactivateSchedule'].map(
    (name) =>
      partial(
        'resourcescheduler',
        `Schedule.${name}`,
        'At once: its work request is done when it begins; schedules never run.',
      ),
  ),
  partial(
    'usageapi',
    'Usageapi.RequestSummarizedUsages',
    'HOURLY and DAILY cost by resourceId, from list prices and from what runs now, not from what ran then; filter and tags are ignored.',
  ),

  ...full(
    'artifacts',
    'Artifacts.ListContainerRepositories',
    'Artifacts.GetContainerRepository',
    'Artifacts.ListContainerImages',
    'Artifacts.GetContainerConfiguration',
  ),
  ...['GetContainerImage', 'LookupContainerImageByUri'].map((name) =>
    partial('artifacts', `Artifacts.${name}`, 'Layers are made up; nothing counts as a pull.'),
  ),

  partial(
    'monitoring',
    'Monitoring.SummarizeMetricsData',
    'A fortnight is kept; limits on the size of an answer are not. Documents are silent on what a comparison answers: 1 or 0.',
  ),
  ...full('monitoring', 'Monitoring.ListMetrics'),
  partial(
    'monitoring',
    'Monitoring.PostMetricData',
    'Here at the endpoint of the queries, there at telemetry-ingestion; no compressed bodies; at once, without the minutes that the real one needs.',
  ),

  ...['ListServices', 'ListLimitDefinitions', 'ListLimitValues', 'GetResourceAvailability'].map((name) =>
    partial(
      'limits',
      `Limits.${name}`,
      'Of container instances and load balancers; Oracle documents no names for those of the former.',
    ),
  ),

  ...['GetSecretBundle', 'GetSecretBundleByName', 'ListSecretBundleVersions'].map((name) =>
    partial('secrets', `Secrets.${name}`, 'As the seed has them; no names of versions, no expiry.'),
  ),

  ...workNames.map(
    (name): Coverage => ({
      operation: `WorkRequest.${name}`,
      services: ['workrequests', 'core', 'database'],
      support: 'full',
      notes: 'The real ones share the host iaas with core; here they answer there and below database too.',
    }),
  ),
];
