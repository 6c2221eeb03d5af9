import { setTimeout as pause } from 'node:timers/promises';
import type { Opened } from './opened.ts';
import type { Db } from './schema.ts';

/** Makes the change, and answers how to tell its caller once that is on the disk. */
interface Waiting {
  make(db: Db): Promise<() => void>;
  fail(error: unknown): void;
}

/** So many changes share a transaction at most, so that who reads need not wait for long. */
const most = 50;

/**
 * A commit stops this process until the disk has it. The next one comes no sooner than after four times as long, so that
 * a crowd of changes costs a fifth of the process and no more: meanwhile they gather.
 */
const spacing = 4;
/** Milliseconds: a disk that is slow for a moment does not keep people waiting. */
const longestRest = 25;

/**
 * Changes that wait for SQLite's one writer share its next transaction, and with it the wait for the disk.
 * Each is whole or nothing by itself, and none is told that it is done before the commit.
 */
export class Together {
  readonly #opened: Opened;
  #waiting: Waiting[] = [];
  #isBusy = false;
  /** Of `performance.now()`. */
  #restsUntil = 0;

  constructor(opened: Opened) {
    this.#opened = opened;
  }

  /** Resolves when the change is on the disk. Rejects with what it threw, or with why there was no commit. */
  write<T>(change: (db: Db) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        make: async (db) => {
          const value = await change(db);
          return () => resolve(value);
        },
        fail: reject,
      });
      if (!this.#isBusy) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const rest = this.#restsUntil - performance.now();
      if (rest >= 1) await pause(rest);
      const batch = this.#waiting.slice(0, most);
      this.#waiting = this.#waiting.slice(most);
      try {
        for (const tell of await this.#commit(batch)) tell();
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#isBusy = false;
  }

  #commit(batch: readonly Waiting[]): Promise<readonly (() => void)[]> {
    const { db, control } = this.#opened;
    return db.connection().execute(async (connection) => {
      await control(connection, 'begin');
      try {
        const told: (() => void)[] = [];
        for (const each of batch)
          told.push(batch.length > 1 ? await this.#part(connection, each) : await each.make(connection));
        const began = performance.now();
        await control(connection, 'commit');
        const took = performance.now() - began;
        this.#restsUntil = began + took + Math.min(longestRest, spacing * took);
        return told;
      } catch (error) {
        await control(connection, 'rollback').catch(() => {});
        throw error;
      }
    });
  }

  async #part(connection: Db, { make, fail }: Waiting): Promise<() => void> {
    const { control } = this.#opened;
    await control(connection, 'savepoint part');
    try {
      const tell = await make(connection);
      await control(connection, 'release part');
      return tell;
    } catch (error) {
      const undo = async () => {
        await control(connection, 'rollback to part');
        await control(connection, 'release part');
      };
      // a full disk, for one, has ended the whole transaction: then its error is everybody's
      await undo().catch(() => {
        throw error;
      });
      return () => fail(error);
    }
  }
}
