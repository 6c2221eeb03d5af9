import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Letter } from '../../core/letter.ts';
import type { Operation } from '../../core/operation.ts';
import type { Report } from '../../core/report.ts';
import { parse, present, readOperation, seqOf } from '../store/records.ts';
import type { Db, MessageTable } from '../store/schema.ts';
import { databaseNow, type Patience, type Store } from '../store/store.ts';
import { putLetter } from './letters.ts';

/** A message as Slack named it. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  /** The pictures in it: what they are (sha-256 of the bytes) → the id that Slack gave the file. */
  readonly pictures?: Readonly<Record<string, string>>;
  /** The files that were shared beside it: name → sha-256 of the bytes. */
  readonly shared?: Readonly<Record<string, string>>;
}

/** A letter whose newest version has not been sent, in this process's hands for a minute. */
export interface DueLetter extends Letter {
  readonly version: number;
  /** Where it stands already: then it is edited, not posted. */
  readonly posted?: Posted;
  /** For a letter to a thread: the message it goes under; absent when that one could not be posted. */
  readonly parent?: Posted;
  /** When a post was first begun whose end was never recorded, in clock ms: it may be there already. */
  readonly attemptedAt?: number;
  /** How often this version was delayed. */
  readonly tries: number;
}

/**
 * Everything that is to be posted, kept until it is. What `due` hands out belongs to the caller until
 * `sent`, `delay` or `dead`, or for a minute; no other process gets it meanwhile.
 */
export interface Outbox {
  /** Puts a letter, or newer content under its key. An older content that was not sent yet never is. */
  put(letter: Letter, patience?: Patience): Promise<void>;
  /** Letters to send now, in the order they were first put. `now` in clock ms. */
  due(now: number, limit: number): Promise<readonly DueLetter[]>;
  /** Says that a post is about to be tried. False: it is no longer yours to send. */
  sending(key: string, version: number, now: number): Promise<boolean>;
  /** It is there. `notBefore`: the earliest moment of the next edit, in clock ms. */
  sent(key: string, version: number, posted: Posted | undefined, notBefore: number): Promise<void>;
  /** Try again at `until` (clock ms). `'no'` says that the try just made certainly posted nothing. */
  delay(key: string, until: number, why: string, posted?: 'no' | 'maybe'): Promise<void>;
  /** This version will never be sent. */
  dead(key: string, version: number, why: string): Promise<void>;
  /** Forgets where it was posted, since it was deleted there: the next send posts anew. */
  lost(key: string): Promise<void>;
  posted(key: string): Promise<Posted | undefined>;
  /** How many letters wait. */
  unsent(): Promise<number>;
  /** Calls back after a put of this process, once it is committed. Answers how to stop. */
  onPut(listener: () => void): () => void;
}

type Row = Selectable<MessageTable>;

/** How long a letter that was handed out is believed to be in good hands, in ms. */
const lease = 60_000;
/** The longest that a letter is made to wait, in ms of the clock. */
const longestPause = 15 * 60_000;

