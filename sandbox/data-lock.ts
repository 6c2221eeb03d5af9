import Database from 'libsql';
import { BadStart } from './options.ts';

/**
 * Keeps a second sandbox off the same folder. The lock is the kernel's, on a SQLite file, so it ends
 * with the process however that dies; there is no stale lock file to clean up.
 * Answers how to let go; throws BadStart when another process holds it.
 */
export function lockData(file: string, folder: string): () => void {
  const database = new Database(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Error && /locked/.test(error.message))) throw error;
    throw new BadStart(`Another sandbox is running on ${folder}. Stop it, or give this one --data DIR.`);
  }
  return () => {
    database.exec('ROLLBACK');
    database.close();
  };
}
