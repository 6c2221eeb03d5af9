import type { Fresh } from '../../core/cloud.ts';
import { CloudError, isAmbiguous, isTransient } from '../../core/fault.ts';
import { canonical, type Json } from '../../core/json.ts';
import type { Step } from '../../core/plan.ts';
import { lateText } from '../../core/step-words.ts';
import type { Observation, Receipt, Verb, Word } from '../../core/verb.ts';
import { stepToken } from '../digest.ts';
import type { Room } from '../room.ts';
import { Fenced } from './fenced-writer.ts';
import { type Hand, Parked, unlessHalted } from './hand.ts';
import type { Journal } from './journal.ts';
import { afterRefusal, toldOf, wordsOf } from './refused.ts';
import type { StepSetting } from './step-ground.ts';
import { StepTime } from './step-time.ts';

/** How often a step is looked at in vain after its deadline before it is called unknown. */
const blindLooks = 5;

type Next = 'act' | 'look' | 'over';

/**
 * One step from wherever it stands to its end: act, then look until it is done. What was started and
 * has no receipt is looked for before anything is sent, so that nothing is done twice that can be seen.
 * Throws Parked when it is told to halt, and Fenced when the operation is in other hands.
 */
export class StepRun {
  readonly #room: Room;
  readonly #journal: Journal;
  readonly #hand: Hand;
  readonly #position: number;
  readonly #step: Step;
  readonly #verb: Verb;
  readonly #before: Fresh;
  readonly #setting: StepSetting;
  readonly #time: StepTime;
  #memo: Json | undefined;
  #asks: string | undefined;
  #done: { readonly note: string | undefined; readonly result: Json | undefined } | undefined;
  #receipt: Receipt | undefined;
  #attempts: number;
  /** How many attempts there may be: as many for each part of the act. */
  #allowed: number;
  #note: string | undefined;
  /** A call may have taken effect whose reply is not known. */
  #inDoubt: boolean;
  /** The doubt was given time to show. */
  #settled = false;
  /** What OCI said last, when it said no. */
  #refusal: CloudError | undefined;
  #blind = 0;
  /** From now on act the hard way. */
  #hard = false;

  constructor(room: Room, journal: Journal, hand: Hand, setting: StepSetting) {
    const { position, progress, step, before } = setting;
    const verb = room.verbs[step.verb];
    if (!verb) throw new Error(`there is no verb ${step.verb}`);
    this.#room = room;
    this.#journal = journal;
    this.#hand = hand;
    this.#setting = setting;
    this.#position = position;
    this.#step = step;
    this.#verb = verb;
    this.#before = before;
    this.#memo = progress.memo;
    this.#asks = progress.asks;
    this.#time = new StepTime({ room, journal, hand, setting, verb });
    this.#receipt = progress.receipt;
    this.#attempts = progress.attempts;
    this.#allowed = room.options.attempts;
    this.#note = progress.note;
    this.#inDoubt = progress.state === 'running' && !progress.receipt;
  }

  /** Answers whether it is done. Whoever waits for the turn need not wait until that is written down. */
  async run(): Promise<boolean> {
    const turn = this.#verb.turn?.(this.#step);
    await (turn === undefined ? this.#go() : this.#room.turns.run(turn, this.#hand, () => this.#go()));
    const done = this.#done;
    if (done) await this.#journal.end(this.#position, 'done', done.note, resultIn(done.result));
    return done !== undefined;
  }

  async #go(): Promise<void> {
    let next: Next = this.#inDoubt || this.#receipt ? 'look' : 'act';
    while (next !== 'over') next = next === 'act' ? await this.#act() : await this.#look();
  }

