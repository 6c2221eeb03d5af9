import type { Operation } from '../core/operation.ts';
import type { Keep, Pause } from '../core/schedule/model.ts';
import { type Note, record } from './audit.ts';
import { recentKeeps } from './keeps.ts';
import { type Change, pendingMemories, type Remembered, readMemories, writeMemory } from './memories.ts';
import { seqOf, toOperations } from './records.ts';
import type { Db } from './schema.ts';
import type { Store } from './store.ts';

/** How many resources of a policy ran at a moment. */
export interface Sample {
  readonly policy: string;
  readonly at: number;
  readonly up: number;
  readonly total: number;
}

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

/** What schedules write down, beside their operations. */
export interface Ledger {
  memories(ocids: readonly string[]): Promise<ReadonlyMap<string, Remembered>>;
  /** Those whose act is under way. */
  pending(): Promise<ReadonlyMap<string, Remembered>>;
  /** Each by itself; what another process has changed meanwhile stays as it left it. Answers the OCIDs written. */
  remember(changes: readonly Change[]): Promise<ReadonlySet<string>>;
  /** Whether nothing was ever remembered: this is the first look. */
  isBlank(): Promise<boolean>;
  /** They are there still: what is not seen for long is forgotten. */
  seen(ocids: readonly string[]): Promise<void>;
  operations(ids: readonly string[]): Promise<ReadonlyMap<string, Operation>>;
  /** What queued and running operations are at work on. */
  busy(): Promise<ReadonlySet<string>>;
  /** When people’s operations last changed a resource through the bot, by OCID, since a moment. */
  touched(since: number): Promise<ReadonlyMap<string, number>>;
  /** People’s words of the last two days and those that run, newest first. */
  keeps(): Promise<readonly Keep[]>;
  /** The latest of each policy, whether it has ended or not. */
  pauses(): Promise<readonly Pause[]>;
  pause(pause: Pause, note: Note): Promise<void>;
  /** The value kept under a key, JSON. */
  page(key: string): Promise<Page | undefined>;
  /** Those that may still change, and those of moments since one, oldest first. */
  pages(since: number): Promise<readonly Page[]>;
  /** Changes a page, or begins it; one process after the other. Answers what it is now. */
  turn(
    key: string,
    change: (value: string | undefined) => Omit<Page, 'key'> | undefined,
  ): Promise<Page | undefined>;
  sample(samples: readonly Sample[]): Promise<void>;
  /** Since a moment, in order; and the last one before it of each policy. */
  samples(policies: readonly string[], since: number): Promise<readonly Sample[]>;
  darken(dark: Dark): Promise<void>;
  /** It is up again. */
  lighten(ocids: readonly string[], at: number): Promise<void>;
  /** All that reach past a moment. */
  darks(policies: readonly string[], since: number): Promise<readonly Dark[]>;
  openDarks(): Promise<readonly Dark[]>;
  /** Those of the keys that nobody was told of yet. */
  untold(keys: readonly string[]): Promise<ReadonlySet<string>>;
  tell(keys: readonly string[]): Promise<void>;
  /** Grows when people’s words or pauses change, in whichever process. */
  pulse(): Promise<string>;
  /** Forgets what is older than a moment, and resources that were not seen since. */
  purge(before: number): Promise<void>;
}

/** A report that is kept up to date, as JSON. */
export interface Page {
  readonly key: string;
  readonly at: number;
  readonly open: boolean;
  readonly value: string;
}

const day = 86_400_000;
/** So many values fit one statement on either database. */
const chunk = 500;

