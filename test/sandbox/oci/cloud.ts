import { join } from 'node:path';
import { AnalyticsClient } from 'oci-analytics';
import { ArtifactsClient } from 'oci-artifacts';
import { AutoScalingClient } from 'oci-autoscaling';
import { NoRetryConfigurationDetails, Region, SimpleAuthenticationDetailsProvider } from 'oci-common';
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
import { SandboxClock } from '../../../sandbox/clock.ts';
import {
  type OciOptions,
  type OciSandbox,
  readSeed,
  type Seed,
  startOci,
} from '../../../sandbox/oci/server.ts';
import { packageRoot } from '../../../sandbox/root.ts';

// The SDK writes a warning for every refusal, and refusals are what these tests are made of.
console.warn = () => {};

export const seed: Seed = readSeed(join(packageRoot, 'sandbox/seed.yml'));

/** One key for all tests of this process: making one takes longer than most of them. */
let state: unknown;

export interface Cloud extends OciSandbox {
  readonly clock: SandboxClock;
}

/** A fresh cloud on a free port, grown from the default seed unless told otherwise. */
export async function bootOci(options: Partial<OciOptions> = {}): Promise<Cloud> {
  const clock = new SandboxClock();
  const known = options.seed ? undefined : state;
  const cloud = await startOci({ clock, seed, ...(known !== undefined && { state: known }), ...options });
  if (!options.seed) state ??= cloud.snapshot();
  return { ...cloud, clock };
}

export const frankfurt = 'eu-frankfurt-1';
export const amsterdam = 'eu-amsterdam-1';

/** The endpoint of a service in a region, as a client wants it. */
export function endpoint(cloud: OciSandbox, service: string, region = frankfurt): string {
  return cloud.endpoint.replace('{region}', region).replace('{service}', service);
}

/** The real SDK's clients, signing with the cloud's key and never trying again by themselves. */
export function clients(cloud: OciSandbox, region = frankfurt) {
  const { tenancy, user, fingerprint, privateKey } = cloud.credentials;
  const parameters = {
    authenticationDetailsProvider: new SimpleAuthenticationDetailsProvider(
      tenancy,
      user,
      fingerprint,
      privateKey,
      null,
      Region.EU_FRANKFURT_1,
    ),
  };
  const configuration = { retryConfiguration: NoRetryConfigurationDetails };
  const at = <C extends { endpoint: string }>(client: C, service: string): C => {
    client.endpoint = endpoint(cloud, service, region);
    return client;
  };
  const all = {
    compute: at(new ComputeClient(parameters, configuration), 'core'),
    management: at(new ComputeManagementClient(parameters, configuration), 'core'),
    balancers: at(new LoadBalancerClient(parameters, configuration), 'loadbalancer'),
    network: at(new VirtualNetworkClient(parameters, configuration), 'core'),
    containers: at(new ContainerInstanceClient(parameters, configuration), 'containerinstances'),
    databases: at(new DatabaseClient(parameters, configuration), 'database'),
    mysql: at(new DbSystemClient(parameters, configuration), 'mysql'),
    mysqlWork: at(new WorkRequestsClient(parameters, configuration), 'mysql'),
    postgres: at(new PostgresqlClient(parameters, configuration), 'psql'),
    identity: at(new IdentityClient(parameters, configuration), 'identity'),
    oke: at(new ContainerEngineClient(parameters, configuration), 'containerengine'),
    integration: at(new IntegrationInstanceClient(parameters, configuration), 'integration'),
    analytics: at(new AnalyticsClient(parameters, configuration), 'analytics'),
    goldengate: at(new GoldenGateClient(parameters, configuration), 'goldengate'),
    oda: at(new OdaClient(parameters, configuration), 'oda'),
    dataIntegration: at(new DataIntegrationClient(parameters, configuration), 'dataintegration'),
    visualBuilder: at(new VbInstanceClient(parameters, configuration), 'visualbuilder'),
    autoScaling: at(new AutoScalingClient(parameters, configuration), 'autoscaling'),
    schedules: at(new ScheduleClient(parameters, configuration), 'resourcescheduler'),
    artifacts: at(new ArtifactsClient(parameters, configuration), 'artifacts'),
    monitoring: at(new MonitoringClient(parameters, configuration), 'monitoring'),
    limits: at(new LimitsClient(parameters, configuration), 'limits'),
    secrets: at(new SecretsClient(parameters, configuration), 'secrets'),
    networkBalancers: at(new NetworkLoadBalancerClient(parameters, configuration), 'networkloadbalancer'),
    usage: at(new UsageapiClient(parameters, configuration), 'usageapi'),
    search: at(new ResourceSearchClient(parameters, configuration), 'resourcesearch'),
  };
  const close = () => {
    for (const client of Object.values(all)) client.close();
  };
  return { ...all, close };
}

/** The OCID of the one resource of that name. */
export async function ocidOf(cloud: OciSandbox, name: string, region = frankfurt): Promise<string> {
  return (await resource(cloud, name, region)).ocid;
}

export interface Shown {
  readonly ocid: string;
  readonly name: string;
  readonly state: string;
  readonly etag: string;
  readonly compartmentId: string;
}

/** The resource as the control API shows it. */
export async function resource(cloud: OciSandbox, name: string, region = frankfurt): Promise<Shown> {
  const reply = await cloud.control.request(`/resources?name=${encodeURIComponent(name)}&region=${region}`);
  const { resources } = (await reply.json()) as { resources: Shown[] };
  const [found] = resources;
  if (!found) throw new Error(`There is no ${name} in ${region}.`);
  return found;
}

/** Arms a fault, as the control API does it. */
export async function arm(cloud: OciSandbox, fault: object): Promise<void> {
  const reply = await cloud.control.request('/faults', { method: 'POST', body: JSON.stringify(fault) });
  if (!reply.ok) throw new Error(await reply.text());
}

export interface Requested {
  readonly operation?: string;
  readonly status: number;
  readonly fault?: string;
  readonly repeated?: boolean;
  readonly requestId: string;
  readonly retryToken?: string;
  readonly resource?: string;
}

export async function requests(cloud: OciSandbox): Promise<Requested[]> {
  const reply = await cloud.control.request('/requests');
  return ((await reply.json()) as { requests: Requested[] }).requests;
}
