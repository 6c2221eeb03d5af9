import { autoscaling } from './api/autoscaling.ts';
import { compute } from './api/compute.ts';
import { containers } from './api/containers.ts';
import { databases } from './api/databases.ts';
import { identity } from './api/identity.ts';
import { network } from './api/network.ts';
import { schedules } from './api/schedules.ts';
import { search } from './api/search.ts';
import { usage } from './api/usage.ts';
import { workRequests } from './api/work-requests.ts';
import type { Route } from './call.ts';

/** All that is served; coverage.ts says how well, and a test holds the two against each other. */
export const routes: readonly Route[] = [
  ...identity,
  ...search,
  ...compute,
  ...network,
  ...containers,
  ...databases,
  ...autoscaling,
  ...schedules,
  ...usage,
  ...workRequests,
];
