import type { Clock } from '../../core/clock.ts';
import type { Step } from '../../core/plan.ts';
import type { Keep } from '../../core/schedule/model.ts';
import type { Verb, Verbs } from '../../core/verb.ts';
import type { Db, KeepTable } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/** People's words that stand above the timetables until they end. */
export interface Keeps {
  /** Those that have not ended, newest first; of each resource only the latest word. */
  running(): Promise<readonly Keep[]>;
  /** `keep.on`, `keep.off` and `keep.end`: acts on the store, so that a keep is planned, approved and audited like any other. */
  readonly verbs: Verbs;
}

export function createKeeps({ store, clock }: { readonly store: Store; readonly clock: Clock }): Keeps {
  const written = (key: string) =>
    store.read((db) => db.selectFrom('keep').select('seq').where('key', '=', key).executeTakeFirst());
  const verb = (label: string, want: string): Verb => ({
    label,
    permission: 'none: it is written down in the store of the bot',
    act: async (step, { token }) => {
      const now = clock.now();
      const word = {
        key: token,
        ocid: step.target.ocid,
        want,
        at: now,
        until: want === 'end' ? now : wholeNumber(step, 'until'),
        by: words(step, 'by') ?? '',
        because: words(step, 'because') ?? null,
      };
      return store.write(async (db) => ({ part: (await saidAlready(db, word)) ?? (await write(db, word)) }));
    },
    // a word whose reply was lost is written again under the same key, which changes nothing
    observe: async (_step, receipt) =>
      receipt?.part && (await written(receipt.part)) ? { state: 'done' } : { state: 'absent' },
  });
  return {
    running: async () => {
      const now = clock.now();
      const words = await store.read((db) => lastWords(db, now));
      return words.filter(({ at, until }) => at <= now && until > now);
    },
    verbs: {
      'keep.on': verb('Keep on', 'on'),
      'keep.off': verb('Keep off', 'off'),
      'keep.end': verb('End the keep of', 'end'),
    },
  };
}

async function write(db: Db, word: Omit<KeepTable, 'seq'>): Promise<string> {
  await db
    .insertInto('keep')
    .values(word)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  return word.key;
}

/** The key of the last word on it, where that says the same: who was first with it keeps it. */
async function saidAlready(db: Db, { ocid, want, at, until, because }: Omit<KeepTable, 'seq'>) {
  const last = await db
    .selectFrom('keep')
    .selectAll()
    .where('ocid', '=', ocid)
    .where('at', '<=', at)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const same = last && last.want === want && last.until === until && until > at && because === null;
  return same ? last.key : undefined;
}

/**
 * The last word on each resource, newest first, whether it has ended or not: its end may have to be made up for.
 * What a process says whose clock is ahead counts from its moment on, and until then the word before it.
 */
export async function lastWords(db: Db, now: number): Promise<readonly Keep[]> {
  const rows = await db
    .selectFrom('keep')
    .selectAll()
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('keep as newer')
            .select('newer.seq')
            .whereRef('newer.ocid', '=', 'keep.ocid')
            .whereRef('newer.seq', '>', 'keep.seq')
            .where('newer.at', '<=', now),
        ),
      ),
    )
    .orderBy('seq', 'desc')
    .execute();
  return rows.map((row) => ({
    id: `keep-${row.seq}`,
    ocid: row.ocid,
    want: row.want === 'on' ? 'up' : 'down',
    until: row.until,
    at: row.at,
    by: row.by,
    ...(row.because === null ? {} : { because: row.because }),
  }));
}

/** Forgets words that ended before a moment, except where one that they took the place of would still run. */
export async function purgeKeeps(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('keep')
    .where('until', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('keep as older')
            .select('older.seq')
            .whereRef('older.ocid', '=', 'keep.ocid')
            .whereRef('older.seq', '<', 'keep.seq')
            .where('older.until', '>=', before),
        ),
      ),
    )
    .execute();
}

function wholeNumber({ name, with: given }: Step, key: string): number {
  const value = given?.[key];
  if (typeof value === 'number') return value;
  throw new Error(`the step ${name} has no ${key}`);
}

function words({ with: given }: Step, key: string): string | undefined {
  const value = given?.[key];
  return typeof value === 'string' ? value : undefined;
}
