import type { models } from 'oci-goldengate';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { platformAdapter } from './acting/platform.ts';
import { ifMatch, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** GoldenGate deployments. Source: docs.oracle.com, api/#/en/goldengate/20200407. */
export function goldengateAdapter({ goldengate }: Services): Adapter {
  const work = ownWork(goldengate);
  const get = async (region: string, deploymentId: string) => {
    const { deployment, etag } = await goldengate.read('GetDeployment', region, (client) =>
      client.getDeployment({ deploymentId }),
    );
    return { full: deployment, seen: { ...seenOf(region, deployment), etag } };
  };
  return platformAdapter({
    kind: 'goldengate',
    type: 'goldengatedeployment',
    grant: 'use goldengate-deployments',
    permission: 'GOLDENGATE_DEPLOYMENT_UPDATE',
    work,
    get,
    list: async (region, compartmentId) => {
      const deployments = await allPages((where) =>
        goldengate.read('ListDeployments', region, async (client) => {
          const reply = await client.listDeployments({ compartmentId, ...where });
          return { items: reply.deploymentCollection.items, next: reply.opcNextPage };
        }),
      );
      return deployments.map((each) => seenOf(region, each));
    },
    describe,
    start: ({ target }, headers, signal) =>
      goldengate.act('StartDeployment', target.region, signal, (client) =>
        client.startDeployment({
          deploymentId: target.ocid,
          startDeploymentDetails: { type: 'DEFAULT' },
          ...headers,
        }),
      ),
    stop: ({ target }, headers, signal) =>
      goldengate.act('StopDeployment', target.region, signal, (client) =>
        client.stopDeployment({
          deploymentId: target.ocid,
          stopDeploymentDetails: { type: 'DEFAULT' },
          ...headers,
        }),
      ),
    more: {
      'goldengate.scale': sizeVerb(
        {
          label: 'scale',
          permission: 'GOLDENGATE_DEPLOYMENT_UPDATE',
          wanted: sizeIn,
          send: async ({ target }, size, context) =>
            receiptOf(
              await goldengate.act('UpdateDeployment', target.region, context.signal, (client) =>
                client.updateDeployment({
                  deploymentId: target.ocid,
                  updateDeploymentDetails: { cpuCoreCount: Number(size) },
                  ...ifMatch(context),
                }),
              ),
            ),
        },
        { repeatable: false, work, get: async (region, ocid) => (await get(region, ocid)).seen },
      ),
    },
  });
}

function seenOf(region: string, each: models.Deployment | models.DeploymentSummary): Seen {
  const { cpuCoreCount } = each;
  const lock = each.locks?.find(({ type }) => String(type) === 'FULL');
  const because = lock && `it is locked${lock.message ? `: ${lock.message}` : ''}`;
  return {
    kind: 'goldengate',
    ocid: each.id,
    name: each.displayName ?? each.id,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    ...(cpuCoreCount == null ? {} : { size: String(cpuCoreCount), meter: { ocpu: cpuCoreCount } }),
    ...(because ? { refuses: { start: because, stop: because, scale: because } } : {}),
  };
}

function describe(each: models.Deployment): Details {
  const ocpus = `${each.cpuCoreCount} OCPU${each.cpuCoreCount === 1 ? '' : 's'}`;
  return details({
    Technology: each.deploymentType,
    Compute: each.isAutoScalingEnabled ? `${ocpus}, scales up to three times that` : ocpus,
    'GoldenGate version': each.oggData?.oggVersion,
    Healthy: each.isHealthy == null ? undefined : each.isHealthy ? 'yes' : 'no',
    Licence: each.licenseModel,
    Environment: each.environmentType,
    Role: each.deploymentRole,
    'In progress': each.lifecycleSubState,
    Address: each.deploymentUrl,
    Details: each.lifecycleDetails,
    'Next maintenance': shownTime(each.timeOfNextMaintenance),
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
