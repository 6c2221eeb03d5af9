import type { Generated, Kysely } from 'kysely';

/**
 * The store's tables, the same on SQLite and PostgreSQL. Times are clock milliseconds, except leases,
 * which are the database's own. A `seq` column orders what times may tie. Columns that hold a value of
 * src/core are JSON text.
 */
export interface Tables extends LightsTables {
  meta: { name: string; value: string };
  operation: OperationTable;
  step: StepTable;
  lock: { ocid: string; operation: number };
  decision: DecisionTable;
  message: MessageTable;
  delivery: {
    seq: Generated<number>;
    key: string;
    payload: string | null;
    at: number;
    done_at: number | null;
    lease_until: number | null;
  };
  audit: AuditTable;
  choice: { key: string; line: string; actor: string; expires_at: number };
  /** What people said to running operations; kept when it comes before it is asked for. */
  word: WordTable;
  release: ReleaseTable;
  /** What somebody locked by hand: until it is unlocked, nothing that needs it is planned or begun. */
  hold: { name: string; by: string; at: number; because: string };
}

export interface WordTable {
  seq: Generated<number>;
  operation: number;
  /** `op-81` and the press's key. */
  key: string;
  says: string;
  by: string;
  at: number;
  because: string | null;
}

/** What was deployed: one row for each deploy that was begun. */
export interface ReleaseTable {
  app: string;
  version: number;
  /** `op-81`. */
  operation: string;
  by: string;
  at: number;
  /** A Release as JSON. */
  value: string;
  /** The status that its operation ended in. */
  outcome: string | null;
  finished_at: number | null;
}

export type Db = Kysely<Tables>;

export interface OperationTable {
  /** `op-81` is the row 81. */
  seq: Generated<number>;
  key: string;
  status: string;
  line: string;
  actor: string;
  origin: string;
  plan: string;
  digest: string;
  /** The ask without its decisions, which are rows. */
  approval: string | null;
  because: string | null;
  /** Who asked it to stop, JSON; it is honoured between steps. */
  cancel: string | null;
  created_at: number;
  started_at: number | null;
  finished_at: number | null;
  /** When a waiting operation has to be looked at next: a reminder or its expiry. */
  due_at: number | null;
  reminded: number;
  /** The process that has it in hand. */
  owner: string | null;
  /** Grows with each claim; a write of an older claim is refused. */
  fence: number;
  /** Database time in ms until which the owner is believed to live; null on SQLite. */
  lease_until: number | null;
  /** Claims since the last step that got anywhere. */
  claims: number;
  /** The operation that finishes what this one left behind, JSON. */
  follow_up: string | null;
}

export interface StepTable {
  operation: number;
  position: number;
  wave: number;
  verb: string;
  ocid: string;
  state: string;
  attempts: number;
  before: string | null;
  receipt: string | null;
  note: string | null;
  /** What somebody has to decide; a sentence. */
  asks: string | null;
  /** What the verb wants to know at its next look, JSON. */
  memo: string | null;
  /** What the steps after it need to know, JSON. */
  result: string | null;
  started_at: number | null;
  finished_at: number | null;
}

export interface DecisionTable {
  seq: Generated<number>;
  operation: number;
  /** `op-81` and the press's key: the same press again finds its answer here. */
  key: string;
  ruling: string;
}

export interface MessageTable {
  key: string;
  seq: Generated<number>;
  address: string;
  /** The key of the letter in whose thread it goes. */
  parent: string | null;
  /** Null for an operation's own message, which is described when it is sent. */
  report: string | null;
  broadcast: number;
  version: number;
  /** The newest version that was sent or given up. */
  settled: number;
  posted: string | null;
  /** When the post that is under way was begun, in clock ms. */
  tried_at: number | null;
  /** When a post was begun first whose end was never recorded. */
  attempted_at: number | null;
  not_before: number;
  tries: number;
  why: string | null;
  /** Who is sending it, and until when that is believed, in database ms. */
  sender: string | null;
  lease_until: number | null;
  settled_at: number | null;
}

export interface AuditTable {
  seq: number;
  at: number;
  event: string;
  actor: string;
  operation: string | null;
  line: string | null;
  details: string;
  prev: string;
  hash: string;
}

/** The tables of schedules. */
export interface LightsTables {
  /** One row for each resource that a policy means: a Memory as JSON. */
  memory: { ocid: string; outcome: string; seen_at: number; value: string };
  keep: KeepTable;
  /** The latest pause of each policy; one that is over stays, since its end may have to be made up for. */
  pause: { policy: string; at: number; until: number; by: string; because: string | null };
  /** The reports: one for each channel, edge and direction; `open` while it may still change. */
  evening: { key: string; at: number; open: number; value: string };
  /** How many resources of a policy ran at a moment: what the chart is drawn of. */
  sample: { policy: string; at: number; up: number; total: number };
  /** When a resource was off by schedule, and what each hour of it is worth: what savings are summed of. */
  dark: { ocid: string; since: number; until: number | null; policy: string; per_hour: number | null };
  /** What is said once and never again. */
  told: { key: string; at: number };
}

export interface KeepTable {
  /** `keep-12` is the row 12. */
  seq: Generated<number>;
  /** Operation and step: the same step repeated finds its row. */
  key: string;
  ocid: string;
  want: string;
  at: number;
  until: number;
  by: string;
  because: string | null;
}
