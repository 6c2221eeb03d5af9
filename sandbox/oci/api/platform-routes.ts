import type { Route } from '../call.ts';
import { analytics } from './analytics.ts';
import { clusters } from './clusters.ts';
import { dataIntegration } from './data-integration.ts';
import { digitalAssistants } from './digital-assistants.ts';
import { goldengate } from './goldengate.ts';
import { integrations } from './integrations.ts';
import { nodePools } from './node-pools.ts';
import { platformWork } from './platform-work.ts';
import { visualBuilders } from './visual-builders.ts';

/** OKE and the platform services. */
export const platform: readonly Route[] = [
  ...clusters,
  ...nodePools,
  ...integrations,
  ...analytics,
  ...goldengate,
  ...digitalAssistants,
  ...dataIntegration,
  ...visualBuilders,
  ...platformWork,
];