  /** In its turn, so that what waits to be sent has not been started. */
  async #act(): Promise<Next> {
    const { verb, target } = this.#step;
    try {
      return await this.#room.lanes.of(verb, target.region).run(() => this.#send());
    } catch (error) {
      if (error instanceof CloudError) return this.#afterRefusal(error);
      throw error;
    }
  }

  /** Rejects with the CloudError when OCI says no, or nothing. */
  async #send(): Promise<Next> {
    if (this.#hand.halt.aborted) throw new Parked();
    if (this.#attempts === 0 && this.#setting.givenUp.aborted) return this.#end('skipped');
    if (this.#attempts >= this.#allowed)
      return this.#fail(`Given up after ${this.#attempts} attempts. ${toldOf(this.#refusal)}`);
    if (this.#attempts > 0 && this.#time.isLate) return this.#fail(toldOf(this.#refusal));
    if (this.#attempts === 0) this.#time.begin();
    this.#attempts += 1;
    const go = await this.#journal.start(this.#position, this.#attempts, this.#before, this.#time.startedAt);
    if (!go) return this.#end('skipped', 'cancelled before OCI took it');
    if (!this.#hand.held()) throw new Fenced(this.#journal.id);
    this.#receipt = await this.#call();
    await this.#journal.accepted(this.#position, this.#receipt);
    return 'look';
  }

  async #call(): Promise<Receipt> {
    const context = {
      token: stepToken(this.#journal.id, this.#hard ? `${this.#step.name} hard` : this.#step.name),
      // the gentle way has changed it since
      etag: this.#hard ? undefined : this.#before.etag,
      signal: this.#hand.abort,
      results: this.#setting.results,
      ...(this.#hard ? { hard: true } : {}),
    };
    try {
      return await this.#verb.act(this.#step, context);
    } catch (error) {
      if (error instanceof CloudError) await this.#journal.refused(this.#position, error);
      else if (this.#hand.abort.aborted) throw new Parked();
      throw error;
    }
  }

  async #afterRefusal(error: CloudError): Promise<Next> {
    this.#refusal = error;
    const next = afterRefusal(error, this.#attempts);
    if (next === 'fail') return this.#fail(toldOf(error), error.requestId);
    if (isAmbiguous(error)) {
      this.#inDoubt = true;
      this.#settled = false;
    }
    if (error.status !== 412) await this.#time.backOff(error.retryAfter);
    return next;
  }

  async #look(): Promise<Next> {
    if (this.#hand.halt.aborted) throw new Parked();
    const { words, cancelled } = await this.#hear();
    if (cancelled) return this.#end('skipped', 'not waited for any longer');
    const seen = await this.#observe(words);
    if (seen instanceof CloudError) return this.#afterBlindLook(seen);
    switch (seen.state) {
      case 'done':
        this.#done = { note: seen.note, result: seen.result };
        return 'over';
      case 'failed':
        return this.#fail(seen.because, seen.requestId, seen.result);
      case 'running':
        await this.#keep(seen.memo, seen.asks);
        return this.#wait(seen.note, seen.again);
      case 'again':
        return this.#goOn(seen.note);
      case 'stuck':
        return this.#escalate(seen.note);
      case 'absent':
        return this.#receipt ? this.#wait(undefined) : this.#afterNothingSeen();
      case 'unknown':
        return this.#afterUnclear(seen.because);
    }
  }

  /** Who waits hears what is said meanwhile; what was sent to OCI is seen to its end whatever is said. */
  async #hear(): Promise<{ readonly words: readonly Word[]; readonly cancelled: boolean }> {
    if (!this.#verb.waits) return { words: [], cancelled: false };
    const { words, cancelled } = await this.#journal.heard(this.#time.startedAt);
    return { words, cancelled: (cancelled && !this.#setting.isUndo) || this.#setting.givenUp.aborted };
  }

  async #observe(words: readonly Word[]): Promise<Observation | CloudError> {
    const context = {
      before: this.#before,
      signal: this.#hand.abort,
      elapsed: this.#time.elapsed,
      results: this.#setting.results,
      words,
      ...(this.#memo === undefined ? {} : { memo: this.#memo }),
    };
    try {
      return await unlessHalted(this.#hand, () => this.#verb.observe(this.#step, this.#receipt, context));
    } catch (error) {
      if (error instanceof CloudError) return error;
      throw this.#hand.abort.aborted ? new Parked() : error;
    }
  }

  /** What the next look has to know of this one, and what somebody is asked. */
  async #keep(memo: Json | undefined, asks: string | undefined): Promise<void> {
    if (memo !== undefined && canonical(memo) !== canonical(this.#memo ?? null)) {
      this.#memo = memo;
      await this.#journal.memo(this.#position, memo);
    }
    if (asks === this.#asks) return;
    this.#asks = asks;
    await this.#journal.asks(this.#position, asks);
  }

  /** The next part of the act, which has as many attempts as the first. */
  async #goOn(note: string): Promise<Next> {
    await this.#say(note);
    this.#allowed = this.#attempts + this.#room.options.attempts;
    return 'act';
  }

  /** What the hard way does not bring about is waited for like anything else. */
  async #escalate(note: string): Promise<Next> {
    if (this.#receipt?.hard) return this.#wait(note);
    this.#hard = true;
    await this.#say(note);
    return 'act';
  }

  async #afterBlindLook(error: CloudError): Promise<Next> {
    if (this.#time.isLate) this.#blind += 1;
    if (isTransient(error) && this.#blind < blindLooks) {
      await this.#say(
        error.status === 429 ? 'OCI throttles; looking again' : 'OCI does not answer; looking again',
      );
      await this.#time.backOff(error.retryAfter);
      return 'look';
    }
    const because = `It was sent, but what came of it cannot be seen: ${wordsOf(error)}`;
    return this.#receipt || this.#inDoubt
      ? this.#end('unknown', because)
      : this.#fail(wordsOf(error), error.requestId);
  }

  /** Nothing has happened, as far as can be seen. */
  async #afterNothingSeen(): Promise<Next> {
    if (this.#inDoubt && !this.#settled) return this.#letSettle();
    this.#inDoubt = false;
    if (this.#refusal?.status === 412) return this.#fail(toldOf(this.#refusal), this.#refusal.requestId);
    return 'act';
  }

  /** Looking does not tell; but a call that was refused outright has certainly done nothing. */
  async #afterUnclear(because: string): Promise<Next> {
    if (!this.#receipt && !this.#inDoubt) return this.#afterNothingSeen();
    if (this.#inDoubt && !this.#settled) return this.#letSettle();
    return this.#end('unknown', because);
  }

  async #letSettle(): Promise<Next> {
    this.#settled = true;
    await this.#time.rest(this.#room.options.settle);
    return 'look';
  }

  /** It is under way: it is looked at again, and once more after the deadline. */
  async #wait(note: string | undefined, again?: number): Promise<Next> {
    if (this.#time.isLate) return this.#fail(lateText(this.#step, this.#verb.label, note));
    if (note) await this.#say(note);
    await this.#time.untilNextLook(again);
    return 'look';
  }

  async #say(note: string): Promise<void> {
    if (note === this.#note) return;
    this.#note = note;
    await this.#journal.note(this.#position, note);
  }

  async #fail(because: string, requestId?: string, result?: Json): Promise<Next> {
    await this.#journal.end(this.#position, 'failed', because, {
      ...(requestId ? { requestId } : {}),
      ...resultIn(result),
    });
    return 'over';
  }

  async #end(state: 'skipped' | 'unknown', note?: string): Promise<Next> {
    await this.#journal.end(this.#position, state, note);
    return 'over';
  }
}

function resultIn(result: Json | undefined): { readonly result?: Json } {
  return result === undefined ? {} : { result };
}
