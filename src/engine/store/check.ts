import { randomUUID } from 'node:crypto';
import type { Check } from '../../command.ts';
import type { Store } from './store.ts';

/** For doctor: writes a row and reads it back. */
export function storeCheck({ kind, place, write }: Store): Check {
  return {
    name: 'Store',
    fix: kind === 'sqlite' ? 'Free disk space, or restore the file from a backup.' : 'Check DATABASE_URL.',
    run: async () => {
      const value = randomUUID();
      const row = await write(
        (db) =>
          db
            .insertInto('meta')
            .values({ name: 'check', value })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
            .returning('value')
            .executeTakeFirstOrThrow(),
        { ms: 2_000 },
      );
      if (row.value !== value) throw new Error(`${place} gave back something else than was written`);
      return `${kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'} at ${place} takes writes`;
    },
  };
}
