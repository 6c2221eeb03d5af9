import type { Call } from './call.ts';
import { type OcidType, ocid } from './ids.ts';
import type { Phase } from './resources/common.ts';
import type { Resource, WorkRequest, WorkService } from './resources/resources.ts';

/** States on the way, each with how long it lasts, then the last one. */
export interface Course {
  readonly through: readonly { readonly state: string; readonly for: number }[];
  readonly to: string;
  /** What the last state says of itself. */
  readonly details?: string;
  /** Where a failure ends; without it, the state in which it began. */
  readonly onFailure?: string;
  /** Fields that change on arrival, or when it comes back. */
  readonly patch?: Phase['patch'];
  readonly failurePatch?: Phase['patch'];
}

/**
 * Sends the resource on its way. A stuck one stays in its first state; one that fails comes back to
 * where it was. Answers when it arrives.
 */
export function send(call: Call, resource: Resource, course: Course): number | undefined {
  const { now, twist } = call;
  const [first] = course.through;
  const from = resource.lifecycleState;
  const phases: Phase[] = [];
  let at = now;
  for (const [index, { for: lasts }] of course.through.entries()) {
    at += lasts;
    const next = course.through[index + 1];
    phases.push({
      at,
      state: next?.state ?? course.to,
      ...(!next && course.patch && { patch: course.patch }),
      ...(!next && course.details && { details: course.details }),
    });
  }
  if (!first) {
    call.store.move(resource, course.to, []);
    return now;
  }
  if (twist.stuck) {
    call.store.move(resource, first.state, []);
    return undefined;
  }
  const failure: Phase = {
    at,
    state: course.onFailure ?? from,
    details: twist.fails?.message ?? '',
    ...(course.failurePatch && { patch: course.failurePatch }),
  };
  call.store.move(resource, first.state, twist.fails ? [failure] : phases);
  return at;
}

const entityTypes = {
  Instance: { entityType: 'instance', path: 'instances' },
  LoadBalancer: { entityType: 'loadBalancer', path: 'loadBalancers' },
  NetworkLoadBalancer: { entityType: 'networkLoadBalancer', path: 'networkLoadBalancers' },
  ContainerInstance: { entityType: 'containerInstance', path: 'containerInstances' },
  Container: { entityType: 'container', path: 'containers' },
  AutonomousDatabase: { entityType: 'autonomousDatabase', path: 'autonomousDatabases' },
  DbSystem: { entityType: 'dbSystem', path: 'dbSystems' },
  DbNode: { entityType: 'dbNode', path: 'dbNodes' },
  CloudVmCluster: { entityType: 'cloudVmCluster', path: 'cloudVmClusters' },
  MysqlDbSystem: { entityType: 'mysqldbsystem', path: 'dbSystems' },
  PostgresqlDbSystem: { entityType: 'postgresqldbsystem', path: 'dbSystems' },
  IntegrationInstance: { entityType: 'integrationinstance', path: 'integrationInstances' },
  AnalyticsInstance: { entityType: 'analyticsinstance', path: 'analyticsInstances' },
  GoldenGateDeployment: { entityType: 'goldengatedeployment', path: 'deployments' },
  OdaInstance: { entityType: 'odainstance', path: 'odaInstances' },
  DISWorkspace: { entityType: 'disworkspace', path: 'workspaces' },
  VisualBuilderInstance: { entityType: 'visualbuilderinstance', path: 'vbInstances' },
  ResourceSchedule: { entityType: 'schedule', path: 'schedules' },
  NodePool: { entityType: 'nodepool', path: 'nodePools' },
} as const;

const ocidTypes: Readonly<Record<WorkService, OcidType>> = {
  core: 'coreservicesworkrequest',
  database: 'coreservicesworkrequest',
  containerinstances: 'computecontainerworkrequest',
  loadbalancer: 'loadbalancerworkrequest',
  mysql: 'mysqlworkrequest',
  psql: 'postgresqlworkrequest',
  containerengine: 'clustersworkrequest',
  integration: 'integrationworkrequest',
  analytics: 'analyticsworkrequest',
  goldengate: 'goldengateworkrequest',
  oda: 'odaworkrequest',
  dataintegration: 'disworkrequest',
  visualbuilder: 'visualbuilderworkrequest',
  networkloadbalancer: 'networkloadbalancerworkrequest',
  resourcescheduler: 'resourceschedulerworkrequest',
};

/** Opens the work request of a change that `finished` says the end of; answers its header. */
export function openWork(
  call: Call,
  work: {
    service: WorkService;
    operationType: string;
    actionType: WorkRequest['resources'][number]['actionType'];
    resource: Resource & { type: keyof typeof entityTypes };
    finished: number | undefined;
    /** Why it comes to nothing by itself. */
    failure?: { readonly code: string; readonly message: string };
  },
): Record<string, string> {
  const { service, operationType, actionType, resource, finished, failure = call.twist.fails } = work;
  const { store, region, now, times } = call;
  const id = ocid(ocidTypes[service], region, resource.ocid, store.next());
  const { entityType, path } = entityTypes[resource.type];
  store.addWork({
    id,
    service,
    region,
    compartmentId: resource.compartmentId,
    operationType,
    resources: [
      {
        entityType,
        actionType,
        identifier: resource.ocid,
        entityUri: `/${path}/${resource.ocid}`,
      },
    ],
    accepted: now,
    started: Math.min(now + times.workRequestAccept, finished ?? Number.MAX_SAFE_INTEGER),
    ...(finished !== undefined && { finished }),
    ...(failure && { failure }),
  });
  return { 'opc-work-request-id': id };
}
