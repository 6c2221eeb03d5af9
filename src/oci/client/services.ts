import type { AnalyticsClient } from 'oci-analytics';
import type { ArtifactsClient } from 'oci-artifacts';
import type { AutoScalingClient } from 'oci-autoscaling';
import type { ContainerEngineClient } from 'oci-containerengine';
import type { ContainerInstanceClient } from 'oci-containerinstances';
import type { ComputeClient, ComputeManagementClient, VirtualNetworkClient } from 'oci-core';
import type { DatabaseClient } from 'oci-database';
import type { DataIntegrationClient } from 'oci-dataintegration';
import type { GoldenGateClient } from 'oci-goldengate';
import type { IdentityClient } from 'oci-identity';
import type { IntegrationInstanceClient } from 'oci-integration';
import type { LimitsClient } from 'oci-limits';
import type { LoadBalancerClient } from 'oci-loadbalancer';
import type { MonitoringClient } from 'oci-monitoring';
import type { DbSystemClient, WorkRequestsClient } from 'oci-mysql';
import type { NetworkLoadBalancerClient } from 'oci-networkloadbalancer';
import type { OdaClient } from 'oci-oda';
import type { PostgresqlClient } from 'oci-psql';
import type { ScheduleClient } from 'oci-resourcescheduler';
import type { ResourceSearchClient } from 'oci-resourcesearch';
import type { SecretsClient } from 'oci-secrets';
import type { UsageapiClient } from 'oci-usageapi';
import type { VbInstanceClient } from 'oci-visualbuilder';
import type { WorkRequestClient } from 'oci-workrequests';
import { type Connection, Service } from './service.ts';

/** The services that the bot calls. A package is loaded when its first call is made. */
export interface Services {
  readonly compute: Service<ComputeClient>;
  readonly management: Service<ComputeManagementClient>;
  readonly network: Service<VirtualNetworkClient>;
  readonly loadBalancers: Service<LoadBalancerClient>;
  readonly networkLoadBalancers: Service<NetworkLoadBalancerClient>;
  readonly containers: Service<ContainerInstanceClient>;
  readonly database: Service<DatabaseClient>;
  readonly mysql: Service<DbSystemClient>;
  readonly mysqlWork: Service<WorkRequestsClient>;
  readonly postgres: Service<PostgresqlClient>;
  readonly oke: Service<ContainerEngineClient>;
  readonly integration: Service<IntegrationInstanceClient>;
  readonly analytics: Service<AnalyticsClient>;
  readonly goldengate: Service<GoldenGateClient>;
  readonly assistants: Service<OdaClient>;
  readonly dataIntegration: Service<DataIntegrationClient>;
  readonly visualBuilder: Service<VbInstanceClient>;
  readonly identity: Service<IdentityClient>;
  readonly search: Service<ResourceSearchClient>;
  readonly workRequests: Service<WorkRequestClient>;
  readonly autoScaling: Service<AutoScalingClient>;
  readonly scheduler: Service<ScheduleClient>;
  readonly usage: Service<UsageapiClient>;
  readonly artifacts: Service<ArtifactsClient>;
  readonly monitoring: Service<MonitoringClient>;
  readonly limits: Service<LimitsClient>;
  readonly secrets: Service<SecretsClient>;
}

export function servicesOver(connection: Connection): Services {
  const at = connection;
  return {
    compute: new Service(at, 'Compute', 'core', async () => (await import('oci-core')).ComputeClient),
    management: new Service(
      at,
      'ComputeManagement',
      'core',
      async () => (await import('oci-core')).ComputeManagementClient,
    ),
    loadBalancers: new Service(
      at,
      'LoadBalancer',
      'loadbalancer',
      async () => (await import('oci-loadbalancer')).LoadBalancerClient,
    ),
    networkLoadBalancers: new Service(
      at,
      'NetworkLoadBalancer',
      'networkloadbalancer',
      async () => (await import('oci-networkloadbalancer')).NetworkLoadBalancerClient,
    ),
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
    mysql: new Service(at, 'DbSystem', 'mysql', async () => (await import('oci-mysql')).DbSystemClient),
    mysqlWork: new Service(
      at,
      'WorkRequests',
      'mysql',
      async () => (await import('oci-mysql')).WorkRequestsClient,
    ),
    postgres: new Service(at, 'Postgresql', 'psql', async () => (await import('oci-psql')).PostgresqlClient),
    oke: new Service(
      at,
      'ContainerEngine',
      'containerengine',
      async () => (await import('oci-containerengine')).ContainerEngineClient,
    ),
    integration: new Service(
      at,
      'IntegrationInstance',
      'integration',
      async () => (await import('oci-integration')).IntegrationInstanceClient,
    ),
    analytics: new Service(
      at,
      'Analytics',
      'analytics',
      async () => (await import('oci-analytics')).AnalyticsClient,
    ),
    goldengate: new Service(
      at,
      'GoldenGate',
      'goldengate',
      async () => (await import('oci-goldengate')).GoldenGateClient,
    ),
    assistants: new Service(at, 'Oda', 'oda', async () => (await import('oci-oda')).OdaClient),
    dataIntegration: new Service(
      at,
      'DataIntegration',
      'dataintegration',
      async () => (await import('oci-dataintegration')).DataIntegrationClient,
    ),
    visualBuilder: new Service(
      at,
      'VbInstance',
      'visualbuilder',
      async () => (await import('oci-visualbuilder')).VbInstanceClient,
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
    artifacts: new Service(
      at,
      'Artifacts',
      'artifacts',
      async () => (await import('oci-artifacts')).ArtifactsClient,
    ),
    monitoring: new Service(
      at,
      'Monitoring',
      'monitoring',
      async () => (await import('oci-monitoring')).MonitoringClient,
    ),
    limits: new Service(at, 'Limits', 'limits', async () => (await import('oci-limits')).LimitsClient),
    secrets: new Service(at, 'Secrets', 'secrets', async () => (await import('oci-secrets')).SecretsClient),
  };
}
