import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { Refusal } from '../../core/refusal.ts';
import type { Opened, WorkerLock } from './opened.ts';
import type { Tables } from './schema.ts';

/**
 * Opens the folder's SQLite file: WAL, so that the terminal may look while the bot writes; synchronous
 * FULL, so that what was acknowledged survives a power cut. The wait for another process's write is
 * short, because it stops this process's event loop; `Store.write` tries again without stopping it.
 */
export function openSqlite(folder: string): Opened {
  prepareFolder(folder);
  const file = join(folder, 'lamplighter.db');
  try {
    const database = new Database(file);
    database.exec('pragma busy_timeout = 50');
    database.exec('pragma journal_mode = wal');
    database.exec('pragma synchronous = full');
    database.exec('pragma foreign_keys = on');
    return {
      kind: 'sqlite',
      place: file,
      db: new Kysely<Tables>({ dialect: new SqliteDialect({ database }) }),
      // not prepared: a prepared BEGIN that meets a busy file stays in progress, and no COMMIT passes it
      control: async (_connection, word) => {
        database.exec(word === 'begin' ? 'begin immediate' : word);
      },
      worker: workerLock(folder),
      longestWait: 50,
    };
  } catch (error) {
    throw brokenFile(file, error);
  }
}

/** The Refusal for a file that is not what it should be; any other error as it is. */
export function brokenFile(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (/^SQLITE_(NOTADB|CORRUPT|IOERR)/.test(code))
    return new Refusal(
      `The store ${file} is damaged or is not a database.`,
      'Restore it from a backup, or move it away to start with an empty one.',
    );
  if (code === 'SQLITE_FULL')
    return new Refusal(`There is no room on the disk for the store ${file}.`, 'Free some, then start again.');
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || isOpenFailure(error))
    return new Refusal(`The store ${file} cannot be opened for writing.`, 'Check who owns it and its mode.');
  return error;
}

export function sqliteCode(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}

function isOpenFailure(error: unknown): boolean {
  return error instanceof Error && error.message.includes('Unable to open');
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    throw new Refusal(
      `The store's folder ${folder} cannot be written.`,
      'Check who owns it and its mode, or name another with LAMPLIGHTER_STORE.',
    );
  }
}

/** A second SQLite file of which only the lock is used: SQLite knows how to lock on every platform. */
function workerLock(folder: string): WorkerLock {
  let held: Database.Database | undefined;
  return {
    take() {
      if (held) return true;
      const database = new Database(join(folder, 'worker.lock'));
      try {
        database.exec('begin exclusive');
        held = database;
        return true;
      } catch (error) {
        database.close();
        if (sqliteCode(error).startsWith('SQLITE_BUSY')) return false;
        throw error;
      }
    },
    leave() {
      held?.exec('rollback');
      held?.close();
      held = undefined;
    },
  };
}
