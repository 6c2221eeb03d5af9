import type { Db } from '../store/schema.ts';

/** How many resources of a policy ran at a moment. */
export interface Sample {
  readonly policy: string;
  readonly at: number;
  readonly up: number;
  readonly total: number;
}

export async function writeSamples(db: Db, samples: readonly Sample[]): Promise<void> {
  if (samples.length === 0) return;
  await db
    .insertInto('sample')
    .values([...samples])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Since a moment, in order; and the last one before it of each policy. */
export async function readSamples(
  db: Db,
  policies: readonly string[],
  since: number,
): Promise<readonly Sample[]> {
  if (policies.length === 0) return [];
  const names = [...policies];
  const before = await db
    .selectFrom('sample')
    .select(({ fn }) => ['policy', fn.max('at').as('at')])
    .where('policy', 'in', names)
    .where('at', '<=', since)
    .groupBy('policy')
    .execute();
  const from = new Map(before.map(({ policy, at }) => [policy, Number(at)]));
  const earliest = Math.min(since, ...from.values());
  const rows = await db
    .selectFrom('sample')
    .selectAll()
    .where('policy', 'in', names)
    .where('at', '>=', earliest)
    .orderBy('at')
    .orderBy('policy')
    .execute();
  return rows.filter(({ policy, at }) => at >= (from.get(policy) ?? since));
}
