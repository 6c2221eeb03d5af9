import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { Refusal } from '../../core/refusal.ts';
import { isAway } from './away.ts';
import { Bell } from './bell.ts';
import { type Kind, migrations } from './migrations.ts';
import type { Opened, WorkerLock } from './opened.ts';
import { openPostgres, unreachable } from './postgres.ts';
import type { Db } from './schema.ts';
import { brokenFile, openSqlite } from './sqlite.ts';
import { Together } from './together.ts';

export type { Db } from './schema.ts';

/** How long a call waits for a store that is away. */
export interface Patience {
  /** Milliseconds of real time, 30 s unless given. */
  readonly ms?: number;
  readonly signal?: AbortSignal;
}

export interface Store {
  readonly kind: Kind;
  /** File or server, without secrets. */
  readonly place: string;
  /** Who may carry out operations: on PostgreSQL everybody, leases tell them apart. */
  readonly worker: WorkerLock;
  /** Rung with an operation's id after this process changed it. */
  readonly changed: Bell<string>;
  /** Rung after this process gave the worker something to do. */
  readonly work: Bell<void>;
  /** Rung after this process put a letter. */
  readonly mail: Bell<void>;
  /** Somebody said something to an operation that may wait for it; rings with its id. */
  readonly words: Bell<string>;
  read<T>(look: (db: Db) => Promise<T>, patience?: Patience): Promise<T>;
  /**
   * One transaction, tried again while the store is away; `change` may therefore run several times, but
   * takes effect once: whether a COMMIT whose answer was lost went through is looked up.
   */
  write<T>(change: (db: Db) => Promise<T>, patience?: Patience): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens PostgreSQL at the URL, or else SQLite in the folder, and brings its schema up to date. Throws a
 * Refusal when it cannot be reached or written, is damaged, or was written by a newer Lamplighter.
 */
export async function openStore(options: {
  readonly url?: string;
  readonly folder: string;
  /** How long to wait for a database that is away, in ms of real time. */
  readonly patience?: number;
}): Promise<Store> {
  const { url, folder, patience = 5_000 } = options;
  const store = storeOn(url ? openPostgres(url) : openSqlite(folder));
  try {
    await store.write((db) => migrate(db, store.kind), { ms: patience });
    return store;
  } catch (error) {
    await store.close().catch(() => {});
    if (error instanceof Refusal) throw error;
    throw url ? unreachable(url, error) : brokenFile(store.place, error);
  }
}

function storeOn(opened: Opened): Store {
  const { kind, place, db, worker, longestWait } = opened;
  const together = new Together(opened);
  const write = <T>(change: (db: Db) => Promise<T>) =>
    kind === 'sqlite' ? together.write(change) : transact(opened, change);
  return {
    kind,
    place,
    worker,
    changed: new Bell(),
    work: new Bell(),
    mail: new Bell(),
    words: new Bell(),
    read: (look, patience) => persist(() => look(db), longestWait, patience),
    write: (change, patience) => persist(() => write(change), longestWait, patience),
    close: async () => {
      worker.leave();
      await db.destroy();
    },
  };
}

async function transact<T>(opened: Opened, change: (db: Db) => Promise<T>): Promise<T> {
  const { db, kind, control, longestWait } = opened;
  const { result, lost } = await db.connection().execute(async (connection) => {
    const undo = async (error: unknown) => {
      await control(connection, 'rollback').catch(() => {});
      throw error;
    };
    await control(connection, 'begin');
    const result = await change(connection).catch(undo);
    const id = kind === 'postgres' ? await transactionId(connection).catch(undo) : undefined;
    try {
      await control(connection, 'commit');
      return { result, lost: undefined };
    } catch (error) {
      return id && isAway(error) ? { result, lost: id } : undo(error);
    }
  });
  if (lost && !(await persist(() => wentThrough(db, lost), longestWait, { ms: Number.POSITIVE_INFINITY })))
    throw again('a COMMIT was lost and had not taken effect');
  return result;
}

/** PostgreSQL's id of this transaction; undefined when it has written nothing. */
async function transactionId(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`
    select pg_current_xact_id_if_assigned()::text as id`.execute(db);
  return rows[0]?.id ?? undefined;
}

/** Whether a COMMIT took effect whose answer was lost; waits until PostgreSQL knows. */
async function wentThrough(db: Db, id: string): Promise<boolean> {
  const { rows } = await sql<{ status: string | null }>`
    select pg_xact_status(${id}::xid8) as status`.execute(db);
  const status = rows[0]?.status;
  if (status === 'in progress') throw again('a COMMIT is not settled yet');
  return status === 'committed';
}

/** An error that `persist` takes for the store's own: try again. */
function again(message: string): Error {
  return Object.assign(new Error(message), { code: '40001' });
}

async function persist<T>(
  attempt: () => Promise<T>,
  longestWait: number,
  { ms = 30_000, signal }: Patience = {},
): Promise<T> {
  let waited = 0;
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAway(error) || waited >= ms || signal?.aborted) throw error;
      const delay = backOff(tries, longestWait);
      await pause(delay, undefined, signal ? { signal } : {}).catch(() => {});
      waited += delay;
    }
  }
}

/** From 5 ms, doubling, with jitter, so that processes that met once do not meet again. */
function backOff(tries: number, longest: number): number {
  return Math.min(longest, 5 * 2 ** tries) * (0.5 + Math.random() / 2);
}

async function migrate(db: Db, kind: Kind): Promise<void> {
  // several replicas may start at once; on SQLite the transaction alone keeps them apart
  if (kind === 'postgres') await sql`select pg_advisory_xact_lock(7305447)`.execute(db);
  await db.schema
    .createTable('meta')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'schema').executeTakeFirst();
  const version = Number(row?.value ?? 0);
  if (version > migrations.length)
    throw new Refusal(
      `The store was written by a newer Lamplighter (schema ${version}, this one knows ${migrations.length}).`,
      'Start the newer version, or restore the backup that was made before the upgrade.',
    );
  for (const step of migrations.slice(version)) await step(db, kind);
  if (version === migrations.length) return;
  await db
    .insertInto('meta')
    .values({ name: 'schema', value: String(migrations.length) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(migrations.length) }))
    .execute();
}

/** Milliseconds of the database's own clock: leases must not depend on whose clock is right. */
export function databaseNow(kind: Kind) {
  return kind === 'sqlite'
    ? sql<number>`cast(unixepoch('subsec') * 1000 as integer)`
    : sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
}
