import type { Letter } from '../../core/letter.ts';
import { putLetter } from '../mail/letters.ts';
import type { Db } from '../store/schema.ts';

/** A report that is kept up to date, as JSON. */
export interface Page {
  readonly key: string;
  readonly at: number;
  readonly open: boolean;
  readonly value: string;
}

export async function readPage(db: Db, key: string): Promise<Page | undefined> {
  const row = await db.selectFrom('evening').selectAll().where('key', '=', key).executeTakeFirst();
  return row && pageOf(row);
}

/** Those that may still change and those of edges since a moment, oldest first. */
export async function readPages(db: Db, since: number): Promise<readonly Page[]> {
  const rows = await db
    .selectFrom('evening')
    .selectAll()
    .where(({ eb, or }) => or([eb('open', '=', 1), eb('at', '>', since)]))
    .orderBy('at')
    .orderBy('key')
    .execute();
  return rows.map(pageOf);
}

/** Changes a page from what it is, or begins it, and puts what tells of it. Answers what it is now. */
export async function turn(
  db: Db,
  key: string,
  change: (value: string | undefined) => Omit<Page, 'key'> | undefined,
  letter?: Letter,
): Promise<Page | undefined> {
  const locked = await lock(db, key);
  const next = change(locked?.value);
  if (!next) return locked;
  const row = { at: next.at, open: next.open ? 1 : 0, value: next.value };
  const begun = locked
    ? await db.updateTable('evening').set(row).where('key', '=', key).returning('key').executeTakeFirst()
    : await db
        .insertInto('evening')
        .values({ key, ...row })
        .onConflict((conflict) => conflict.column('key').doNothing())
        .returning('key')
        .executeTakeFirst();
  // another process began it just now: the change is made from what that wrote
  if (!begun) return turn(db, key, change, letter);
  if (letter) await putLetter(db, letter);
  return { key, ...next };
}

/** An update that changes nothing locks the row on both databases. */
async function lock(db: Db, key: string): Promise<Page | undefined> {
  const row = await db
    .updateTable('evening')
    .set((each) => ({ at: each.ref('at') }))
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirst();
  return row && pageOf(row);
}

function pageOf(row: { key: string; at: number; open: number; value: string }): Page {
  return { key: row.key, at: row.at, open: row.open === 1, value: row.value };
}
