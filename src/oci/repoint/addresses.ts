import type { Kind } from '../../core/target.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';

/** Where a resource is in its network. */
export interface Address {
  readonly ip: string;
  readonly vnicId: string;
  readonly subnetId: string;
}

/** The address of each of the VNICs; those that may not be read, or are not there just now, are left out. */
export async function addressesAt(
  { network }: Pick<Services, 'network'>,
  region: string,
  vnicIds: readonly string[],
): Promise<readonly Address[]> {
  const found = await Promise.all(
    vnicIds.map((vnicId) =>
      ifReadable(network.read('GetVnic', region, (client) => client.getVnic({ vnicId }))),
    ),
  );
  return found.flatMap((reply) => {
    const { id, privateIp, subnetId } = reply?.vnic ?? {};
    return id && privateIp && subnetId ? [{ ip: privateIp, vnicId: id, subnetId }] : [];
  });
}

/** The VNICs of a container instance or a compute instance. Rejects with a CloudError. */
export async function vnicsOf(
  { compute, containers }: Pick<Services, 'compute' | 'containers'>,
  { kind, region, ocid }: { readonly kind: Kind; readonly region: string; readonly ocid: string },
): Promise<readonly string[]> {
  if (kind === 'container-instance') {
    const { containerInstance } = await containers.read('GetContainerInstance', region, (client) =>
      client.getContainerInstance({ containerInstanceId: ocid }),
    );
    return containerInstance.vnics.flatMap(({ vnicId }) => vnicId ?? []);
  }
  const { instance } = await compute.read('GetInstance', region, (client) =>
    client.getInstance({ instanceId: ocid }),
  );
  const { items } = await compute.read('ListVnicAttachments', region, (client) =>
    client.listVnicAttachments({ compartmentId: instance.compartmentId, instanceId: ocid }),
  );
  return items.flatMap(({ vnicId, lifecycleState }) =>
    vnicId && String(lifecycleState) === 'ATTACHED' ? [vnicId] : [],
  );
}
