import type { AutoScalingClient } from 'oci-autoscaling';
import type { ContainerInstanceClient } from 'oci-containerinstances';
import type { ComputeClient, VirtualNetworkClient } from 'oci-core';
import type { DatabaseClient } from 'oci-database';
import type { IdentityClient } from 'oci-identity';
import type { ScheduleClient } from 'oci-resourcescheduler';
import type { ResourceSearchClient } from 'oci-resourcesearch';
import type { UsageapiClient } from 'oci-usageapi';
import type { WorkRequestClient } from 'oci-workrequests';
import { type Connection, Service } from './service.ts';

/** The services that the bot calls. A package is loaded when its first call is made. */
export interface Services {
  readonly compute: Service<ComputeClient>;
  readonly network: Service<VirtualNetworkClient>;
  readonly containers: Service<ContainerInstanceClient>;
  readonly database: Service<DatabaseClient>;
  readonly identity: Service<IdentityClient>;
  readonly search: Service<ResourceSearchClient>;
  readonly workRequests: Service<WorkRequestClient>;
  readonly autoScaling: Service<AutoScalingClient>;
  readonly scheduler: Service<ScheduleClient>;
  readonly usage: Service<UsageapiClient>;
}

export function servicesOver(connection: Connection): Services {
  const at = connection;
  return {
    compute: new Service(at, 'Compute', 'core', async () => (await import('oci-core')).ComputeClient),
    network: new Service(
      at,
      'VirtualNetwork',
      'core',
      async () => (await import('oci-core')).VirtualNetworkClient,
    ),
    containers: new Service(
      at,
      'ContainerInstance',
      'containerinstances',
      async () => (await import('oci-containerinstances')).ContainerInstanceClient,
    ),
    database: new Service(
      at,
      'Database',
      'database',
      async () => (await import('oci-database')).DatabaseClient,
    ),
    identity: new Service(
      at,
      'Identity',
      'identity',
      async () => (await import('oci-identity')).IdentityClient,
    ),
    search: new Service(
      at,
      'ResourceSearch',
      'resourcesearch',
      async () => (await import('oci-resourcesearch')).ResourceSearchClient,
    ),
    workRequests: new Service(
      at,
      'WorkRequest',
      'workrequests',
      async () => (await import('oci-workrequests')).WorkRequestClient,
    ),
    autoScaling: new Service(
      at,
      'AutoScaling',
      'autoscaling',
      async () => (await import('oci-autoscaling')).AutoScalingClient,
    ),
    scheduler: new Service(
      at,
      'Schedule',
      'resourcescheduler',
      async () => (await import('oci-resourcescheduler')).ScheduleClient,
    ),
    usage: new Service(at, 'Usageapi', 'usageapi', async () => (await import('oci-usageapi')).UsageapiClient),
  };
}
