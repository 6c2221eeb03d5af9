import type { Fresh } from '../core/cloud.ts';
import type { Log, News } from '../core/deploy/news.ts';
import { mention } from '../core/describe.ts';
import type { CloudError } from '../core/fault.ts';
import type { Json } from '../core/json.ts';
import { type Operation, outcome } from '../core/operation.ts';
import { plainText, type StepState } from '../core/report.ts';
import { stopped } from '../core/text.ts';
import type { Receipt } from '../core/verb.ts';
import { wayBack } from '../core/way-back.ts';
import { engineActor, type Note, record } from './audit.ts';
import type { Claim } from './claim.ts';
import { beginFollowUp, endFollowUp } from './follow-ups.ts';
import { holdsOn } from './holds.ts';
import { putLetter, touchOperation } from './letters.ts';
import { type HeldRow, holdRow, operationOf } from './operations.ts';
import { beginRelease, endRelease } from './releases.ts';
import type { Room } from './room.ts';
import type { Db, OperationTable, StepTable } from './schema.ts';
import { heard } from './words.ts';

type Change<T> = (db: Db, row: HeldRow, now: number) => Promise<T>;

/** Another process has the operation now: whatever this one wanted to write is void. */
export class Fenced extends Error {
  constructor(id: string) {
    super(`${id} is in other hands`);
  }
}

/**
 * What a claim writes: each call is one transaction that checks the fence, changes the rows, records
 * the audit and, where people see it, makes the operation's message due. Waits for a store that is away until the signal
 * aborts. Throws Fenced when the claim has passed to another process.
 */
export class Journal {
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

