import type { Fresh } from '../core/cloud.ts';
import { CloudError, isTransient } from '../core/fault.ts';
import type { Operation, Progress } from '../core/operation.ts';
import { isAway } from './away.ts';
import type { Claim } from './claim.ts';
import { type Hand, Parked, unlessHalted } from './hand.ts';
import { Fenced, Journal } from './journal.ts';
import { operationOf } from './operations.ts';
import { retryDelay } from './pace.ts';
import { rest } from './rest.ts';
import type { Room } from './room.ts';
import { sideBySide } from './side-by-side.ts';
import { StepRun } from './step.ts';
import { differencesOf, verify } from './verify.ts';

/** After so many takeovers without any progress the operation itself is taken to be what ends the process. */
const mostClaims = 25;

/** A claimed operation from wherever it stands to its end, or parked. Never throws. */
export async function runOperation(room: Room, claim: Claim, hand: Hand): Promise<void> {
  const journal = new Journal(room, claim, hand.abort);
  const { id } = claim.operation;
  try {
    await run(room, claim, hand, journal);
  } catch (error) {
    if (error instanceof Fenced) return room.log.warn({ operation: id }, 'another process took over');
    if (!(error instanceof Parked || isAway(error)))
      room.log.error({ err: error, operation: id }, 'an operation broke');
    await journal.release().catch((cause) => {
      room.log.warn({ operation: id, reason: String(cause) }, 'an operation was left without release');
    });
  }
}

async function run(room: Room, claim: Claim, hand: Hand, journal: Journal): Promise<void> {
  if (claim.claims > mostClaims)
    return journal.giveUp(
      `I was stopped ${mostClaims} times while at it. Look at the console what came of it.`,
    );
  if (claim.operation.status === 'queued' && !(await verify(room, journal, claim.operation, hand))) return;
  for (const wave of claim.operation.plan.waves.keys()) {
    if (!(await runWave(room, claim, hand, journal, wave))) break;
  }
  await journal.finish();
}

/** Runs what is left of the wave. True when all of it is done, and the next may start. */
async function runWave(
  room: Room,
  claim: Claim,
  hand: Hand,
  journal: Journal,
  wave: number,
): Promise<boolean> {
  const todo = stepsOfWave(await reload(room, claim, hand), wave)
    .filter(({ progress }) => progress.state === 'pending' || progress.state === 'running')
    // what is in flight comes first: it may have ended long ago
    .sort((a, b) => Number(b.progress.state === 'running') - Number(a.progress.state === 'running'));
  await sideBySide(todo, room.options.underWay, ({ position, progress }) =>
    runStep(room, hand, journal, position, progress, wave === 0),
  );
  const after = await reload(room, claim, hand);
  return stepsOfWave(after, wave).every(({ progress }) => progress.state === 'done');
}

async function runStep(
  room: Room,
  hand: Hand,
  journal: Journal,
  position: number,
  progress: Progress,
  isFirst: boolean,
): Promise<void> {
  try {
    const before = progress.before ?? (await readBefore(room, hand, progress));
    if (!before) return await journal.end(position, 'failed', 'It is gone, or I can no longer see it.');
    const [changed] = progress.before || !isFirst ? [] : differencesOf(progress.step.target, before);
    if (changed) return await journal.end(position, 'failed', `${changed}; plan it again.`);
    await new StepRun(room, journal, hand, position, progress, before).run();
  } catch (error) {
    if (error instanceof Parked || error instanceof Fenced || isAway(error)) throw error;
    if (error instanceof CloudError)
      return journal.end(position, 'failed', `It could not be read: ${error.message}`, error.requestId);
    room.log.error({ err: error, operation: journal.id, step: progress.step.name }, 'a step broke');
    await journal.end(
      position,
      'unknown',
      `Something broke on my side. Look at the console what came of it, and quote ${journal.id}.`,
    );
  }
}

/** The target as it is now, before its step. Rejects with a CloudError after the step's time. */
async function readBefore(room: Room, hand: Hand, { step }: Progress): Promise<Fresh | undefined> {
  const until = room.clock.now() + step.within;
  for (let tries = 0; ; tries++) {
    if (hand.halt.aborted) throw new Parked();
    try {
      return await unlessHalted(hand, () => room.read(step.target));
    } catch (error) {
      if (!(error instanceof CloudError) || !isTransient(error) || room.clock.now() >= until) throw error;
      await rest(room.clock, retryDelay(tries, error.retryAfter), hand.halt);
    }
  }
}

function reload(room: Room, { seq }: Claim, { abort }: Hand): Promise<Operation> {
  return room.store.read((db) => operationOf(db, seq), { ms: Number.POSITIVE_INFINITY, signal: abort });
}

function stepsOfWave(
  { plan, steps }: Operation,
  wave: number,
): { readonly position: number; readonly progress: Progress }[] {
  const first = plan.waves.slice(0, wave).reduce((sum, each) => sum + each.length, 0);
  const count = plan.waves[wave]?.length ?? 0;
  return steps.slice(first, first + count).map((progress, at) => ({ position: first + at, progress }));
}
