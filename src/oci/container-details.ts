import type { models } from 'oci-containerinstances';
import type { Details } from '../core/cloud.ts';
import type { Target } from '../core/target.ts';
import type { Work } from './acting/work-requests.ts';
import { tagsOf } from './adapter.ts';
import type { Services } from './client/services.ts';
import { details, shownShape, shownTags, shownTime } from './details.ts';

/** The containers of an instance. Rejects with a CloudError. */
export async function containersOf(
  containers: Services['containers'],
  { region }: Target,
  instance: models.ContainerInstance,
): Promise<models.Container[]> {
  const found = await Promise.all(
    instance.containers.map(({ containerId }) =>
      containers.read('GetContainer', region, (client) => client.getContainer({ containerId })),
    ),
  );
  return found.map(({ container }) => container);
}

/** The private and public IP addresses of an instance. Rejects with a CloudError. */
export async function addressesOf(
  network: Services['network'],
  { region }: Target,
  { vnics }: models.ContainerInstance,
): Promise<string[]> {
  const ids = vnics.flatMap(({ vnicId }) => vnicId ?? []);
  const found = await Promise.all(
    ids.map((vnicId) => network.read('GetVnic', region, (client) => client.getVnic({ vnicId }))),
  );
  return found.flatMap(({ vnic }) => [vnic.privateIp ?? [], vnic.publicIp ?? []].flat());
}

/** What inspect shows of a container instance. */
export function describe(
  instance: models.ContainerInstance,
  beside: {
    readonly containers: readonly models.Container[];
    readonly addresses: readonly string[];
    readonly work: readonly Work[];
  },
): Details {
  const latest = [...beside.work].sort((a, b) => (a.accepted < b.accepted ? 1 : -1))[0];
  return [
    ...details({
      Shape: instance.shape,
      Size: shownShape(instance.shapeConfig),
      'Availability domain': instance.availabilityDomain,
      'Fault domain': instance.faultDomain,
      'Restart policy': instance.containerRestartPolicy,
      'IP addresses': beside.addresses.join(', '),
      Details: instance.lifecycleDetails,
    }),
    ...beside.containers.map((container) => ({
      label: `Container ${container.displayName}`,
      value: shownContainer(container),
    })),
    ...details({
      'Latest work request': latest && `${latest.operation} ${latest.status}, ${shownTime(latest.accepted)}`,
      Created: shownTime(instance.timeCreated),
      Tags: shownTags(tagsOf(instance)),
    }),
  ];
}

/** `ACTIVE, shop/api:1.4.2, health HEALTHY, 2 restarts`. */
function shownContainer(container: models.Container): string {
  const restarts = container.containerRestartAttemptCount ?? 0;
  const health = (container.healthChecks ?? []).flatMap(({ status }) => (status ? [String(status)] : []));
  return [
    String(container.lifecycleState),
    container.imageUrl,
    ...(health.length > 0 ? [`health ${health.join('/')}`] : []),
    ...(container.exitCode == null ? [] : [`exit code ${container.exitCode}`]),
    ...(restarts > 0 ? [`${restarts} restart${restarts === 1 ? '' : 's'}`] : []),
  ].join(', ');
}
