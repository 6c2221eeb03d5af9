import type { ContainerInstance, LoadBalancer, Resource } from './resources/resources.ts';

export type Scope = 'AD' | 'REGION';

type Containers = Pick<ContainerInstance, 'type' | 'lifecycleState' | 'shape' | 'ocpus' | 'memoryInGBs'>;
type Balancers = Pick<LoadBalancer, 'type' | 'lifecycleState' | 'shapeName' | 'shapeDetails'>;

/** What is there, or what is to be made as far as limits look at it. */
export type Measured = Containers | Balancers | Exclude<Resource, ContainerInstance | LoadBalancer>;

export interface LimitDefinition {
  readonly service: string;
  readonly name: string;
  readonly description: string;
  readonly scope: Scope;
  /** Where the seed says nothing: more than any test makes. */
  readonly usual: number;
  /** What of it one resource takes. */
  measure(resource: Measured): number;
}

/** Those that are stopped count too. */
const over = new Set(['DELETED', 'TERMINATED', 'FAILED']);

/**
 * Names of load balancers' limits are as a tenancy lists them. Oracle documents no names for container instances:
 * here they have those of Compute for the same processors, and the bot finds them by looking, not by name.
 */
export const limitDefinitions: readonly LimitDefinition[] = [
  ...['E3', 'E4', 'A1'].flatMap((family) => [
    ofContainers(family, 'core', 'OCPUs', 5_000, ({ ocpus }) => ocpus),
    ofContainers(family, 'memory', 'GB of memory', 80_000, ({ memoryInGBs }) => memoryInGBs),
  ]),
  ofBalancers('lb-flexible-count', 'Flexible load balancers', 5_000, ({ shapeDetails }) =>
    shapeDetails ? 1 : 0,
  ),
  ofBalancers(
    'lb-flexible-bandwidth-sum',
    'Mbps of all flexible load balancers together',
    1_000_000,
    ({ shapeDetails }) => shapeDetails?.maximumBandwidthInMbps ?? 0,
  ),
  ...['10Mbps-Micro', '10Mbps', '100Mbps', '400Mbps', '8000Mbps'].map((shape) =>
    ofBalancers(`lb-${shape.toLowerCase()}-count`, `${shape} load balancers`, 300, ({ shapeName }) =>
      shapeName === shape ? 1 : 0,
    ),
  ),
  {
    service: 'network-load-balancer-api',
    name: 'max-nlb-flexible-count',
    description: 'Network load balancers',
    scope: 'REGION',
    usual: 5_000,
    measure: ({ type, lifecycleState }) =>
      type === 'NetworkLoadBalancer' && !over.has(lifecycleState) ? 1 : 0,
  },
];

function ofContainers(
  family: string,
  what: string,
  words: string,
  usual: number,
  measure: (resource: Containers) => number,
): LimitDefinition {
  return {
    service: 'container-instances',
    name: `standard-${family.toLowerCase()}-${what}-count`,
    description: `${words} of CI.Standard.${family}.Flex container instances`,
    scope: 'AD',
    usual,
    measure: (resource) =>
      resource.type === 'ContainerInstance' &&
      resource.shape === `CI.Standard.${family}.Flex` &&
      !over.has(resource.lifecycleState)
        ? measure(resource)
        : 0,
  };
}

function ofBalancers(
  name: string,
  description: string,
  usual: number,
  measure: (resource: Balancers) => number,
): LimitDefinition {
  return {
    service: 'load-balancer',
    name,
    description,
    scope: 'REGION',
    usual,
    measure: (resource) =>
      resource.type === 'LoadBalancer' && !over.has(resource.lifecycleState) ? measure(resource) : 0,
  };
}
