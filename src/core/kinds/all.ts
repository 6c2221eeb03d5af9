import { autonomousDatabase } from './autonomous-database.ts';
import { containerInstance } from './container-instance.ts';
import { dbSystem } from './db-system.ts';
import type { KindFacts } from './facts.ts';
import { instance } from './instance.ts';
import { instancePool } from './instance-pool.ts';
import { loadBalancer } from './load-balancer.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';
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
} as const satisfies Record<string, KindFacts>;

export type Kind = keyof typeof kinds;

export function factsOf(kind: Kind): KindFacts {
  return kinds[kind];
}
