import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Situation } from '../core/schedule/deciding/situation.ts';
import { standingOf } from '../core/schedule/deciding/standing.ts';
import type { Memory, Policy } from '../core/schedule/model.ts';
import type { Sight } from './sight.ts';

/** An edge whose resources cannot all be seen, since their region is away. */
export interface Unseen {
  readonly policy: string;
  readonly direction: 'up' | 'down';
  readonly edge: number;
}

const week = 7 * 86_400_000;
/** What has not followed so many edges is no longer there, or no longer the policy's. */
const recent = 3;

/** The last edge of each policy that something in a region that is away has not followed yet, as far as is remembered. */
export function unseenEdges(
  memories: Iterable<Memory>,
  { situation, missing }: Pick<Sight, 'situation' | 'missing'>,
): readonly Unseen[] {
  if (missing.length === 0) return [];
  const away = new Set(missing.map(({ region }) => region));
  const found = new Set(situation.targets.map(({ ocid }) => ocid));
  const hidden = [...memories].filter(({ ocid }) => !found.has(ocid) && away.has(regionOf(ocid)));
  return situation.policies.flatMap((policy) => {
    const edge = lastEdge(policy, situation);
    const since = edge && firstRecent(policy, edge.edge);
    const behind = hidden.some(
      (memory) =>
        edge && memory.policy === policy.name && memory.edge < edge.edge && memory.edge >= (since ?? 0),
    );
    return edge && behind ? [edge] : [];
  });
}

function lastEdge(policy: Policy, { now, pauses }: Situation): Unseen | undefined {
  if (policy.protects) return undefined;
  const { due, held } = standingOf(
    policy,
    pauses.find((pause) => pause.policy === policy.name),
    now,
  );
  const direction = due && directionOf(due.want);
  return !held && due && direction ? { policy: policy.name, direction, edge: due.at } : undefined;
}

function firstRecent({ timetable }: Policy, edge: number): number | undefined {
  return timetable.edges(edge - week, edge - 1).slice(-recent)[0]?.at;
}

/** The oldest regions stand in OCIDs by their keys. */
const byKey: Readonly<Record<string, string>> = { iad: 'us-ashburn-1', phx: 'us-phoenix-1' };

function regionOf(ocid: string): string {
  const named = ocid.split('.')[3] ?? '';
  return byKey[named] ?? named;
}
