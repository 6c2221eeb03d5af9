import { refusal } from './bad-news.ts';
import type { Controls } from './command.ts';
import { type Actor, actorId, type Origin } from './core/actor.ts';
import { type Decision, isAsked, minReason, type Press, type Ruling } from './core/approval.ts';
import { asksPeople, gatekeepersNow, gatekeepersOf } from './core/deploy/gatekeepers.ts';
import { mention, mentioned } from './core/describe.ts';
import { standing } from './core/describe-deploy.ts';
import { canPromote } from './core/describe-stages.ts';
import { isFinal, type Operation } from './core/operation.ts';
import { decide } from './core/policy.ts';
import { Refusal } from './core/refusal.ts';
import { plainText, type Report } from './core/report.ts';
import { stopped, withoutControls } from './core/text.ts';
import { type Desk, isOneOf } from './desk.ts';

/** A press of a button on an operation's message. The button names the operation; nothing else is believed. */
export interface ButtonPress {
  readonly operation: string;
  readonly verdict: Press['verdict'];
  readonly digest: string;
  readonly reason?: string;
  /** Who pressed, with the groups they are in now. */
  readonly actor: Actor;
  readonly origin: Origin;
  /** The same for a repeated delivery of the same press. */
  readonly key: string;
}

/**
 * Approve, deny or break the glass. Answers what only the presser should see; undefined when the
 * operation's message, edited in place, says it to everybody.
 */
export async function press(desk: Desk, given: ButtonPress): Promise<Report | undefined> {
  const pressed = given.reason ? { ...given, reason: withoutControls(given.reason).trim() } : given;
  try {
    if (pressed.verdict === 'break-glass') checkBreakGlass(desk, pressed);
    const { operation, ruling } = await desk.engine.press(
      pressed.operation,
      {
        by: pressed.actor,
        verdict: pressed.verdict,
        digest: pressed.digest,
        ...(pressed.reason ? { reason: pressed.reason } : {}),
      },
      pressed.key,
    );
    if (pressed.verdict === 'break-glass' && ruling.state === 'approved')
      await broadcast(desk, pressed, operation);
    return answerTo(ruling);
  } catch (error) {
    if (error instanceof Refusal) return refusal(error);
    throw error;
  }
}

function answerTo(ruling: Ruling): Report | undefined {
  switch (ruling.state) {
    case 'approved':
    case 'denied':
      return undefined;
    case 'counted':
      return refusal(new Refusal('Your approval counts.', `${ruling.missing} more needed.`));
    case 'refused':
      return ruling.decided ? tooLate(ruling.decided) : refusal(new Refusal(ruling.because));
    case 'expired':
      return refusal(new Refusal(ruling.because));
  }
}

function tooLate({ by, verdict, at }: Decision): Report {
  const word = verdict === 'deny' ? 'denied' : 'approved';
  return {
    title: ['Too late: ', mention(by), ` ${word} it `, { time: at }, '.'],
    tone: 'warning',
    blocks: [],
  };
}

function checkBreakGlass({ breakGlass }: Desk, { actor, reason }: ButtonPress): void {
  if (!breakGlass)
    throw new Refusal('Break-glass is not set up here.', 'Name who may in breakGlass: in lamplighter.yml.');
  if (!isOneOf(breakGlass.who, actor))
    throw new Refusal('You may not break the glass.', 'Ask one of those who may, or wait for an approval.');
  if ((reason ?? '').trim().length < minReason)
    throw new Refusal(
      `Say why in at least ${minReason} characters.`,
      'The reason is announced and kept in the audit.',
    );
}

/** Everybody hears of a broken glass: who, what and why. */
async function broadcast(
  desk: Desk,
  { actor, reason = '' }: ButtonPress,
  operation: Operation,
): Promise<void> {
  if (!desk.breakGlass) return;
  await desk.outbox.put({
    key: `${operation.id}#break-glass`,
    to: { kind: 'channel', channel: desk.breakGlass.announce },
    report: {
      title: ['Break-glass: ', mention(actorId(actor)), ` ran “${operation.plan.title}” without approval.`],
      tone: 'warning',
      blocks: [
        { type: 'text', text: ['Reason: ', { strong: reason }] },
        {
          type: 'note',
          text: [{ code: operation.id }, ` ${operation.line} · asked by `, mention(actorId(operation.actor))],
        },
      ],
    },
  });
}

