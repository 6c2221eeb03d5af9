import type { ContainerLog } from '../core/cloud.ts';
import type { Target } from '../core/target.ts';
import type { Services } from './client/services.ts';
import { textOf } from './client/text.ts';

/** The latest log text of each container. Rejects with a CloudError. */
export async function containerLogs(
  containers: Services['containers'],
  { region, ocid }: Pick<Target, 'region' | 'ocid'>,
  previous: boolean,
): Promise<readonly ContainerLog[]> {
  const { containerInstance } = await containers.read('GetContainerInstance', region, (client) =>
    client.getContainerInstance({ containerInstanceId: ocid }),
  );
  return Promise.all(
    containerInstance.containers.map(async ({ containerId, displayName }) => ({
      container: displayName ?? containerId,
      text: await containers.read('RetrieveLogs', region, async (client) =>
        textOf((await client.retrieveLogs({ containerId, isPrevious: previous })).value),
      ),
    })),
  );
}
