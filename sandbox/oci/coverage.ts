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
    'From an image, with one VNIC; any image OCID and shape is taken.',
  ),
  partial('core', 'Compute.UpdateInstance', 'Name, tags, metadata, shape and its size.'),
  ...full(
    'core',
    'Compute.ListVnicAttachments',
    'VirtualNetwork.GetVnic',
    'VirtualNetwork.GetVcn',
    'VirtualNetwork.ListVcns',
  ),
  partial('core', 'VirtualNetwork.GetSubnet', 'No security lists.'),
  partial('core', 'VirtualNetwork.ListSubnets', 'No security lists.'),

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
    'No volumes, DNS, pull secrets or security contexts.',
  ),

  ...full(
    'database',
    'Database.ListAutonomousDatabases',
    'Database.StartAutonomousDatabase',
    'Database.StopAutonomousDatabase',
    'Database.DeleteAutonomousDatabase',
  ),
  partial('database', 'Database.GetAutonomousDatabase', 'Serverless, ECPU, without Data Guard.'),
  partial('database', 'Database.RestartAutonomousDatabase', 'isOnlineRestart is not used.'),
  partial('database', 'Database.CreateAutonomousDatabase', 'From nothing only: no clones, backups or peers.'),
  partial('database', 'Database.UpdateAutonomousDatabase', 'Name, tags, size, autoscaling and licence.'),

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
        'At once, without a work request; schedules never run.',
      ),
  ),
  partial(
    'usageapi',
    'Usageapi.RequestSummarizedUsages',
    'HOURLY and DAILY cost by resourceId, from list prices and from what runs now, not from what ran then; filter and tags are ignored.',
  ),

  ...['GetWorkRequest', 'ListWorkRequests', 'ListWorkRequestLogs', 'ListWorkRequestErrors'].map(
    (name): Coverage => ({
      operation: `WorkRequest.${name}`,
      services: ['workrequests', 'core', 'database'],
      support: 'full',
      notes: 'The real ones share the host iaas with core; here they answer there and below database too.',
    }),
  ),
];