/** What `cancel` may do, for this person: their own operations, and those that they were asked about. */
export function controlsFor(desk: Desk, who: Pick<ButtonPress, 'actor' | 'origin'>): Controls {
  const { actor } = who;
  return {
    async cancel(id, because) {
      const operation = await running(desk, id);
      refuseStranger(desk, operation, actor, operation.plan.undo ? 'abort' : 'cancel');
      return desk.engine.cancel(operation.id, actor, because);
    },
    async promote(id, because) {
      const operation = await running(desk, id);
      refuseDeaf(operation);
      refuseUnasked(desk, operation, who);
      const key = `${actorId(actor)} ${desk.clock.now()}`;
      return desk.engine.promote(operation.id, { by: actor, key, ...(because ? { because } : {}) });
    },
    async lock(app, because) {
      const name = `app:${app}`;
      const hold = await desk.holds.put(name, actor, because);
      if (hold.by === actorId(actor) && hold.because === because) return hold;
      throw new Refusal(
        `${app} is locked already, by ${plainText([mention(hold.by)])}: ${stopped(hold.because)}`,
        `To give another reason, unlock it first: deploy unlock ${app}`,
      );
    },
    async unlock(app) {
      const hold = await desk.holds.remove(`app:${app}`, actor);
      if (!hold) throw new Refusal(`${app} is not locked.`, `It may be deployed: deploy ${app} image=…`);
      return hold;
    },
    pause: (policy, until, because) => desk.lights.pause(policy, until, actor, because),
    resume: (policy) => desk.lights.resume(policy, actor),
  };
}

/** Throws a Refusal when there is no such operation, or it is over. */
async function running({ engine }: Desk, id: string): Promise<Operation> {
  const operation = await engine.get(id);
  if (!operation) throw new Refusal(`There is no operation ${id}.`, 'See the latest with: operations');
  if (isFinal(operation.status)) throw new Refusal(`${id} is over: it ${ended(operation)}.`);
  return operation;
}

/** It has to hold or to ask: a word that nobody waits for would be lost. */
function refuseDeaf(operation: Operation): void {
  if (canPromote(operation)) return;
  const { id, status } = operation;
  const why = status === 'waiting' ? 'it was not approved yet' : plainText(standing(operation) ?? [status]);
  throw new Refusal(`${id} neither holds nor asks now: ${stopped(why)}`, 'Promote it when it does.');
}

/** Where a gate names people, nobody else speaks for them, not even who started it. */
function refuseUnasked(
  desk: Desk,
  operation: Operation,
  { actor, origin }: Pick<ButtonPress, 'actor' | 'origin'>,
): void {
  const people = gatekeepersNow(operation);
  if (people.length === 0) {
    const mayDeploy = decide(desk.rules, { actor, origin, command: 'deploy' }).effect !== 'deny';
    if (!(asksPeople(operation) && mayDeploy)) refuseStranger(desk, operation, actor, 'promote');
  } else if (!isOneOf([...people, ...(desk.breakGlass?.who ?? [])], actor))
    throw new Refusal(
      `The gate of ${operation.id} asks others than you.`,
      `Ask ${plainText(mentioned(people))}. Whoever started it may abort it.`,
    );
}

/** It is theirs who started it, who were asked to approve it, who are asked by a gate of it, and who may break the glass. */
function refuseStranger(desk: Desk, operation: Operation, actor: Actor, what: string): void {
  const own = actorId(operation.actor) === actorId(actor);
  const asked = operation.approval?.asks.some((ask) => isAsked(ask, actor)) ?? false;
  const gated = isOneOf(gatekeepersOf(operation.plan), actor);
  if (own || asked || gated || isOneOf(desk.breakGlass?.who ?? [], actor)) return;
  throw new Refusal(
    `${operation.id} is not yours to ${what}.`,
    'Ask who started it, or one of those who approve it.',
  );
}

function ended({ status }: Operation): string {
  switch (status) {
    case 'void':
    case 'unresolved':
      return `is ${status}`;
    case 'cancelled':
    case 'denied':
      return `was ${status}`;
    case 'undone':
      return 'was taken back';
    default:
      return status;
  }
}
