import type { Kind } from '../core/target.ts';
import type { Adapter } from './adapter.ts';
import { computeAdapter } from './compute.ts';
import { containerAdapter } from './containers.ts';
import { databaseAdapter } from './databases.ts';
import { dbSystemAdapter } from './db-systems.ts';
import { instancePoolAdapter } from './instance-pools.ts';
import { loadBalancerAdapter } from './load-balancers.ts';
import { mysqlAdapter } from './mysql.ts';
import { postgresAdapter } from './postgres.ts';
import type { Services } from './services.ts';
import { vmClusterAdapter } from './vm-clusters.ts';

export type Adapters = Readonly<Record<Kind, Adapter>>;

/** Every kind of resource that the bot knows. A new one is one file and one line here. */
export function adaptersOver(services: Services): Adapters {
  return {
    instance: computeAdapter(services),
    'container-instance': containerAdapter(services),
    'autonomous-database': databaseAdapter(services),
    'db-system': dbSystemAdapter(services),
    'vm-cluster': vmClusterAdapter(services),
    mysql: mysqlAdapter(services),
    postgresql: postgresAdapter(services),
    'instance-pool': instancePoolAdapter(services),
    'load-balancer': loadBalancerAdapter(services),
  };
}
