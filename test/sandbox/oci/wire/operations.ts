import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

import { packageRoot } from '../../../../sandbox/root.ts';
import { interfaceIn } from './types.ts';

const clients: Readonly<Record<string, readonly [name: string, prototype: object]>> = {
  Analytics: ['oci-analytics', AnalyticsClient.prototype],
  Artifacts: ['oci-artifacts', ArtifactsClient.prototype],
  AutoScaling: ['oci-autoscaling', AutoScalingClient.prototype],
  Compute: ['oci-core', ComputeClient.prototype],
  ComputeManagement: ['oci-core', ComputeManagementClient.prototype],
  ContainerEngine: ['oci-containerengine', ContainerEngineClient.prototype],
  ContainerInstance: ['oci-containerinstances', ContainerInstanceClient.prototype],
  DataIntegration: ['oci-dataintegration', DataIntegrationClient.prototype],
  Database: ['oci-database', DatabaseClient.prototype],
  DbSystem: ['oci-mysql', DbSystemClient.prototype],
  GoldenGate: ['oci-goldengate', GoldenGateClient.prototype],
  Identity: ['oci-identity', IdentityClient.prototype],
  IntegrationInstance: ['oci-integration', IntegrationInstanceClient.prototype],
  Limits: ['oci-limits', LimitsClient.prototype],
  LoadBalancer: ['oci-loadbalancer', LoadBalancerClient.prototype],
  Monitoring: ['oci-monitoring', MonitoringClient.prototype],
  NetworkLoadBalancer: ['oci-networkloadbalancer', NetworkLoadBalancerClient.prototype],
  Oda: ['oci-oda', OdaClient.prototype],
  Postgresql: ['oci-psql', PostgresqlClient.prototype],
  ResourceSearch: ['oci-resourcesearch', ResourceSearchClient.prototype],
  Schedule: ['oci-resourcescheduler', ScheduleClient.prototype],
  Secrets: ['oci-secrets', SecretsClient.prototype],
  Usageapi: ['oci-usageapi', UsageapiClient.prototype],
  VbInstance: ['oci-visualbuilder', VbInstanceClient.prototype],
  VirtualNetwork: ['oci-core', VirtualNetworkClient.prototype],
  WorkRequest: ['oci-workrequests', WorkRequestClient.prototype],
  WorkRequests: ['oci-mysql', WorkRequestsClient.prototype],
};

/** What the SDK's client takes the answer of an operation for. */
export interface Operation {
  /** The SDK's package: `oci-core`. */
  readonly package: string;
  /** As its typings write it; absent where the answer has no body. */
  readonly type?: string;
  /** The model of the body that it sends, if it sends one. */
  readonly body?: string;
  /** The queries that it cannot do without. */
  readonly queries: readonly string[];
  /** Names of headers that it reads, in lower case. */
  readonly headers: readonly string[];
  /** The SDK's method, which says what it sends and where. */
  readonly source: string;
}

/** @param name the SDK's client without "Client", and the method with a capital: `Compute.InstanceAction` */
export function operationOf(name: string): Operation {
  const [family = '', method = ''] = name.split('.');
  const [of, prototype] = clients[family] ?? ['', {}];
  const key = method.charAt(0).toLowerCase() + method.slice(1);
  const source = String(Object.getOwnPropertyDescriptor(prototype, key)?.value);
  const [, answer = ''] = source.split('composeResponse(');
  const [, type] = /type: "([^"]+)"/.exec(answer) ?? [];
  const isText = /body: yield response\.text\(\)|body: response\.body,/.test(answer);
  const headers = [...answer.matchAll(/headers\.get\("([^"]+)"\)/g)].map(([, header = '']) =>
    header.toLowerCase(),
  );
  const known = type ?? (isText ? 'string' : undefined);
  const [, body] = /ObjectSerializer\.serialize\([\w.]+, "(\w+)"/.exec(source) ?? [];
  return {
    package: of,
    ...(known !== undefined && { type: known }),
    ...(body !== undefined && { body }),
    queries: queriesOf(of, method, source),
    headers,
    source,
  };
}

/** By the typings of the request, those of its needed fields that the method puts into the query. */
function queriesOf(of: string, method: string, source: string): string[] {
  const [, sent = ''] = /const queryParams = \{([^}]*)\}/.exec(source) ?? [];
  const file = method.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const path = join(packageRoot, 'node_modules', of, 'lib/request', `${file}-request.d.ts`);
  const { fields } = interfaceIn(readFileSync(path, 'utf8'), `${method}Request`);
  return fields
    .filter(({ name, optional }) => !optional && sent.includes(`"${name}":`))
    .map(({ name }) => name);
}