export function createLedger(deps: { readonly store: Store; readonly clock: { now(): number } }): Ledger {
  const { store, clock } = deps;
  return {
    memories: (ocids) => store.read((db) => readMemories(db, ocids)),
    pending: () => store.read(pendingMemories),
    async remember(changes) {
      const written = new Set<string>();
      if (changes.length === 0) return written;
      await store.write(async (db) => {
        written.clear();
        for (const change of changes)
          if (await writeMemory(db, change, clock.now())) written.add(change.after.ocid);
      });
      return written;
    },
    isBlank: async () => {
      const row = await store.read((db) =>
        db.selectFrom('memory').select('ocid').limit(1).executeTakeFirst(),
      );
      return row === undefined;
    },
    seen: async (ocids) => {
      const now = clock.now();
      for (let at = 0; at < ocids.length; at += chunk)
        await store.write((db) =>
          db
            .updateTable('memory')
            .set({ seen_at: now })
            .where('ocid', 'in', ocids.slice(at, at + chunk))
            .where('seen_at', '<', now - day)
            .execute(),
        );
    },
    operations: (ids) => store.read((db) => operationsOf(db, ids)),
    busy: () => store.read(busy),
    touched: (since) => store.read((db) => touched(db, since)),
    keeps: () => store.read((db) => recentKeeps(db, clock.now() - 2 * day)),
    pauses: () => store.read(pauses),
    pause: (pause, note) =>
      store.write(async (db) => {
        await writePause(db, pause);
        await record(db, note);
      }),
    page: async (key) => {
      const row = await store.read((db) =>
        db.selectFrom('evening').selectAll().where('key', '=', key).executeTakeFirst(),
      );
      return row && pageOf(row);
    },
    pages: async (since) => {
      const rows = await store.read((db) =>
        db
          .selectFrom('evening')
          .selectAll()
          .where(({ eb, or }) => or([eb('open', '=', 1), eb('at', '>=', since)]))
          .orderBy('at')
          .orderBy('key')
          .execute(),
      );
      return rows.map(pageOf);
    },
    turn: (key, change) => store.write((db) => turn(db, key, change)),
    sample: async (samples) => {
      if (samples.length === 0) return;
      await store.write((db) =>
        db
          .insertInto('sample')
          .values([...samples])
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    },
    samples: (policies, since) => store.read((db) => samples(db, policies, since)),
    darken: async ({ ocid, since, policy, perHour }) => {
      await store.write(async (db) => {
        const row = { ocid, since, until: null, policy, per_hour: perHour ?? null };
        await db
          .insertInto('dark')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },
    lighten: async (ocids, at) => {
      if (ocids.length === 0) return;
      await store.write((db) =>
        db
          .updateTable('dark')
          .set({ until: at })
          .where('until', 'is', null)
          .where('ocid', 'in', [...ocids])
          .execute(),
      );
    },
    darks: (policies, since) =>
      store.read(async (db) => {
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
      }),
    openDarks: async () => {
      const rows = await store.read((db) =>
        db.selectFrom('dark').selectAll().where('until', 'is', null).orderBy('ocid').execute(),
      );
      return rows.map(darkOf);
    },
    untold: async (keys) => {
      if (keys.length === 0) return new Set();
      const rows = await store.read((db) =>
        db
          .selectFrom('told')
          .select('key')
          .where('key', 'in', [...keys])
          .execute(),
      );
      const told = new Set(rows.map(({ key }) => key));
      return new Set(keys.filter((key) => !told.has(key)));
    },
    tell: async (keys) => {
      if (keys.length === 0) return;
      const at = clock.now();
      await store.write((db) =>
        db
          .insertInto('told')
          .values([...new Set(keys)].map((key) => ({ key, at })))
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute(),
      );
    },
    pulse: () => store.read(pulse),
    purge: (before) => store.write((db) => purge(db, before)),
  };
}

async function operationsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Operation>> {
  const seqs = [...new Set(ids)].flatMap((id) => seqOf(id) ?? []);
  if (seqs.length === 0) return new Map();
  const rows = await db.selectFrom('operation').selectAll().where('seq', 'in', seqs).execute();
  return new Map((await toOperations(db, rows)).map((operation) => [operation.id, operation]));
}

async function busy(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('step')
    .innerJoin('operation', 'operation.seq', 'step.operation')
    .select('step.ocid')
    .distinct()
    .where('operation.status', 'in', ['queued', 'running'])
    .execute();
  return new Set(rows.map(({ ocid }) => ocid));
}

async function touched(db: Db, since: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('step')
    .innerJoin('operation', 'operation.seq', 'step.operation')
    .select(({ fn }) => ['step.ocid', fn.max('step.finished_at').as('at')])
    .where('step.finished_at', '>', since)
    .where('operation.actor', 'not like', '%"kind":"schedule"%')
    .groupBy('step.ocid')
    .execute();
  return new Map(rows.flatMap(({ ocid, at }) => (at === null ? [] : [[ocid, Number(at)] as const])));
}

async function pauses(db: Db): Promise<readonly Pause[]> {
  const rows = await db.selectFrom('pause').selectAll().orderBy('policy').execute();
  return rows.map(({ because, ...row }) => ({ ...row, ...(because === null ? {} : { because }) }));
}

async function writePause(db: Db, { policy, because, ...rest }: Pause): Promise<void> {
  const row = { ...rest, because: because ?? null };
  await db
    .insertInto('pause')
    .values({ policy, ...row })
    .onConflict((conflict) => conflict.column('policy').doUpdateSet(row))
    .execute();
}

function pageOf(row: { key: string; at: number; open: number; value: string }): Page {
  return { key: row.key, at: row.at, open: row.open === 1, value: row.value };
}

async function turn(
  db: Db,
  key: string,
  change: (value: string | undefined) => Omit<Page, 'key'> | undefined,
): Promise<Page | undefined> {
  // an update that changes nothing locks the row on both databases
  const locked = await db
    .updateTable('evening')
    .set((row) => ({ at: row.ref('at') }))
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirst();
  const next = change(locked?.value);
  if (!next) return locked && pageOf(locked);
  const row = { at: next.at, open: next.open ? 1 : 0, value: next.value };
  await db
    .insertInto('evening')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
  return { key, ...next };
}

async function samples(db: Db, policies: readonly string[], since: number): Promise<readonly Sample[]> {
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

function darkOf(row: {
  ocid: string;
  since: number;
  until: number | null;
  policy: string;
  per_hour: number | null;
}): Dark {
  return {
    ocid: row.ocid,
    since: row.since,
    policy: row.policy,
    ...(row.until === null ? {} : { until: row.until }),
    ...(row.per_hour === null ? {} : { perHour: row.per_hour }),
  };
}

async function pulse(db: Db): Promise<string> {
  const keep = await db
    .selectFrom('keep')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirst();
  const paused = await db
    .selectFrom('pause')
    .select(({ fn }) => [fn.max('at').as('at'), fn.sum('until').as('until')])
    .executeTakeFirst();
  return `${keep?.last} ${paused?.at} ${paused?.until}`;
}

async function purge(db: Db, before: number): Promise<void> {
  await db.deleteFrom('memory').where('seen_at', '<', before).execute();
  await db.deleteFrom('keep').where('until', '<', before).execute();
  await db.deleteFrom('evening').where('at', '<', before).execute();
  await db.deleteFrom('sample').where('at', '<', before).execute();
  await db.deleteFrom('dark').where('until', '<', before).execute();
}
