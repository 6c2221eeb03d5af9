import { randomBytes } from 'node:crypto';
import { type Actor, actorId } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { Refusal } from '../core/refusal.ts';
import { storable } from './audit.ts';
import type { Store } from './store.ts';

/** Lines behind opaque keys: what a menu offers is looked up here, never read from the message. */
export interface Choices {
  /** Keeps the lines for an hour for this person; answers one key each, of 24 characters. */
  keep(lines: readonly string[], actor: Actor): Promise<readonly string[]>;
  /** The line behind a key. Throws a Refusal when it has expired or was offered to somebody else. */
  line(key: string, actor: Actor): Promise<string>;
}

const hour = 3_600_000;

export function createChoices({ store, clock }: { readonly store: Store; readonly clock: Clock }): Choices {
  return {
    async keep(lines, actor) {
      if (lines.length === 0) return [];
      const rows = lines.map((line) => ({
        key: randomBytes(18).toString('base64url'),
        line: storable(line),
        actor: actorId(actor),
        expires_at: clock.now() + hour,
      }));
      await store.write((db) => db.insertInto('choice').values(rows).execute());
      return rows.map(({ key }) => key);
    },
    async line(key, actor) {
      const row = await store.read((db) =>
        db.selectFrom('choice').selectAll().where('key', '=', key).executeTakeFirst(),
      );
      if (!row || row.expires_at <= clock.now())
        throw new Refusal('This choice is no longer open.', 'Type the command again.');
      if (row.actor !== actorId(actor))
        throw new Refusal('This choice was offered to somebody else.', 'Type the command yourself.');
      return row.line;
    },
  };
}
