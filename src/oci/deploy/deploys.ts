import type { Clock } from '../../core/clock.ts';
import type { App } from '../../core/deploy/app.ts';
import type { DeployReader } from '../../core/deploy/survey.ts';
import { CloudError } from '../../core/fault.ts';
import type { Verbs } from '../../core/verb.ts';
import { ifThere } from '../acting/verbs.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';
import type { Tenancy } from '../finding/tenancy.ts';
import { backendVerbs } from './backends.ts';
import type { BalancersByKind } from './balancers.ts';
import { checkVerb } from './check.ts';
import { type GateGround, holdVerb } from './hold.ts';
import { createImages } from './images.ts';
import { instanceVerbs } from './instances.ts';
import { createLimits } from './limits.ts';
import { loadBalancersFor } from './load-balancers.ts';
import { measure } from './metrics.ts';
import { networkLoadBalancersFor } from './network-load-balancers.ts';
import { partVerbs } from './parts.ts';
import { readSecret } from './secrets.ts';
import { servedVerbs } from './served.ts';
import { imageOf, servingOf } from './serving.ts';
import { surveyOf } from './survey.ts';
import { type TallyGround, tallyVerb } from './tally.ts';
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
  const survey = { services, tenancy, balancers, limits };
  return {
    reader: {
      survey: (app: App) => surveyOf(survey, app),
      serving: (app: App) => servingOf(survey, app),
      imagesOf: (instances) => Promise.all(instances.map((each) => ifReadable(imageOf(services, each)))),
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
      ...backendVerbs({ balancers, stateOf: (region, ocid) => stateOf(services, region, ocid) }),
      ...partVerbs(balancers),
      ...instanceVerbs({ services, readSecret: (region, ocid) => readSecret(services, region, ocid) }),
      ...waitVerbs,
      ...servedVerbs(balancers),
      'deploy.hold': holdVerb({ balancers, measure: latest(ground), probe: ground.probe }),
      'deploy.tally': tallyVerb({ now: () => clock.now(), count: answersOf(ground) }),
      'deploy.check': checkVerb({
        clock,
        balancers,
        digestOf: async (url) => (await images.resolve(url))?.digest,
      }),
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

/** What a load balancer tells Monitoring of its answers. Source: docs.oracle.com, loadbalancermetrics.htm. */
function answersOf({ services, tenancy }: DeployGround): TallyGround['count'] {
  return async ({ region, compartment, balancer, set, from, to }) => {
    const compartmentId = (await tenancy.tree()).at(compartment)?.ocid ?? '';
    const sum = async (metric: string) => {
      const query = `${metric}[1m]{resourceId = "${balancer}", backendSetName = "${set}"}.grouping().sum()`;
      const lines = await measure(services, {
        region,
        compartmentId,
        namespace: 'oci_lbaas',
        query,
        from,
        to,
      });
      return lines.flatMap(({ points }) => points);
    };
    const [requests, errors] = await Promise.all([sum('HttpRequests'), sum('HttpResponses5xx')]);
    const total = (points: readonly { readonly value: number }[]) =>
      points.reduce((all, { value }) => all + value, 0);
    return { requests: total(requests), errors: total(errors), until: requests.at(-1)?.at };
  };
}

async function stateOf({ containers }: Services, region: string, ocid: string): Promise<string | undefined> {
  const found = await ifThere(
    containers.read('GetContainerInstance', region, (client) =>
      client.getContainerInstance({ containerInstanceId: ocid }),
    ),
  );
  return found && String(found.containerInstance.lifecycleState);
}