export function createOutbox(deps: {
  readonly store: Store;
  /** What the message of an operation says. */
  readonly describe: (operation: Operation) => Report;
}): Outbox {
  const { store, describe } = deps;
  const me = randomUUID();

  /** Changes the letter if it is in this process's hands. */
  const settle = (
    key: string,
    change: Partial<Omit<Row, 'seq'>>,
  ): Promise<{ readonly key: string } | undefined> =>
    store.write((db) =>
      db
        .updateTable('message')
        .set(change)
        .where('key', '=', key)
        .where('sender', '=', me)
        .returning('key')
        .executeTakeFirst(),
    );

  return {
    async put(letter, patience) {
      await store.write((db) => putLetter(db, letter), patience);
      store.mail.ring();
    },
    due: (now, limit) =>
      store.write(async (db) => {
        const rows = await takeDue(db, store, me, now, limit);
        return Promise.all(rows.map((row) => toDueLetter(db, row, describe)));
      }),
    async sending(key, _version, now) {
      const renewed = await store.write((db) =>
        db
          .updateTable('message')
          .set((row) => ({ tried_at: now, lease_until: row(databaseNow(store.kind), '+', lease) }))
          .where('key', '=', key)
          .where('sender', '=', me)
          .returning('key')
          .executeTakeFirst(),
      );
      return renewed !== undefined;
    },
    async sent(key, version, posted, notBefore) {
      await settle(key, {
        settled: version,
        not_before: notBefore,
        tried_at: null,
        attempted_at: null,
        tries: 0,
        why: null,
        sender: null,
        settled_at: notBefore,
        ...(posted ? { posted: JSON.stringify(posted) } : {}),
      });
    },
    async delay(key, until, why, posted = 'maybe') {
      await store.write((db) =>
        db
          .updateTable('message')
          .set((row) => ({
            not_before: until,
            tries: row('tries', '+', 1),
            why,
            sender: null,
            ...(posted === 'no' ? { tried_at: null } : {}),
          }))
          .where('key', '=', key)
          .where('sender', '=', me)
          .execute(),
      );
    },
    async dead(key, version, why) {
      await settle(key, { settled: version, tried_at: null, why, sender: null });
    },
    async lost(key) {
      await settle(key, { posted: null });
    },
    posted: async (key) => {
      const row = await store.read((db) =>
        db.selectFrom('message').select('posted').where('key', '=', key).executeTakeFirst(),
      );
      return row?.posted ? parse<Posted>(row.posted) : undefined;
    },
    unsent: async () => {
      const row = await store.read((db) =>
        db
          .selectFrom('message')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .whereRef('version', '>', 'settled')
          .executeTakeFirstOrThrow(),
      );
      return Number(row.count);
    },
    onPut: (listener) => store.mail.listen(listener),
  };
}

/** Takes due letters into this process's hands. A post that a crash cut off becomes one in doubt. */
async function takeDue(
  db: Db,
  store: Store,
  me: string,
  now: number,
  limit: number,
): Promise<readonly Row[]> {
  const databaseTime = databaseNow(store.kind);
  const due = await db
    .selectFrom('message')
    .leftJoin('message as parent', 'parent.key', 'message.parent')
    .select('message.key')
    .whereRef('message.version', '>', 'message.settled')
    .where(({ eb, or }) =>
      // a moment further away than any pause was written before the clock was set back
      or([eb('message.not_before', '<=', now), eb('message.not_before', '>', now + longestPause)]),
    )
    .where(({ eb, or }) =>
      or([eb('message.sender', 'is', null), eb('message.lease_until', '<', databaseTime)]),
    )
    .where(({ eb, or, ref }) =>
      or([
        eb('parent.key', 'is', null),
        eb('parent.posted', 'is not', null),
        eb('parent.settled', '>=', ref('parent.version')),
      ]),
    )
    .orderBy('message.seq')
    .limit(limit)
    .$if(store.kind === 'postgres', (query) => query.forUpdate('message').skipLocked())
    .execute();
  if (due.length === 0) return [];
  const rows = await db
    .updateTable('message')
    .set((row) => ({
      sender: me,
      lease_until: row(databaseTime, '+', lease),
      attempted_at: row.fn.coalesce('attempted_at', 'tried_at'),
      tried_at: null,
    }))
    .where(
      'key',
      'in',
      due.map(({ key }) => key),
    )
    .returningAll()
    .execute();
  return rows.sort((a, b) => a.seq - b.seq);
}

async function toDueLetter(db: Db, row: Row, describe: (operation: Operation) => Report): Promise<DueLetter> {
  const parent = row.parent
    ? await db.selectFrom('message').select('posted').where('key', '=', row.parent).executeTakeFirst()
    : undefined;
  return {
    key: row.key,
    to: parse(row.address),
    report: row.report === null ? await current(db, row.key, describe) : parse(row.report),
    ...(row.broadcast ? { broadcast: true } : {}),
    version: row.version,
    ...present('posted', row.posted === null ? null : parse<Posted>(row.posted)),
    ...present('parent', parent?.posted ? parse<Posted>(parent.posted) : null),
    ...present('attemptedAt', row.attempted_at),
    tries: row.tries,
  };
}

async function current(db: Db, id: string, describe: (operation: Operation) => Report): Promise<Report> {
  const operation = await readOperation(db, seqOf(id) ?? 0);
  if (!operation) throw new Error(`a message stands for ${id}, which is not in the store`);
  return describe(operation);
}
