import { AnalyticsClient } from 'oci-analytics';
import { ArtifactsClient } from 'oci-artifacts';
import { AutoScalingClient } from 'oci-autoscaling';
import { ContainerEngineClient } from 'oci-containerengine';
import { ContainerInstanceClient } from 'oci-containerinstances';
import { ComputeClient, ComputeManagementClient, VirtualNetworkClient } from 'oci-core';
import { DatabaseClient } from 'oci-database';
import { DataIntegrationClient } from 'oci-dataintegration';
import { GoldenGateClient } from 'oci-goldengate';
import { IdentityClient } from 'oci-identity';
import { IntegrationInstanceClient } from 'oci-integration';
import { LimitsClient } from 'oci-limits';
import { LoadBalancerClient } from 'oci-loadbalancer';
import { MonitoringClient } from 'oci-monitoring';
import { DbSystemClient, WorkRequestsClient } from 'oci-mysql';
import { NetworkLoadBalancerClient } from 'oci-networkloadbalancer';
import { OdaClient } from 'oci-oda';
import { PostgresqlClient } from 'oci-psql';
import { ScheduleClient } from 'oci-resourcescheduler';
import { ResourceSearchClient } from 'oci-resourcesearch';
import { SecretsClient } from 'oci-secrets';
import { UsageapiClient } from 'oci-usageapi';
import { VbInstanceClient } from 'oci-visualbuilder';
import { WorkRequestClient } from 'oci-workrequests';
import { describe, expect, it } from 'vitest';
import { coverage } from '../../../sandbox/oci/coverage.ts';
import { routes } from '../../../sandbox/oci/routes.ts';

const sdk: Readonly<Record<string, object>> = {
  Analytics: AnalyticsClient.prototype,
  Artifacts: ArtifactsClient.prototype,
  AutoScaling: AutoScalingClient.prototype,
  Compute: ComputeClient.prototype,
  ComputeManagement: ComputeManagementClient.prototype,
  ContainerInstance: ContainerInstanceClient.prototype,
  Database: DatabaseClient.prototype,
  DbSystem: DbSystemClient.prototype,
  Identity: IdentityClient.prototype,
  Postgresql: PostgresqlClient.prototype,
  Limits: LimitsClient.prototype,
  LoadBalancer: LoadBalancerClient.prototype,
  ContainerEngine: ContainerEngineClient.prototype,
  DataIntegration: DataIntegrationClient.prototype,
  GoldenGate: GoldenGateClient.prototype,
  IntegrationInstance: IntegrationInstanceClient.prototype,
  Monitoring: MonitoringClient.prototype,
  NetworkLoadBalancer: NetworkLoadBalancerClient.prototype,
  Oda: OdaClient.prototype,
  ResourceSearch: ResourceSearchClient.prototype,
  VbInstance: VbInstanceClient.prototype,
  Schedule: ScheduleClient.prototype,
  Secrets: SecretsClient.prototype,
  Usageapi: UsageapiClient.prototype,
  VirtualNetwork: VirtualNetworkClient.prototype,
  WorkRequest: WorkRequestClient.prototype,
  WorkRequests: WorkRequestsClient.prototype,
};

/** The source of the SDK's method, where it says what it sends and where. */
function source(operation: string): string {
  const [client = '', name = ''] = operation.split('.');
  const method: unknown = Object.entries(Object.getOwnPropertyDescriptors(sdk[client] ?? {})).find(
    ([each]) => each === name.charAt(0).toLowerCase() + name.slice(1),
  )?.[1].value;
  return String(method);
}

describe('the coverage table', () => {
  it('has every route, and every entry has its routes', () => {
    const served = routes.map(({ operation, service }) => `${operation} at ${service}`).sort();
    const declared = coverage.flatMap(({ operation, services }) =>
      services.map((each) => `${operation} at ${each}`),
    );
    expect(declared.sort()).toEqual(served);
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('says what is missing wherever support is partial', () => {
    expect(coverage.filter(({ support, notes }) => support === 'partial' && !notes)).toEqual([]);
  });

  it.each(routes)(
    '$operation is at the path, method and version that the SDK calls',
    ({ operation, method, path }) => {
      const text = source(operation);
      expect(text).toContain(`path: "${path}"`);
      expect(text).toContain(`method: "${method}"`);
    },
  );

  it.each(routes)(
    '$operation takes a retry token exactly if the SDK sends one',
    ({ operation, retryToken }) => {
      expect(source(operation).includes('"opc-retry-token"')).toBe(retryToken ?? false);
    },
  );
});
