import type { Kind } from './migrations.ts';
import type { Db } from './schema.ts';

export type Control =
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'savepoint part'
  | 'release part'
  | 'rollback to part';

/** A database that was opened, with what differs between the two kinds. */
export interface Opened {
  readonly kind: Kind;
  /** File or server, without secrets. */
  readonly place: string;
  readonly db: Db;
  /** Begins or ends a transaction, or a part of one, on the connection. */
  control(connection: Db, word: Control): Promise<void>;
  readonly worker: WorkerLock;
  /** Between two tries, in ms: a file is busy for moments, a server is away for longer. */
  readonly longestWait: number;
}

/** The right to carry out operations, given back when the process ends, however it ends. */
export interface WorkerLock {
  take(): boolean;
  leave(): void;
}
