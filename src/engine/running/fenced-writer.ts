import type { News } from '../../core/deploy/news.ts';
import type { Json } from '../../core/json.ts';
import type { Operation } from '../../core/operation.ts';
import { endFollowUp } from '../asking/follow-ups.ts';
import { engineActor, type Note, record } from '../audit.ts';
import { putLetter, touchOperation } from '../mail/letters.ts';
import { type HeldRow, holdRow, operationOf } from '../operations.ts';
import { endRelease } from '../releases.ts';
import type { Room } from '../room.ts';
import type { Db, OperationTable, StepTable } from '../store/schema.ts';
import type { Claim } from './claim.ts';

/** Some writes on the rows of an operation, in a transaction that holds them. */
export type Change<T> = (db: Db, row: HeldRow, now: number) => Promise<T>;

/** Another process has the operation now: whatever this one wanted to write is void. */
export class Fenced extends Error {
  constructor(id: string) {
    super(`${id} is in other hands`);
  }
}

/**
 * The rows of one claimed operation, for as long as the claim holds: each change is a transaction that checks the fence
 * first. Waits for a store that is away until the signal aborts. Throws Fenced when the claim has passed to another process.
 */
export class FencedWriter {
  readonly id: string;
  readonly #room: Room;
  readonly #claim: Claim;
  readonly #signal: AbortSignal;

  constructor(room: Room, claim: Claim, signal: AbortSignal) {
    this.id = claim.operation.id;
    this.#room = room;
    this.#claim = claim;
    this.#signal = signal;
  }

  /** A change that people see: the operation's message is due. */
  async tell<T>(change: Change<T>): Promise<T> {
    const answer = await this.write(async (db, row, now) => {
      await touchOperation(db, this.id);
      return change(db, row, now);
    });
    this.#room.store.mail.ring();
    return answer;
  }

  /** A change that nobody sees. */
  async write<T>(change: Change<T>): Promise<T> {
    const now = this.#room.clock.now();
    const answer = await this.#room.store.write(
      async (db) => {
        const row = await holdRow(db, this.#room.store.kind, this.#claim.seq);
        if (!row || row.owner === null || row.fence !== this.#claim.fence) throw new Fenced(this.id);
        return change(db, row, now);
      },
      { ms: Number.POSITIVE_INFINITY, signal: this.#signal },
    );
    this.#room.store.changed.ring(this.id);
    return answer;
  }

  /** It is over: locks are let go, its release is ended, and all of it is told. */
  async close(
    db: Db,
    row: HeldRow,
    status: Operation['status'],
    now: number,
    because: string | null = row.because,
  ): Promise<void> {
    await db.deleteFrom('lock').where('operation', '=', this.#claim.seq).execute();
    await this.update(db, {
      status,
      because: row.cancel === null || row.status === 'undoing' ? because : null,
      finished_at: now,
      owner: null,
      lease_until: null,
    });
    await endRelease(db, this.id, status, now);
    // what never began has taken nothing up
    if (row.status !== 'queued') await endFollowUp(db, this.#claim.operation, status, now);
    await this.news(db, { type: 'ended' });
    await this.record(db, now, 'finished', { status, ...(because ? { because } : {}) });
  }

  /** Told with the change or not at all. */
  async news(db: Db, news: News): Promise<void> {
    const { tells, addressOf } = this.#room;
    if (!tells || !this.#claim.operation.plan.release) return;
    const operation = await operationOf(db, this.#claim.seq);
    const own = addressOf({ ...operation, asked: operation.approval !== undefined });
    for (const letter of tells(operation, news, own)) await putLetter(db, letter);
  }

  /** It gets on: claims that lead nowhere are counted anew. Not written for nothing, since the row holds all of the plan. */
  async progressed(db: Db): Promise<void> {
    await db
      .updateTable('operation')
      .set({ claims: 0 })
      .where('seq', '=', this.#claim.seq)
      .where('claims', '!=', 0)
      .execute();
  }

  /** Columns of the operation's row. */
  async update(db: Db, set: Partial<Omit<OperationTable, 'seq'>>): Promise<void> {
    await db.updateTable('operation').set(set).where('seq', '=', this.#claim.seq).execute();
  }

  /** Columns of a step's row; those of the way back stand after those of the way there. */
  async step(db: Db, position: number, set: Partial<StepTable>): Promise<void> {
    await db
      .updateTable('step')
      .set(set)
      .where('operation', '=', this.#claim.seq)
      .where('position', '=', position)
      .execute();
  }

  /** A line of the audit. */
  record(db: Db, at: number, event: string, details: Note['details'] & {}): Promise<void> {
    return record(db, { at, event, actor: engineActor, operation: this.id, details });
  }

  /** What the audit has to say of a step. */
  stepFacts(position: number): { readonly [key: string]: Json } {
    const { steps, undo = [] } = this.#claim.operation;
    const step = [...steps, ...undo][position]?.step;
    return step ? { step: step.name, target: step.target.ocid, region: step.target.region } : {};
  }
}
