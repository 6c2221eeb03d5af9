import type { Fresh, Glimpse } from '../../core/cloud.ts';
import { showDuration } from '../../core/duration.ts';
import { CloudError, isTransient } from '../../core/fault.ts';
import { isGone } from '../../core/lifecycle.ts';
import type { Operation } from '../../core/operation.ts';
import { type Plan, type PlanTarget, stepsOf, targetsOf } from '../../core/plan.ts';
import type { Target } from '../../core/target.ts';
import { stopped } from '../../core/text.ts';
import type { Room } from '../room.ts';
import { type Hand, Parked, unlessHalted } from './hand.ts';
import type { Journal } from './journal.ts';
import { retryDelay } from './pace.ts';
import { rest } from './rest.ts';
import { sideBySide } from './side-by-side.ts';

/**
 * Looks at every target anew and begins the operation, if all is as its card said; else it is over and
 * nothing was changed. True: it runs.
 */
export async function verify(
  room: Room,
  journal: Journal,
  operation: Operation,
  hand: Hand,
): Promise<boolean> {
  const targets = targetsOf(operation.plan);
  const until = room.clock.now() + room.options.verifyWithin;
  const fresh = new Map<string, Fresh>();
  const troubles: string[] = [];
  const differences: string[] = [];
  await sideBySide(targets, room.options.underWay, async (target) => {
    if (troubles.length > 0) return;
    const answer = await readPatiently(room, journal, target, until, hand);
    if (answer.trouble) troubles.push(answer.trouble);
    else if (!isGoneAsWell(room, operation.plan, target, answer.glimpse?.target))
      differences.push(...differencesOf(target, answer.glimpse?.target));
    const read = answer.glimpse?.fresh;
    if (read) fresh.set(target.ocid, read);
  });
  const [trouble] = troubles;
  if (trouble) await journal.abandon('failed', trouble);
  else if (differences.length > 0) await journal.abandon('void', stopped(differences.join('; ')));
  else return journal.begin(befores(operation, fresh));
  return false;
}

/** What is finished may be gone meanwhile: nothing is left to do then, or only what outlives it. */
function isGoneAsWell({ verbs }: Room, plan: Plan, { ocid }: PlanTarget, now: Target | undefined): boolean {
  if (!plan.finishes || (now && !isGone(now))) return false;
  return stepsOf(plan)
    .filter(({ target }) => target.ocid === ocid)
    .every((step) => verbs[step.verb]?.removes || verbs[step.verb]?.outlives?.(step));
}

/**
 * What the steps of the first wave act on, as far as it was read one by one. The others read their
 * targets when they come to them, as later waves do.
 */
function befores({ plan }: Operation, fresh: ReadonlyMap<string, Fresh>): readonly (Fresh | undefined)[] {
  return (plan.waves[0] ?? []).map(({ target }) => fresh.get(target.ocid));
}

interface Answer {
  readonly glimpse?: Glimpse | undefined;
  /** Why it could not be read; a sentence. */
  readonly trouble?: string;
}

async function readPatiently(
  room: Room,
  journal: Journal,
  target: PlanTarget,
  until: number,
  hand: Hand,
): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    try {
      return { glimpse: await unlessHalted(hand, () => room.glance(target)) };
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (!isTransient(error)) return { trouble: refusal(target, error) };
      if (room.clock.now() >= until) return { trouble: silence(room, target, error) };
      const said = error.status === 429 ? 'OCI throttles' : 'OCI does not answer';
      const { cancelled } = await journal.explain(
        `${said}; reading the targets again before anything is done.`,
      );
      if (cancelled) return { trouble: 'It was cancelled before it began.' };
      await rest(room.clock, retryDelay(tries, error.retryAfter), hand.halt);
      if (hand.halt.aborted) throw new Parked();
    }
  }
}

function refusal({ name }: PlanTarget, error: CloudError): string {
  const id = error.requestId ? `, opc-request-id ${error.requestId}` : '';
  return `${name} could not be read again: ${error.message} (${error.status} ${error.code}${id}). Nothing was changed.`;
}

function silence({ options }: Room, { name }: PlanTarget, error: CloudError): string {
  return `${name} could not be read again for ${showDuration(options.verifyWithin)}: ${stopped(error.message)} Nothing was changed.`;
}

/** What of the card is no longer true, in words. */
export function differencesOf(target: PlanTarget, fresh: Target | undefined): readonly string[] {
  const { name } = target;
  if (!fresh) return [`${name} is gone, or I can no longer see it`];
  return [
    ...(fresh.name === name ? [] : [`${name} is now called ${fresh.name}`]),
    ...(fresh.state === target.state ? [] : [`${name} is now ${fresh.state}, the card said ${target.state}`]),
    ...(fresh.compartment.path === target.compartment
      ? []
      : [`${name} is now in ${fresh.compartment.path}, the card said ${target.compartment}`]),
    ...(fresh.region === target.region
      ? []
      : [`${name} is now in ${fresh.region}, the card said ${target.region}`]),
  ];
}
