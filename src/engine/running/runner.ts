import type { Room } from '../room.ts';
import { isAway } from '../store/away.ts';
import { tellWhy } from './autopsy.ts';
import type { Claim } from './claim.ts';
import { Fenced } from './fenced-writer.ts';
import { type Hand, Parked } from './hand.ts';
import { Journal } from './journal.ts';
import { verify } from './verify.ts';
import { Way } from './way.ts';

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
  const { status, plan } = claim.operation;
  const way = new Way(room, claim, hand, journal);
  if (status === 'queued' && !(await verify(room, journal, claim.operation, hand))) return;
  if (status !== 'undoing') {
    const { regardlessFrom = Number.POSITIVE_INFINITY } = plan.finishes ?? {};
    for (const wave of plan.waves.keys()) if (!(await way.run(wave)) && wave < regardlessFrom) break;
  }
  if (plan.undo && (status === 'undoing' || (await journal.turnBack()))) {
    const told = tellWhy(room, journal, hand);
    // each is worth trying, but for what comes after a step of the same new thing that did not come off
    for (const wave of plan.undo.waves.keys()) await way.run(plan.waves.length + wave);
    await told;
  }
  await journal.finish();
}
