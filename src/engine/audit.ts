import { sql } from 'kysely';
import { type AuditEntry, auditText, type ChainFault, chainFault, genesis } from '../core/audit.ts';
import { canonical, type Json } from '../core/json.ts';
import { sha256 } from './digest.ts';
import type { AuditTable, Db } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** What is to be recorded. Nothing secret may be in it. */
export interface Note {
  readonly at: number;
  readonly event: string;
  readonly actor: string;
  readonly operation?: string;
  readonly line?: string;
  readonly details?: { readonly [key: string]: Json };
}

/** Who did what no person did. */
export const engineActor = 'lamplighter';

interface Head {
  readonly seq: number;
  readonly hash: string;
}

/**
 * Appends to the chain, inside the transaction of what it records. The head row is locked until that
 * commits, so appends queue up: record last.
 */
export async function record(db: Db, ...notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  let head = await lockHead(db);
  const entries = notes.map((note) => {
    const entry = chain(head, note);
    head = entry;
    return entry;
  });
  await db.insertInto('audit').values(entries.map(toRow)).execute();
  await db
    .updateTable('meta')
    .set({ value: canonical({ seq: head.seq, hash: head.hash }) })
    .where('name', '=', 'audit')
    .execute();
}

function chain(head: Head, note: Note): AuditEntry {
  const { at, event, actor, operation, line, details = {} } = note;
  const body = {
    seq: head.seq + 1,
    at,
    event,
    actor: storable(actor),
    ...(operation === undefined ? {} : { operation }),
    ...(line === undefined ? {} : { line: storable(line) }),
    details: fromCanonical(canonical(details)),
    prev: head.hash,
  };
  return { ...body, hash: sha256(auditText(body)) };
}

/** Text that both databases give back unchanged: no NUL, no half of a surrogate pair. */
export function storable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}

function fromCanonical(text: string): AuditEntry['details'] {
  return JSON.parse(text);
}

/** An update locks the row, on both databases, until the transaction ends. */
async function lockHead(db: Db): Promise<Head> {
  const locked = await db
    .updateTable('meta')
    .set((row) => ({ value: row.ref('value') }))
    .where('name', '=', 'audit')
    .returning('value')
    .executeTakeFirst();
  if (locked) return JSON.parse(locked.value);
  await db
    .insertInto('meta')
    .values({ name: 'audit', value: canonical({ seq: 0, hash: genesis }) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return lockHead(db);
}

function toRow(entry: AuditEntry): AuditTable {
  return {
    ...entry,
    operation: entry.operation ?? null,
    line: entry.line ?? null,
    details: canonical(entry.details),
  };
}

function fromRow({ operation, line, details, ...row }: AuditTable): AuditEntry {
  return {
    ...row,
    ...(operation === null ? {} : { operation }),
    ...(line === null ? {} : { line }),
    details: fromCanonical(details),
  };
}

/** Newest first. `about` is an operation id, a person's id or a part of the line. */
export async function history(
  db: Db,
  { about, limit }: { readonly about?: string; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('seq', 'desc').limit(limit);
  if (about) {
    const pattern = `%${about.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(({ eb, or }) =>
      or([
        eb('operation', '=', about),
        eb('actor', '=', about),
        sql<boolean>`lower(line) like ${pattern} escape '\\'`,
      ]),
    );
  }
  return (await query.execute()).map(fromRow);
}

const page = 1_000;

/** Reads the whole chain, page by page, and says where it first does not hold. */
export async function verifyAudit(
  store: Store,
): Promise<{ readonly entries: number; readonly fault?: ChainFault }> {
  // the head is read first: what is appended while this runs lies behind it
  const head = (await store.read(readHead)) ?? { seq: 0, hash: genesis };
  let last: Head = { seq: 0, hash: genesis };
  while (last.seq < head.seq) {
    const entries = await store.read((db) => entriesBetween(db, last.seq, head.seq));
    const fault = chainFault(entries, sha256, last) ?? endFault(entries.at(-1), last, head);
    if (fault) return { entries: fault.seq - 1, fault };
    last = entries.at(-1) ?? last;
  }
  return { entries: last.seq };
}

/** A chain that was cut short, or written anew as a whole, does not end at its head. */
function endFault(entry: AuditEntry | undefined, last: Head, head: Head): ChainFault | undefined {
  if (!entry) return { seq: last.seq + 1, because: `entry ${last.seq + 1} is missing` };
  if (entry.seq === head.seq && entry.hash !== head.hash)
    return { seq: entry.seq, because: `entry ${entry.seq} was changed` };
  return undefined;
}

async function entriesBetween(db: Db, after: number, last: number): Promise<readonly AuditEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .orderBy('seq')
    .limit(page)
    .execute();
  return rows.map(fromRow);
}

async function readHead(db: Db): Promise<Head | undefined> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', 'audit').executeTakeFirst();
  return row && JSON.parse(row.value);
}
