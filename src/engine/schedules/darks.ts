import type { Selectable } from 'kysely';
import type { Db, Tables } from '../store/schema.ts';

/** A time that a resource was off by schedule. */
export interface Dark {
  readonly ocid: string;
  readonly since: number;
  /** Absent while it lasts. */
  readonly until?: number;
  readonly policy: string;
  /** What each hour of it is worth; absent where there is no rate. */
  readonly perHour?: number;
}

/** Said again it changes nothing. */
export async function darken(db: Db, { ocid, since, policy, perHour }: Dark): Promise<void> {
  await db
    .insertInto('dark')
    .values({ ocid, since, until: null, policy, per_hour: perHour ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** They were up again at a moment: what was dark before it is no longer. */
export async function lighten(db: Db, ocids: readonly string[], at: number): Promise<void> {
  if (ocids.length === 0) return;
  await db
    .updateTable('dark')
    .set({ until: at })
    .where('until', 'is', null)
    .where('since', '<', at)
    .where('ocid', 'in', [...ocids])
    .execute();
}

/** All of some policies that reach past a moment. */
export async function darksSince(
  db: Db,
  policies: readonly string[],
  since: number,
): Promise<readonly Dark[]> {
  if (policies.length === 0) return [];
  const rows = await db
    .selectFrom('dark')
    .selectAll()
    .where('policy', 'in', [...policies])
    .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', since)]))
    .orderBy('since')
    .orderBy('ocid')
    .execute();
  return rows.map(darkOf);
}

/** Those that last. */
export async function openDarks(db: Db): Promise<readonly Dark[]> {
  const rows = await db.selectFrom('dark').selectAll().where('until', 'is', null).orderBy('ocid').execute();
  return rows.map(darkOf);
}

function darkOf({ ocid, since, until, policy, per_hour: perHour }: Selectable<Tables['dark']>): Dark {
  return {
    ocid,
    since,
    policy,
    ...(until === null ? {} : { until }),
    ...(perHour === null ? {} : { perHour }),
  };
}
