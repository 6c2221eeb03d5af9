import type { Found } from '../core/cloud.ts';
import type { Situation } from '../core/schedule/deciding/situation.ts';
import type { Keep, Memory } from '../core/schedule/model.ts';
import type { Remembered } from '../engine/schedules/memories.ts';
import type { Ground } from './ground.ts';

/** All that decisions depend on, as it was found, and the texts of the memories that changes are made from. */
export interface Sight {
  readonly situation: Situation;
  readonly texts: ReadonlyMap<string, string>;
  readonly missing: Found['missing'];
}

const day = 86_400_000;

/** Looks at targets that have been found. What is remembered of them is read now, unless it was before they were found. */
export async function sightOf(
  ground: Ground,
  found: Found,
  before?: ReadonlyMap<string, Remembered>,
): Promise<Sight> {
  const { ledger, clock, policies, tags } = ground;
  const now = clock.now();
  const ocids = found.targets.map(({ ocid }) => ocid);
  const [remembered, keeps, pauses, busy, touched, controllers] = await Promise.all([
    before ?? ledger.memories(ocids),
    ledger.keeps(),
    ledger.pauses(),
    ledger.busy(),
    ledger.touched(now - day),
    controllersOf(ground),
  ]);
  const known = new Map(
    ocids.flatMap((ocid) => {
      const each = remembered.get(ocid);
      return each ? [[ocid, each] as const] : [];
    }),
  );
  return {
    situation: {
      now,
      policies,
      targets: found.targets,
      keeps,
      pauses,
      memory: new Map([...known].map(([ocid, each]) => [ocid, byHand(each, touched.get(ocid))])),
      controllers,
      busy,
      ...(tags ? { tags } : {}),
    },
    texts: new Map([...known].map(([ocid, { text }]) => [ocid, text])),
    missing: found.missing,
  };
}

/** What people did through the bot is no other bot’s doing: it does not count as turning a resource back. */
function byHand({ memory }: Remembered, at: number | undefined): Memory {
  if (at === undefined || at <= memory.decidedAt || memory.outcome !== 'done') return memory;
  const { seen: _seen, ...rest } = memory;
  return rest;
}

/** Without what OCI knows of them, other bots are still found by what they do. */
async function controllersOf({ cloud, log }: Ground): Promise<ReadonlyMap<string, string>> {
  try {
    return (await cloud.controllers()).by;
  } catch (error) {
    log.warn({ err: error }, 'what else decides when resources run could not be read');
    return new Map();
  }
}

export function byOcid<T extends { readonly ocid: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.ocid, each]));
}

/** The latest word on each resource, where it has not ended. */
export function runningKeeps({ keeps, now }: Pick<Situation, 'keeps' | 'now'>): ReadonlyMap<string, Keep> {
  const latest = byOcid(keeps.toSorted((a, b) => a.at - b.at));
  return new Map([...latest].filter(([, { until }]) => until > now));
}
