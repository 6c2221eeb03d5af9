import type { Look } from '../command.ts';
import { showKeep } from '../core/schedule/show.ts';
import type { Target } from '../core/target.ts';
import { zoneOf } from '../targets.ts';

/** What people said of resources before. */

/** What somebody has said already, to the minute; a new reason is worth saying it again. */
export async function saidBefore(
  { lights }: Pick<Look, 'lights'>,
  { want, because }: { readonly want: 'on' | 'off'; readonly because: string | undefined },
  until: number,
): Promise<ReadonlySet<string>> {
  if (because !== undefined) return new Set();
  const direction = want === 'on' ? 'up' : 'down';
  const same = (await lights.keeps()).filter((keep) => keep.until === until && keep.want === direction);
  return new Set(same.map(({ ocid }) => ocid));
}

/** Words of somebody that this one would take the place of. Who said them is what `why` tells. */
export async function replacedBy(
  look: Parameters<typeof zoneOf>[0] & Pick<Look, 'lights'>,
  targets: readonly Target[],
): Promise<readonly string[]> {
  const keeps = await look.lights.keeps();
  return targets.flatMap((target) => {
    const keep = keeps.find(({ ocid }) => ocid === target.ocid);
    if (!keep) return [];
    const zone = zoneOf(look, look.lights.about(target)[0]);
    const reason = keep.because ? ` – “${keep.because}”` : '';
    return [`Takes the place of ${keep.id}: ${target.name} was to be kept ${showKeep(keep, zone)}${reason}.`];
  });
}
