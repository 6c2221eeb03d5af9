import { randomBytes } from 'node:crypto';
import { type Actor, actorId } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { Refusal } from '../core/refusal.ts';
import { storable } from './audit.ts';
import type { Store } from './store/store.ts';

/** Lines behind opaque keys: what a menu offers is looked up here, never read from the message. */
export interface Choices {
  /** Keeps the lines for an hour for this person; answers one key each, of 24 characters. */
  keep(lines: readonly string[], actor: Actor): Promise<readonly string[]>;
  /**
   * Keeps the lines until `expiresAt` for whoever presses, as often as they like: rights are those of the
   * one who presses, when they do. Answers one key each.
   */
  offer(lines: readonly string[], expiresAt: number): Promise<readonly string[]>;
  /** The line behind a key. Throws a Refusal when it has expired or was offered to somebody else. */
  line(key: string, actor: Actor): Promise<string>;
}

const hour = 3_600_000;
/** In place of an actor's id, of which none is a star. */
const anybody = '*';

export function createChoices({ store, clock }: { readonly store: Store; readonly clock: Clock }): Choices {
  const put = async (lines: readonly string[], actor: string, expiresAt: number) => {
    if (lines.length === 0) return [];
    const rows = lines.map((line) => ({
      key: randomBytes(18).toString('base64url'),
      line: storable(line),
      actor,
      expires_at: expiresAt,
    }));
    await store.write((db) => db.insertInto('choice').values(rows).execute());
    return rows.map(({ key }) => key);
  };
  return {
    keep: (lines, actor) => put(lines, actorId(actor), clock.now() + hour),
    offer: (lines, expiresAt) => put(lines, anybody, expiresAt),
    async line(key, actor) {
      const row = await store.read((db) =>
        db.selectFrom('choice').selectAll().where('key', '=', key).executeTakeFirst(),
      );
      if (row?.actor === anybody && row.expires_at <= clock.now())
        throw new Refusal('It is too late for this: its hour has come.', 'Type what you want now instead.');
      if (!row || row.expires_at <= clock.now())
        throw new Refusal('This choice is no longer open.', 'Type the command again.');
      if (row.actor !== anybody && row.actor !== actorId(actor))
        throw new Refusal('This choice was offered to somebody else.', 'Type the command yourself.');
      return row.line;
    },
  };
}
