import type { Fresh } from '../../core/cloud.ts';
import type { Log } from '../../core/deploy/news.ts';
import { mention } from '../../core/describe.ts';
import type { CloudError } from '../../core/fault.ts';
import type { Json } from '../../core/json.ts';
import { outcome } from '../../core/operation.ts';
import { plainText, type StepState } from '../../core/report.ts';
import { saidOf } from '../../core/step-words.ts';
import { stopped } from '../../core/text.ts';
import type { Receipt } from '../../core/verb.ts';
import { wayBack } from '../../core/way-back.ts';
import { beginFollowUp } from '../asking/follow-ups.ts';
import { heard } from '../asking/words.ts';
import { holdsOn } from '../holds.ts';
import { touchOperation } from '../mail/letters.ts';
import { operationOf } from '../operations.ts';
import { beginRelease } from '../releases.ts';
import type { Room } from '../room.ts';
import type { Db } from '../store/schema.ts';
import type { Claim } from './claim.ts';
import { FencedWriter } from './fenced-writer.ts';
import { lockMade } from './locks.ts';

/**
 * What becomes of a claimed operation, in words of its own: each call is one change of a FencedWriter, which records the
 * audit and, where people see it, makes the operation's message due. Rejects as that does.
 */
export class Journal {
  readonly id: string;
  readonly #room: Room;
  readonly #claim: Claim;
  readonly #writer: FencedWriter;

  constructor(room: Room, claim: Claim, signal: AbortSignal) {
    this.id = claim.operation.id;
    this.#room = room;
    this.#claim = claim;
    this.#writer = new FencedWriter(room, claim, signal);
  }

