import type { Kind } from '../core/target.ts';
import type { Adapter } from './adapter.ts';
import { analyticsAdapter } from './analytics.ts';
import type { Services } from './client/services.ts';
import { computeAdapter } from './compute.ts';
import { containerAdapter } from './containers.ts';
import { dataIntegrationAdapter } from './data-integration.ts';
import { databaseAdapter } from './databases.ts';
import { dbSystemAdapter } from './db-systems.ts';
import { assistantAdapter } from './digital-assistants.ts';
import { goldengateAdapter } from './goldengate.ts';
import { instancePoolAdapter } from './instance-pools.ts';
import { integrationAdapter } from './integrations.ts';
import { loadBalancerAdapter } from './load-balancers.ts';
import { mysqlAdapter } from './mysql.ts';
import { networkLoadBalancerAdapter } from './network-load-balancers.ts';
import { clusterAdapter } from './oke/clusters.ts';
import { nodePoolAdapter } from './oke/node-pools.ts';
import { postgresAdapter } from './postgres.ts';
import { visualBuilderAdapter } from './visual-builders.ts';
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
    'network-load-balancer': networkLoadBalancerAdapter(services),
    'node-pool': nodePoolAdapter(services),
    'oke-cluster': clusterAdapter(services),
    integration: integrationAdapter(services),
    analytics: analyticsAdapter(services),
    goldengate: goldengateAdapter(services),
    'digital-assistant': assistantAdapter(services),
    'data-integration': dataIntegrationAdapter(services),
    'visual-builder': visualBuilderAdapter(services),
  };
}
