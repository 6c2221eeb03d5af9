import type { Clock } from '../../core/clock.ts';
import type { App } from '../../core/deploy/app.ts';
import type { DeployReader } from '../../core/deploy/survey.ts';
import { CloudError } from '../../core/fault.ts';
import type { Verbs } from '../../core/verb.ts';
import { createImages } from '../images.ts';
import { createLimits } from '../limits.ts';
import { measure } from '../metrics.ts';
import { readSecret } from '../secrets.ts';
import type { Services } from '../services.ts';
import type { Tenancy } from '../tenancy.ts';
import { backendVerbs } from './backends.ts';
import type { BalancersByKind } from './balancers.ts';
import { checkVerb } from './check.ts';
import { type GateGround, holdVerb } from './hold.ts';
import { instanceVerbs } from './instances.ts';
import { loadBalancersFor } from './load-balancers.ts';
import { networkLoadBalancersFor } from './network-load-balancers.ts';
import { partVerbs } from './parts.ts';
import { surveyOf } from './survey.ts';
import { waitVerbs } from './wait.ts';

/** Deploys as the rest of the bot knows them: what there is to plan from, and what plans are run with. */
export interface Deploys {
  readonly reader: DeployReader;
  readonly verbs: Verbs;
}

export interface DeployGround {
  readonly services: Services;
  readonly tenancy: Tenancy;
  readonly clock: Clock;
  readonly probe: GateGround['probe'];
}

/** Data comes up to some minutes late. */
const recent = 10 * 60_000;

export function deploysOver(ground: DeployGround): Deploys {
  const { services, tenancy, clock } = ground;
  const balancers: BalancersByKind = {
    'load-balancer': loadBalancersFor(services),
    'network-load-balancer': networkLoadBalancersFor(services),
  };
  const limits = createLimits(services, tenancy);
  const images = createImages(services, tenancy, clock);
  return {
    reader: {
      survey: (app: App) => surveyOf({ services, tenancy, balancers, limits }, app),
      image: async (url) => {
        const image = await images.resolve(url);
        if (!image) return undefined;
        if (image.known) return { pinned: image.pinned, digest: image.digest, isForeign: false };
        return {
          pinned: image.url,
          ...(image.digest === undefined ? {} : { digest: image.digest }),
          isForeign: true,
        };
      },
      tags: (url) => images.tags(url),
    },
    verbs: {
      ...backendVerbs(balancers),
      ...partVerbs(balancers),
      ...instanceVerbs({ services, readSecret: (region, ocid) => readSecret(services, region, ocid) }),
      ...waitVerbs,
      'deploy.hold': holdVerb({ balancers, measure: latest(ground), probe: ground.probe }),
      'deploy.check': checkVerb({ balancers, digestOf: async (url) => (await images.resolve(url))?.digest }),
    },
  };
}

/** The newest value of a query that answers one line. */
function latest({ services, tenancy, clock }: DeployGround): GateGround['measure'] {
  return async ({ region, compartment, namespace, query }) => {
    const compartmentId = (await tenancy.tree()).at(compartment)?.ocid ?? '';
    const to = clock.now();
    const lines = await measure(services, {
      region,
      compartmentId,
      namespace,
      query,
      from: to - recent,
      to,
    });
    if (lines.length > 1)
      throw new CloudError({
        message: `${query} answers ${lines.length} lines, not one; put grouping() before its statistic`,
        status: 400,
        code: 'InvalidParameter',
        operation: 'Monitoring.SummarizeMetricsData',
      });
    return lines[0]?.points.at(-1)?.value;
  };
}