  /** The targets are as the card said: it runs. False: it was cancelled meanwhile, and is over. */
  begin(fresh: readonly (Fresh | undefined)[]): Promise<boolean> {
    return this.#writer.tell(async (db, row, now) => {
      if (row.cancel !== null) {
        await this.#writer.close(db, row, 'cancelled', now);
        return false;
      }
      const against = await this.#objection(db, now);
      if (against) {
        await this.#writer.close(db, row, 'void', now, against);
        return false;
      }
      for (const [position, before] of fresh.entries())
        if (before) await this.#writer.step(db, position, { before: JSON.stringify(before) });
      await this.#writer.update(db, { status: 'running', started_at: now, because: null });
      await this.#writer.record(db, now, 'started', { digest: row.digest, line: row.line });
      await this.#writer.news(db, { type: 'begun' });
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
    return this.#writer.tell(async (db, row, now) => {
      await this.#writer.close(db, row, row.cancel === null ? status : 'cancelled', now, because);
    });
  }

  /** Shows why it does not get on. */
  explain(because: string): Promise<{ readonly cancelled: boolean }> {
    return this.#writer.write(async (db, row) => {
      if (row.cancel === null && row.because !== because) {
        await this.#writer.update(db, { because });
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
    return this.#writer.tell(async (db, row) => {
      if (row.cancel !== null && row.status !== 'undoing') return false;
      await this.#writer.step(db, position, {
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
    return this.#writer.write(async (db, _row, now) => {
      await this.#writer.step(db, position, { receipt: JSON.stringify(receipt) });
      if (receipt.made) await lockMade(db, this.#claim.seq, receipt.made);
      await this.#writer.progressed(db);
      await this.#writer.record(db, now, 'acted', {
        ...this.#writer.stepFacts(position),
        ...(receipt.requestId ? { requestId: receipt.requestId } : {}),
        ...(receipt.workRequest ? { workRequest: receipt.workRequest } : {}),
      });
    });
  }

  /** OCI said no, or nothing. */
  refused(position: number, error: CloudError): Promise<void> {
    return this.#writer.write((db, _row, now) =>
      this.#writer.record(db, now, 'act failed', {
        ...this.#writer.stepFacts(position),
        status: error.status,
        code: error.code,
        ...(error.requestId ? { requestId: error.requestId } : {}),
      }),
    );
  }

  note(position: number, note: string): Promise<void> {
    return this.#writer.tell((db) => this.#writer.step(db, position, { note }));
  }

  /** What the step wants somebody to decide, or no longer. */
  asks(position: number, asks: string | undefined): Promise<void> {
    return this.#writer.tell(async (db) => {
      await this.#writer.step(db, position, { asks: asks ?? null });
      if (asks) await this.#writer.news(db, { type: 'asks', position });
    });
  }

  /** For the verb's next look, in whichever process that is. */
  memo(position: number, memo: Json): Promise<void> {
    return this.#writer.write((db) => this.#writer.step(db, position, { memo: JSON.stringify(memo) }));
  }

  end(
    position: number,
    state: Exclude<StepState, 'pending' | 'running'>,
    note?: string,
    more: { readonly requestId?: string; readonly result?: Json } = {},
  ): Promise<void> {
    const { requestId, result } = more;
    return this.#writer.tell(async (db, _row, now) => {
      await this.#writer.step(db, position, {
        state,
        note: note ?? null,
        asks: null,
        finished_at: now,
        ...(result === undefined ? {} : { result: JSON.stringify(result) }),
      });
      await this.#writer.progressed(db);
      await this.#writer.record(db, now, `step ${state}`, {
        ...this.#writer.stepFacts(position),
        ...(note ? { note } : {}),
        ...(requestId ? { requestId } : {}),
      });
      if (result !== undefined) await this.#writer.news(db, { type: 'step', position });
    });
  }

  /**
   * It does not get on, and there is a way back: it is gone from here on. False where there is none, where all is done,
   * where nothing was done, and where the plan says that it is too late.
   */
  turnBack(): Promise<boolean> {
    return this.#writer.tell(async (db, row, now) => {
      const { plan, steps, undo } = await operationOf(db, this.#claim.seq);
      const turn = wayBack(plan, steps);
      if (!turn || !undo) return false;
      const setStates = async (positions: readonly number[]) => {
        for (const position of positions) await this.#writer.step(db, position, { state: 'skipped' });
      };
      await setStates(turn.notBegun);
      await setStates(turn.notNeeded.map((at) => steps.length + at));
      const failed = steps.find(({ state }) => state === 'failed' || state === 'unknown');
      const because = failed ? saidOf(failed) : null;
      await this.#writer.update(db, { status: 'undoing', because: because ?? row.because });
      await this.#writer.record(db, now, 'turned back', because ? { because } : {});
      await this.#writer.news(db, { type: 'back' });
      return true;
    });
  }

  /** What was found in logs of what does not get on. */
  found(logs: readonly Log[]): Promise<void> {
    return this.#writer.tell((db) => this.#writer.news(db, { type: 'back', logs }));
  }

  /** No step is under way any more: those not started are skipped, and it is over. */
  finish(): Promise<void> {
    return this.#writer.tell(async (db, row, now) => {
      await db
        .updateTable('step')
        .set({ state: 'skipped' })
        .where('operation', '=', this.#claim.seq)
        .where('state', '=', 'pending')
        .execute();
      const { steps, undo } = await operationOf(db, this.#claim.seq);
      const ended = outcome(steps, row.cancel !== null, undo);
      await this.#writer.close(db, row, ended, now, row.status === 'undoing' ? row.because : null);
    });
  }

  /** Nobody can get on with it: what was under way is unknown. */
  giveUp(because: string): Promise<void> {
    return this.#writer.tell(async (db, row, now) => {
      const steps = db.updateTable('step').where('operation', '=', this.#claim.seq);
      await steps.set({ state: 'unknown', finished_at: now }).where('state', '=', 'running').execute();
      await steps.set({ state: 'skipped' }).where('state', '=', 'pending').execute();
      await this.#writer.close(db, row, 'unresolved', now, because);
    });
  }

  /** Leaves it to the next process, as it stands. */
  release(): Promise<void> {
    return this.#writer.write((db) => this.#writer.update(db, { owner: null, lease_until: null }));
  }
}
