import type { Letter } from '../../core/letter.ts';
import { putLetter } from '../mail/letters.ts';
import type { Db } from '../store/schema.ts';

/** Another process has told of it meanwhile. */
class Told extends Error {}

/** False for what `tell` rejects with where another was first; anything else is thrown again. */
export function unlessTold(error: unknown): false {
  if (error instanceof Told) return false;
  throw error;
}

/** Those of the keys that nobody was told of yet. */
export async function untold(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('told')
    .select('key')
    .where('key', 'in', [...keys])
    .execute();
  const told = new Set(rows.map(({ key }) => key));
  return new Set(keys.filter((key) => !told.has(key)));
}

/** Puts a letter that tells of the keys, all of which are new. */
export async function tell(db: Db, keys: readonly string[], letter: Letter, at: number): Promise<void> {
  const rows = [...new Set(keys)].map((key) => ({ key, at }));
  const written = await db
    .insertInto('told')
    .values(rows)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .execute();
  if (written.length < rows.length) throw new Told();
  await putLetter(db, letter);
}