  /** The targets are as the card said: it runs. False: it was cancelled meanwhile, and is over. */
  begin(fresh: readonly (Fresh | undefined)[]): Promise<boolean> {
    return this.#tell(async (db, row, now) => {
      if (row.cancel !== null) {
        await this.#close(db, row, 'cancelled', now);
        return false;
      }
      const against = await this.#objection(db, now);
      if (against) {
        await this.#close(db, row, 'void', now, against);
        return false;
      }
      for (const [position, before] of fresh.entries())
        if (before) await this.#step(db, position, { before: JSON.stringify(before) });
      await this.#update(db, { status: 'running', started_at: now, because: null });
      await this.#record(db, now, 'started', { digest: row.digest, line: row.line });
      await this.#news(db, { type: 'begun' });
      return true;
    });
  }

  /** What only the store knows that stands against its beginning; a sentence. */
  async #objection(db: Db, now: number): Promise<string | undefined> {
    const { plan } = this.#claim.operation;
    const [hold] = await holdsOn(db, plan.locks ?? []);
    if (hold)
      return `${plainText([mention(hold.by)])} has locked ${hold.name.replace(/^\w+:/, '')}: ${stopped(hold.because)}`;
    const other = await beginFollowUp(db, this.#claim.operation);
    if (other)
      return `What ${plan.finishes?.operation} left behind was taken up by ${other} since this was planned.`;
    if (await beginRelease(db, this.#claim.operation, now)) return undefined;
    return `Another deploy of ${plan.release?.app} was begun since this one was planned.`;
  }

  /** It ends before any step: nothing was changed. */
  abandon(status: 'void' | 'failed', because: string): Promise<void> {
    return this.#tell(async (db, row, now) => {
      await this.#close(db, row, row.cancel === null ? status : 'cancelled', now, because);
    });
  }

  /** Shows why it does not get on. */
  explain(because: string): Promise<{ readonly cancelled: boolean }> {
    return this.#write(async (db, row) => {
      if (row.cancel === null && row.because !== because) {
        await this.#update(db, { because });
        await touchOperation(db, this.id);
      }
      return { cancelled: row.cancel !== null };
    });
  }

  /**
   * The *started* row: written before the call, so that what was in flight is known. False: cancelled, which does not
   * hold up the way back.
   */
  start(position: number, attempts: number, before: Fresh, startedAt: number): Promise<boolean> {
    return this.#tell(async (db, row) => {
      if (row.cancel !== null && row.status !== 'undoing') return false;
      await this.#step(db, position, {
        state: 'running',
        attempts,
        before: JSON.stringify(before),
        started_at: startedAt,
        note: null,
      });
      return true;
    });
  }

  /** What was said to the operation since then, and whether it is to stop. */
  heard(since: number): ReturnType<typeof heard> {
    return heard(this.#room, this.#claim.seq, since);
  }

  /** OCI has taken it. */
  accepted(position: number, receipt: Receipt): Promise<void> {
    return this.#write(async (db, _row, now) => {
      await this.#step(db, position, { receipt: JSON.stringify(receipt) });
      await this.#progressed(db);
      await this.#record(db, now, 'acted', {
        ...this.#stepFacts(position),
        ...(receipt.requestId ? { requestId: receipt.requestId } : {}),
        ...(receipt.workRequest ? { workRequest: receipt.workRequest } : {}),
      });
    });
  }

  /** OCI said no, or nothing. */
  refused(position: number, error: CloudError): Promise<void> {
    return this.#write((db, _row, now) =>
      this.#record(db, now, 'act failed', {
        ...this.#stepFacts(position),
        status: error.status,
        code: error.code,
        ...(error.requestId ? { requestId: error.requestId } : {}),
      }),
    );
  }

  note(position: number, note: string): Promise<void> {
    return this.#tell((db) => this.#step(db, position, { note }));
  }

  /** What the step wants somebody to decide, or no longer. */
  asks(position: number, asks: string | undefined): Promise<void> {
    return this.#tell(async (db) => {
      await this.#step(db, position, { asks: asks ?? null });
      if (asks) await this.#news(db, { type: 'asks', position });
    });
  }

  /** For the verb's next look, in whichever process that is. */
  memo(position: number, memo: Json): Promise<void> {
    return this.#write((db) => this.#step(db, position, { memo: JSON.stringify(memo) }));
  }

  end(
    position: number,
    state: Exclude<StepState, 'pending' | 'running'>,
    note?: string,
    more: { readonly requestId?: string; readonly result?: Json } = {},
  ): Promise<void> {
    const { requestId, result } = more;
    return this.#tell(async (db, _row, now) => {
      await this.#step(db, position, {
        state,
        note: note ?? null,
        asks: null,
        finished_at: now,
        ...(result === undefined ? {} : { result: JSON.stringify(result) }),
      });
      await this.#progressed(db);
      await this.#record(db, now, `step ${state}`, {
        ...this.#stepFacts(position),
        ...(note ? { note } : {}),
        ...(requestId ? { requestId } : {}),
      });
      if (result !== undefined) await this.#news(db, { type: 'step', position });
    });
  }

  /**
   * It does not get on, and there is a way back: it is gone from here on. False where there is none, where all is done,
   * where nothing was done, and where the plan says that it is too late.
   */
  turnBack(): Promise<boolean> {
    return this.#tell(async (db, row, now) => {
      const { plan, steps, undo } = await operationOf(db, this.#claim.seq);
      const turn = wayBack(plan, steps);
      if (!turn || !undo) return false;
      const setStates = async (positions: readonly number[]) => {
        for (const position of positions) await this.#step(db, position, { state: 'skipped' });
      };
      await setStates(turn.notBegun);
      await setStates(turn.notNeeded.map((at) => steps.length + at));
      const failed = steps.find(({ state }) => state === 'failed' || state === 'unknown');
      const because = failed
        ? `${failed.step.does ?? failed.step.name}: ${failed.note ?? failed.state}`
        : null;
      await this.#update(db, { status: 'undoing', because: because ?? row.because });
      await this.#record(db, now, 'turned back', because ? { because } : {});
      await this.#news(db, { type: 'back' });
      return true;
    });
  }

  /** What was found in logs of what does not get on. */
  found(logs: readonly Log[]): Promise<void> {
    return this.#tell((db) => this.#news(db, { type: 'back', logs }));
  }

  /** No step is under way any more: those not started are skipped, and it is over. */
  finish(): Promise<void> {
    return this.#tell(async (db, row, now) => {
      await db
        .updateTable('step')
        .set({ state: 'skipped' })
        .where('operation', '=', this.#claim.seq)
        .where('state', '=', 'pending')
        .execute();
      const { steps, undo } = await operationOf(db, this.#claim.seq);
      const ended = outcome(steps, row.cancel !== null, undo);
      await this.#close(db, row, ended, now, row.status === 'undoing' ? row.because : null);
    });
  }

  /** Nobody can get on with it: what was under way is unknown. */
  giveUp(because: string): Promise<void> {
    return this.#tell(async (db, row, now) => {
      const steps = db.updateTable('step').where('operation', '=', this.#claim.seq);
      await steps.set({ state: 'unknown', finished_at: now }).where('state', '=', 'running').execute();
      await steps.set({ state: 'skipped' }).where('state', '=', 'pending').execute();
      await this.#close(db, row, 'unresolved', now, because);
    });
  }

  /** Leaves it to the next process, as it stands. */
  release(): Promise<void> {
    return this.#write((db) => this.#update(db, { owner: null, lease_until: null }));
  }

  /** A change that people see: the operation's message is due. */
  async #tell<T>(change: Change<T>): Promise<T> {
    const answer = await this.#write(async (db, row, now) => {
      await touchOperation(db, this.id);
      return change(db, row, now);
    });
    this.#room.store.mail.ring();
    return answer;
  }

  async #write<T>(change: Change<T>): Promise<T> {
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

  async #close(
    db: Db,
    row: HeldRow,
    status: Operation['status'],
    now: number,
    because: string | null = row.because,
  ): Promise<void> {
    await db.deleteFrom('lock').where('operation', '=', this.#claim.seq).execute();
    await this.#update(db, {
      status,
      because: row.cancel === null || row.status === 'undoing' ? because : null,
      finished_at: now,
      owner: null,
      lease_until: null,
    });
    await endRelease(db, this.id, status, now);
    // what never began has taken nothing up
    if (row.status !== 'queued') await endFollowUp(db, this.#claim.operation, status, now);
    await this.#news(db, { type: 'ended' });
    await this.#record(db, now, 'finished', { status, ...(because ? { because } : {}) });
  }

  /** Told with the change or not at all. */
  async #news(db: Db, news: News): Promise<void> {
    const { tells, addressOf } = this.#room;
    if (!tells || !this.#claim.operation.plan.release) return;
    const operation = await operationOf(db, this.#claim.seq);
    const own = addressOf({ ...operation, asked: operation.approval !== undefined });
    for (const letter of tells(operation, news, own)) await putLetter(db, letter);
  }

  /** Once in a while: what does not change is not written anew, with all of the plan. */
  async #progressed(db: Db): Promise<void> {
    await db
      .updateTable('operation')
      .set({ claims: 0 })
      .where('seq', '=', this.#claim.seq)
      .where('claims', '!=', 0)
      .execute();
  }

  async #update(db: Db, set: Partial<Omit<OperationTable, 'seq'>>): Promise<void> {
    await db.updateTable('operation').set(set).where('seq', '=', this.#claim.seq).execute();
  }

  async #step(db: Db, position: number, set: Partial<StepTable>): Promise<void> {
    await db
      .updateTable('step')
      .set(set)
      .where('operation', '=', this.#claim.seq)
      .where('position', '=', position)
      .execute();
  }

  #record(db: Db, at: number, event: string, details: Note['details'] & {}): Promise<void> {
    return record(db, { at, event, actor: engineActor, operation: this.id, details });
  }

  #stepFacts(position: number): { readonly [key: string]: Json } {
    const { steps, undo = [] } = this.#claim.operation;
    const step = [...steps, ...undo][position]?.step;
    return step ? { step: step.name, target: step.target.ocid, region: step.target.region } : {};
  }
}
