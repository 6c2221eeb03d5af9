import { autoscaling } from './api/autoscaling.ts';
import { compute } from './api/compute.ts';
import { containers } from './api/containers.ts';
import { dataWork } from './api/data-work.ts';
import { databases } from './api/databases.ts';
import { dbSystems } from './api/db-systems.ts';
import { identity } from './api/identity.ts';
import { instancePools } from './api/instance-pools.ts';
import { serviceLimits } from './api/limits.ts';
import { loadBalancers } from './api/load-balancers.ts';
import { monitoring } from './api/monitoring.ts';
import { mysql } from './api/mysql.ts';
import { network } from './api/network.ts';
import { networkBalancers } from './api/network-balancers.ts';
import { platform } from './api/platform-routes.ts';
import { postgres } from './api/postgres.ts';
import { registry } from './api/registry.ts';
import { schedules } from './api/schedules.ts';
import { search } from './api/search.ts';
import { secrets } from './api/secrets.ts';
import { usage } from './api/usage.ts';
import { vmClusters } from './api/vm-clusters.ts';
import { workRequests } from './api/work-requests.ts';
import type { Route } from './call.ts';

/** All that is served; coverage.ts says how well, and a test holds the two against each other. */
export const routes: readonly Route[] = [
  ...identity,
  ...search,
  ...compute,
  ...instancePools,
  ...network,
  ...containers,
  ...databases,
  ...dbSystems,
  ...vmClusters,
  ...mysql,
  ...postgres,
  ...dataWork,
  ...loadBalancers,
  ...networkBalancers,
  ...platform,
  ...autoscaling,
  ...schedules,
  ...usage,
  ...registry,
  ...monitoring,
  ...serviceLimits,
  ...secrets,
  ...workRequests,
];
