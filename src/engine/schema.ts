import type { Generated, Kysely } from 'kysely';

/**
 * The store's tables, the same on SQLite and PostgreSQL. Times are clock milliseconds, except leases,
 * which are the database's own. A `seq` column orders what times may tie. Columns that hold a value of
 * src/core are JSON text.
 */
export interface Tables {
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
  };
  audit: AuditTable;
  choice: { key: string; line: string; actor: string; expires_at: number };
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
