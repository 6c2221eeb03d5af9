import type { Letter } from '../../core/letter.ts';
import type { Operation } from '../../core/operation.ts';
import type { Keep, Pause } from '../../core/schedule/model.ts';
import { grouped } from '../../core/schedule/wording.ts';
import { type Note, record } from '../audit.ts';
import { chunksOf } from '../store/chunks.ts';
import { seqOf, toOperations } from '../store/records.ts';
import type { Db } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { addressesBefore } from './addresses.ts';
import { type Dark, darken, darksSince, lighten, openDarks } from './darks.ts';
import { lastWords, purgeKeeps } from './keeps.ts';
import {
  allMemories,
  type Change,
  Overtaken,
  pendingMemories,
  type Remembered,
  readMemories,
  writeMemory,
} from './memories.ts';
import { type Page, readPage, readPages, turn } from './pages.ts';
import { readSamples, type Sample, writeSamples } from './samples.ts';
import { tell, unlessTold, untold } from './told.ts';
import { leftBehind, withdraw } from './withdraw.ts';

/** What schedules write down, beside their operations. */
export interface Ledger {
  memories(ocids: readonly string[]): Promise<ReadonlyMap<string, Remembered>>;
  /** Of every resource. */
  allMemories(): Promise<ReadonlyMap<string, Remembered>>;
  /** Those whose act is under way. */
  pending(): Promise<ReadonlyMap<string, Remembered>>;
  /**
   * Each by itself; what another process has changed meanwhile stays as it left it. Those that leave a question behind
   * are written together with its end, or not at all. Answers the OCIDs written.
   */
  remember(changes: readonly Change[]): Promise<ReadonlySet<string>>;
  /** By OCID the private address that a container instance had before it was last stopped. */
  addresses(ocids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Whether nothing was ever remembered: this is the first look. */
  isBlank(): Promise<boolean>;
  /** They are there still: what is not seen for long is forgotten. */
  seen(ocids: readonly string[]): Promise<void>;
  operations(ids: readonly string[]): Promise<ReadonlyMap<string, Operation>>;
  /** What queued and running operations are at work on. */
  busy(): Promise<ReadonlySet<string>>;
  /** When people’s operations last changed a resource through the bot, by OCID, since a moment. */
  touched(since: number): Promise<ReadonlyMap<string, number>>;
  /** The last word of people on each resource, newest first, whether it has ended or not. */
  keeps(): Promise<readonly Keep[]>;
  /** The latest of each policy, whether it has ended or not. */
  pauses(): Promise<readonly Pause[]>;
  pause(pause: Pause, note: Note): Promise<void>;
  /** The value kept under a key, JSON. */
  page(key: string): Promise<Page | undefined>;
  /** Those that may still change and those of edges since a moment, oldest first. */
  pages(since: number): Promise<readonly Page[]>;
  /**
   * Changes a page, or begins it; one process after the other. What tells of the change is put in the outbox
   * with it, or neither is. Answers what the page is now.
   */
  turn(
    key: string,
    change: (value: string | undefined) => Omit<Page, 'key'> | undefined,
    letter?: Letter,
  ): Promise<Page | undefined>;
  sample(samples: readonly Sample[]): Promise<void>;
  /** Since a moment, in order; and the last one before it of each policy. */
  samples(policies: readonly string[], since: number): Promise<readonly Sample[]>;
  darken(dark: Dark): Promise<void>;
  /** They were up again at a moment: what was dark before it is no longer. */
  lighten(ocids: readonly string[], at: number): Promise<void>;
  /** All that reach past a moment. */
  darks(policies: readonly string[], since: number): Promise<readonly Dark[]>;
  openDarks(): Promise<readonly Dark[]>;
  /** Those of the keys that nobody was told of yet. */
  untold(keys: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Puts a letter that tells of the keys, once: where another process has told of one of them meanwhile nothing
   * is put. Answers whether it was.
   */
  tell(keys: readonly string[], letter: Letter): Promise<boolean>;
  /** Changes when people’s words or pauses do, in whichever process. */
  pulse(): Promise<string>;
  /** Forgets what is older than a moment, and resources that were not seen since. */
  purge(before: number): Promise<void>;
}

const day = 86_400_000;

export function createLedger(deps: { readonly store: Store; readonly clock: { now(): number } }): Ledger {
  const { store, clock } = deps;
  return {
    memories: (ocids) => store.read((db) => readMemories(db, ocids)),
    allMemories: () => store.read(allMemories),
    pending: () => store.read(pendingMemories),
    async remember(changes) {
      const leaves = (change: Change) => leftBehind(change) !== undefined;
      const plain = changes.filter((change) => !leaves(change));
      const written = await writeEach(store, plain, clock.now());
      for (const group of grouped(changes.filter(leaves), (change) => leftBehind(change) ?? ''))
        if (await leave(store, group, clock.now())) for (const { after } of group) written.add(after.ocid);
      return written;
    },
    addresses: (ocids) => store.read((db) => addressesBefore(db, ocids)),
    isBlank: async () => {
      const row = await store.read((db) =>
        db.selectFrom('memory').select('ocid').limit(1).executeTakeFirst(),
      );
      return row === undefined;
    },
    seen: async (ocids) => {
      const now = clock.now();
      for (const some of chunksOf(ocids))
        await store.write((db) =>
          db
            .updateTable('memory')
            .set({ seen_at: now })
            .where('ocid', 'in', some)
            .where('seen_at', '<', now - day)
            .execute(),
        );
    },
    operations: (ids) => store.read((db) => operationsOf(db, ids)),
    busy: () => store.read(busy),
    touched: (since) => store.read((db) => touched(db, since)),
    keeps: () => store.read((db) => lastWords(db, clock.now())),
    pauses: () => store.read(pauses),
    pause: (pause, note) =>
      store.write(async (db) => {
        await writePause(db, pause);
        await record(db, note);
      }),
    page: (key) => store.read((db) => readPage(db, key)),
    pages: (since) => store.read((db) => readPages(db, since)),
    turn: async (key, change, letter) => {
      const page = await store.write((db) => turn(db, key, change, letter));
      if (letter) store.mail.ring();
      return page;
    },
    sample: (samples) => store.write((db) => writeSamples(db, samples)),
    samples: (policies, since) => store.read((db) => readSamples(db, policies, since)),
    darken: (dark) => store.write((db) => darken(db, dark)),
    lighten: (ocids, at) => store.write((db) => lighten(db, ocids, at)),
    darks: (policies, since) => store.read((db) => darksSince(db, policies, since)),
    openDarks: () => store.read(openDarks),
    untold: (keys) => store.read((db) => untold(db, keys)),
    tell: async (keys, letter) => {
      const told = await store
        .write(async (db) => {
          await tell(db, keys, letter, clock.now());
          return true;
        })
        .catch(unlessTold);
      if (told) store.mail.ring();
      return told;
    },
    pulse: () => store.read(pulse),
    purge: (before) => store.write((db) => purge(db, before)),
  };
}

async function writeEach(store: Store, changes: readonly Change[], now: number): Promise<Set<string>> {
  const written = new Set<string>();
  if (changes.length === 0) return written;
  await store.write(async (db) => {
    written.clear();
    for (const change of changes) if (await writeMemory(db, change, now)) written.add(change.after.ocid);
  });
  return written;
}

/** Whether they were written, and the question that they leave behind is over. */
async function leave(store: Store, changes: readonly Change[], now: number): Promise<boolean> {
  const withdrawn = await store
    .write(async (db) => {
      const ids = await withdraw(db, changes, now);
      for (const change of changes) if (!(await writeMemory(db, change, now))) throw new Overtaken();
      return ids;
    })
    .catch((error) => {
      if (error instanceof Overtaken) return undefined;
      throw error;
    });
  for (const id of withdrawn ?? []) store.changed.ring(id);
  if (withdrawn && withdrawn.length > 0) store.mail.ring();
  return withdrawn !== undefined;
}

async function operationsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Operation>> {
  const seqs = [...new Set(ids)].flatMap((id) => seqOf(id) ?? []);
  if (seqs.length === 0) return new Map();
  const rows = await db.selectFrom('operation').selectAll().where('seq', 'in', seqs).execute();
  return new Map((await toOperations(db, rows)).map((operation) => [operation.id, operation]));
}

async function busy(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('step')
    .innerJoin('operation', 'operation.seq', 'step.operation')
    .select('step.ocid')
    .distinct()
    .where('operation.status', 'in', ['queued', 'running', 'undoing'])
    .execute();
  return new Set(rows.map(({ ocid }) => ocid));
}

async function touched(db: Db, since: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('step')
    .innerJoin('operation', 'operation.seq', 'step.operation')
    .select(({ fn }) => ['step.ocid', fn.max('step.finished_at').as('at')])
    .where('step.finished_at', '>', since)
    .where('operation.actor', 'not like', '%"kind":"schedule"%')
    .groupBy('step.ocid')
    .execute();
  return new Map(rows.flatMap(({ ocid, at }) => (at === null ? [] : [[ocid, Number(at)] as const])));
}

async function pauses(db: Db): Promise<readonly Pause[]> {
  const rows = await db.selectFrom('pause').selectAll().orderBy('policy').execute();
  return rows.map(({ because, ...row }) => ({ ...row, ...(because === null ? {} : { because }) }));
}

async function writePause(db: Db, { policy, because, ...rest }: Pause): Promise<void> {
  const row = { ...rest, because: because ?? null };
  await db
    .insertInto('pause')
    .values({ policy, ...row })
    .onConflict((conflict) => conflict.column('policy').doUpdateSet(row))
    .execute();
}

async function pulse(db: Db): Promise<string> {
  const keep = await db
    .selectFrom('keep')
    // a word may be committed after one with a higher number
    .select(({ fn }) => [fn.max('seq').as('last'), fn.countAll().as('words')])
    .executeTakeFirst();
  const paused = await db
    .selectFrom('pause')
    .select(({ fn }) => [fn.max('at').as('at'), fn.sum('until').as('until')])
    .executeTakeFirst();
  return `${keep?.last} ${keep?.words} ${paused?.at} ${paused?.until}`;
}

async function purge(db: Db, before: number): Promise<void> {
  await db.deleteFrom('memory').where('seen_at', '<', before).execute();
  await purgeKeeps(db, before);
  await db.deleteFrom('evening').where('at', '<', before).execute();
  await db.deleteFrom('sample').where('at', '<', before).execute();
  await db.deleteFrom('dark').where('until', '<', before).execute();
}
