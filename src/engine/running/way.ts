import { setMaxListeners } from 'node:events';
import type { Fresh } from '../../core/cloud.ts';
import { CloudError, isTransient } from '../../core/fault.ts';
import { isGone } from '../../core/lifecycle.ts';
import type { Operation, Progress } from '../../core/operation.ts';
import { isNew, type Step } from '../../core/plan.ts';
import type { Results } from '../../core/verb.ts';
import { foundBy, ocidIn } from '../../core/way-back.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { isAway } from '../store/away.ts';
import type { Claim } from './claim.ts';
import { Fenced } from './fenced-writer.ts';
import { type Hand, Parked, unlessHalted } from './hand.ts';
import type { Journal } from './journal.ts';
import { retryDelay } from './pace.ts';
import { rest } from './rest.ts';
import { sideBySide } from './side-by-side.ts';
import { StepRun } from './step.ts';
import type { StepSetting } from './step-ground.ts';
import { differencesOf } from './verify.ts';

/** The waves of one operation, there and back. */
export class Way {
  readonly #room: Room;
  readonly #claim: Claim;
  readonly #hand: Hand;
  readonly #journal: Journal;

  constructor(room: Room, claim: Claim, hand: Hand, journal: Journal) {
    this.#room = room;
    this.#claim = claim;
    this.#hand = hand;
    this.#journal = journal;
  }

  /** Runs what is left of the wave; those of the way back follow those of the way there. True when all of it is done. */
  async run(wave: number): Promise<boolean> {
    const operation = await this.#reload();
    const { plan, steps } = operation;
    const isUndo = wave >= plan.waves.length;
    const todo = stepsOfWave(operation, wave)
      .filter(({ progress }) => progress.state === 'pending' || progress.state === 'running')
      // what is in flight comes first: it may have ended long ago
      .sort((a, b) => Number(b.progress.state === 'running') - Number(a.progress.state === 'running'));
    const givenUp = new AbortController();
    setMaxListeners(0, givenUp.signal);
    const known = Object.entries(plan.finishes?.known ?? {});
    const results = new Map([...known, ...foundBy(steps)]);
    const halfway = stuckIn(isUndo ? operation.undo : plan.finishes?.way === 'back' ? steps : []);
    await sideBySide(todo, this.#room.options.underWay, async (place) => {
      if (halfway.has(place.progress.step.of ?? ''))
        return this.#journal.end(place.position, 'skipped', 'what comes before it did not come off');
      const setting = { results, isUndo, isFirst: wave === 0, givenUp: givenUp.signal };
      const isOk = await this.#step(place, setting);
      // where there is a way back, the rest of the wave is not worth waiting for
      if (!isOk && plan.undo && !isUndo) givenUp.abort();
    });
    return stepsOfWave(await this.#reload(), wave).every(({ progress }) => progress.state === 'done');
  }

  /** Answers whether it is done. */
  async #step({ position, progress }: Place, given: WaveSetting): Promise<boolean> {
    const end = async (state: 'done' | 'failed' | 'unknown', note: string, requestId?: string) => {
      await this.#journal.end(position, state, note, requestId ? { requestId } : {});
      return state === 'done';
    };
    try {
      const step = madeOf(progress.step, given.results);
      if (!step) return await end('done', 'it was never made');
      const verb = this.#room.verbs[step.verb];
      const found = progress.before ?? (await this.#readBefore(step));
      if (isNoMore(found) && verb?.removes) return await end('done', 'it is gone already');
      const before = found ?? (verb?.outlives?.(step) ? notYetThere(step) : undefined);
      if (!before) return await end('failed', 'It is gone, or I can no longer see it.');
      const isOld = progress.before !== undefined || !given.isFirst || isNew(step.target);
      const [changed] = isOld ? [] : differencesOf(step.target, before);
      if (changed) return await end('failed', `${changed}; plan it again.`);
      const setting = { ...given, position, progress, step, before };
      return await new StepRun(this.#room, this.#journal, this.#hand, setting).run();
    } catch (error) {
      if (error instanceof Parked || error instanceof Fenced || isAway(error)) throw error;
      if (error instanceof CloudError)
        return end('failed', `It could not be read: ${error.message}`, error.requestId);
      this.#room.log.error(
        { err: error, operation: this.#journal.id, step: progress.step.name },
        'a step broke',
      );
      return end(
        'unknown',
        `Something broke on my side. Look at the console what came of it, and quote ${this.#journal.id}.`,
      );
    }
  }

  /** The target as it is now, before its step. Rejects with a CloudError after the step's time. */
  async #readBefore(step: Step): Promise<Fresh | undefined> {
    if (isNew(step.target)) return notYetThere(step);
    const until = this.#room.clock.now() + step.within;
    for (let tries = 0; ; tries++) {
      if (this.#hand.halt.aborted) throw new Parked();
      try {
        return await unlessHalted(this.#hand, () => this.#room.read(step.target));
      } catch (error) {
        if (!(error instanceof CloudError) || !isTransient(error) || this.#room.clock.now() >= until)
          throw error;
        await rest(this.#room.clock, retryDelay(tries, error.retryAfter), this.#hand.halt);
      }
    }
  }

  #reload(): Promise<Operation> {
    return this.#room.store.read((db) => operationOf(db, this.#claim.seq), {
      ms: Number.POSITIVE_INFINITY,
      signal: this.#hand.abort,
    });
  }
}

interface WaveSetting extends Pick<StepSetting, 'results' | 'isUndo' | 'givenUp'> {
  readonly isFirst: boolean;
}

interface Place {
  /** Of the row in the journal. */
  readonly position: number;
  readonly progress: Progress;
}

/** The step with the target that another one made; undefined where that never got there. */
function madeOf(step: Step, results: Results): Step | undefined {
  if (step.of === undefined) return step;
  const ocid = ocidIn(results.get(step.of));
  return ocid === undefined ? undefined : { ...step, target: { ...step.target, ocid } };
}

/**
 * Names of steps whose making is not undone any further, since a step of that failed: what could not be drained is not
 * deleted.
 */
function stuckIn(back: readonly Progress[] = []): ReadonlySet<string> {
  return new Set(
    back.flatMap(({ step, state }) => (state === 'failed' || state === 'unknown' ? (step.of ?? []) : [])),
  );
}

function isNoMore(found: Fresh | undefined): boolean {
  return found === undefined || isGone(found);
}

function notYetThere({ target }: Step): Fresh {
  const { compartment, ...rest } = target;
  return { ...rest, compartment: { ocid: '', path: compartment }, tags: {} };
}

function stepsOfOperation({ steps, undo = [] }: Operation): readonly Progress[] {
  return [...steps, ...undo];
}

/** The waves of the way back come after those of the way there. */
function stepsOfWave(operation: Operation, wave: number): readonly Place[] {
  const { plan } = operation;
  const waves = [...plan.waves, ...(plan.undo?.waves ?? [])];
  const first = waves.slice(0, wave).reduce((sum, each) => sum + each.length, 0);
  const count = waves[wave]?.length ?? 0;
  return stepsOfOperation(operation)
    .slice(first, first + count)
    .map((progress, at) => ({ position: first + at, progress }));
}
