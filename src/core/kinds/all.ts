import { analytics } from './analytics.ts';
import { autonomousDatabase } from './autonomous-database.ts';
import { containerInstance } from './container-instance.ts';
import { dataIntegration } from './data-integration.ts';
import { dbSystem } from './db-system.ts';
import { digitalAssistant } from './digital-assistant.ts';
import type { KindFacts } from './facts.ts';
import { goldengate } from './goldengate.ts';
import { instance } from './instance.ts';
import { instancePool } from './instance-pool.ts';
import { integration } from './integration.ts';
import { loadBalancer } from './load-balancer.ts';
import { mysql } from './mysql.ts';
import { networkLoadBalancer } from './network-load-balancer.ts';
import { nodePool } from './node-pool.ts';
import { okeCluster } from './oke-cluster.ts';
import { postgresql } from './postgresql.ts';
import { visualBuilder } from './visual-builder.ts';
import { vmCluster } from './vm-cluster.ts';

/** Every kind of resource that a selector can find, by its name. The adapters in src/oci/ are keyed by these. */
export const kinds = {
  instance,
  'container-instance': containerInstance,
  'autonomous-database': autonomousDatabase,
  'db-system': dbSystem,
  'vm-cluster': vmCluster,
  mysql,
  postgresql,
  'instance-pool': instancePool,
  'load-balancer': loadBalancer,
  'network-load-balancer': networkLoadBalancer,
  'node-pool': nodePool,
  'oke-cluster': okeCluster,
  integration,
  analytics,
  goldengate,
  'digital-assistant': digitalAssistant,
  'data-integration': dataIntegration,
  'visual-builder': visualBuilder,
} as const satisfies Record<string, KindFacts>;

export type Kind = keyof typeof kinds;

export function factsOf(kind: Kind): KindFacts {
  return kinds[kind];
}
