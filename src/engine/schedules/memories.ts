import type { Memory } from '../../core/schedule/model.ts';
import { chunksOf } from '../store/chunks.ts';
import { parse } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/** What is remembered of one resource, with the text that it is stored as: a change names what it was made from. */
export interface Remembered {
  readonly memory: Memory;
  readonly text: string;
}

/** A new memory, and the text of the one that it takes the place of; undefined where there was none. */
export interface Change {
  readonly before: string | undefined;
  readonly after: Memory;
}

/** Another process has changed meanwhile what a change was made from. */
export class Overtaken extends Error {}

export async function readMemories(
  db: Db,
  ocids: readonly string[],
): Promise<ReadonlyMap<string, Remembered>> {
  const rows = [];
  for (const some of chunksOf(ocids))
    rows.push(...(await db.selectFrom('memory').select('value').where('ocid', 'in', some).execute()));
  return remembered(rows);
}

export async function allMemories(db: Db): Promise<ReadonlyMap<string, Remembered>> {
  return remembered(await db.selectFrom('memory').select('value').execute());
}

/** Those whose act is under way. */
export async function pendingMemories(db: Db): Promise<ReadonlyMap<string, Remembered>> {
  return remembered(await db.selectFrom('memory').select('value').where('outcome', '=', 'pending').execute());
}

function remembered(rows: readonly { readonly value: string }[]): ReadonlyMap<string, Remembered> {
  return new Map(
    rows.map(({ value }) => {
      const memory = parse<Memory>(value);
      return [memory.ocid, { memory, text: value }];
    }),
  );
}

/** Whether it was written: not where the row is no longer what it was made from. */
export async function writeMemory(db: Db, { before, after }: Change, now: number): Promise<boolean> {
  const row = { outcome: after.outcome, seen_at: now, value: JSON.stringify(after) };
  const written =
    before === undefined
      ? await db
          .insertInto('memory')
          .values({ ocid: after.ocid, ...row })
          .onConflict((conflict) => conflict.column('ocid').doNothing())
          .returning('ocid')
          .executeTakeFirst()
      : await db
          .updateTable('memory')
          .set(row)
          .where('ocid', '=', after.ocid)
          .where('value', '=', before)
          .returning('ocid')
          .executeTakeFirst();
  return written !== undefined;
}
