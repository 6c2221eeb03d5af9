import type { Look } from '../command.ts';
import { finishPlan, targetsLeft, withTargets } from '../core/deploy/finish.ts';
import { type Finishing, type Unfinished, unfinished } from '../core/deploy/unfinished.ts';
import { finishLine } from '../core/describe-leftovers.ts';
import { dueOf, isLeft } from '../core/leftovers.ts';
import { isGone } from '../core/lifecycle.ts';
import { isFinal, type Operation } from '../core/operation.ts';
import { type Plan, targetsOf } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import type { Target } from '../core/target.ts';
import { listed } from '../core/text.ts';
import { lockOf, refuseLocked, theApp } from './apps.ts';
import type { Ground } from './planning.ts';

/** So many operations of one app are looked through. */
const most = 100;

/**
 * The plan of what an operation left undone: of its way back or, from beyond the point of no return, of its way there. The
 * file need not name its app any more. Throws a Refusal where nothing is left, where somebody is at it, and where the app
 * was changed since.
 */
export async function planFinish(look: Ground, what: string): Promise<Plan> {
  const operation = await meantBy(look, what);
  const left = unfinished(operation);
  if (!left) throw nothingLeft(operation);
  const lock = operation.plan.locks?.find((name) => name.startsWith('app:')) ?? '';
  await refuseAsked(look, operation, lock);
  await refuseLocked(look, { name: lock.slice('app:'.length) });
  await refuseChanged(look, left, lock);
  const finishing = withTargets(left, await read(look, left));
  if (finishing.waves.length === 0) throw allGone(finishing);
  return finishPlan(finishing, finishLine(operation));
}

/** The operation of that id, or the last of the app that left something; or the one that took it up, and left it too. */
async function meantBy(look: Ground, what: string): Promise<Operation> {
  const isId = /^(op-)?\d+$/i.test(what);
  let operation = isId ? await look.operations.get(what) : await lastLeft(look, what);
  if (!operation) throw new Refusal(`There is no operation ${what}.`, 'See the latest with: operations');
  for (let next = operation.followUp; next; next = operation.followUp) {
    const { id } = operation;
    if (next.status === 'succeeded')
      throw new Refusal(
        `What ${id} left behind was finished by ${next.operation}.`,
        `See how with: operations ${next.operation}`,
      );
    const taken = await look.operations.get(next.operation);
    if (!taken) break;
    operation = taken;
  }
  return operation;
}

async function lastLeft(look: Ground, name: string): Promise<Operation> {
  const app = theApp(look, name);
  const over = await look.operations.list({
    lock: lockOf(app),
    status: ['failed', 'unresolved', 'cancelled'],
    limit: most,
  });
  const found = over.find(isLeft);
  if (found) return found;
  throw new Refusal(
    `No deploy of ${app.name} has left anything behind.`,
    `See what was with: releases ${app.name}`,
  );
}

function nothingLeft({ id, status, plan }: Operation): Refusal {
  if (!isFinal(status))
    return new Refusal(
      `${id} is not over: it is ${status}.`,
      status === 'running' && plan.undo ? `To take it back: abort ${id}` : 'Wait until it has ended.',
    );
  if (plan.undo || plan.finishes)
    return new Refusal(
      `${id} left nothing behind: it is ${status}.`,
      `See how it ended with: operations ${id}`,
    );
  return new Refusal(`${id} is no deploy: it has no way back.`, `To do it again: ${plan.line}`);
}

/** Somebody has asked for the same already. */
async function refuseAsked({ operations }: Ground, { id }: Operation, lock: string): Promise<void> {
  const waiting = await operations.list({ lock, after: id, status: ['waiting'], limit: most });
  const other = waiting.find(({ plan }) => plan.finishes?.operation === id);
  if (!other) return;
  throw new Refusal(
    `${other.id} is to finish it already, and waits to be approved.`,
    `See how it stands with: operations ${other.id}`,
  );
}

/** What was left may be what serves by now. */
async function refuseChanged({ operations }: Ground, left: Unfinished, lock: string): Promise<void> {
  const { id } = left.operation;
  const later = await operations.list({ lock, after: id, limit: most });
  const own = new Set(targetsLeft(left).map(({ ocid }) => ocid));
  for (const other of later) {
    if (isLeft(other))
      throw new Refusal(
        `${other.id} came after ${id}, and left something behind too.`,
        `Finish that first: ${finishLine(other)}`,
      );
    if (hasChanged(other, own))
      throw new Refusal(
        `${lock.slice('app:'.length)} was changed since by ${other.id} (${other.plan.title}): what ${id} left may be what serves now.`,
        'See what there is with: list kind:container-instance; what is not needed goes with: retire, and its name',
      );
  }
}

/** It came to its end, at once or later, and was about more than what is left. */
function hasChanged(other: Operation, own: ReadonlySet<string>): boolean {
  const { status, plan } = other;
  const isThere = status === 'succeeded' || dueOf(other)?.way === 'there';
  if (!isThere || plan.finishes) return false;
  return plan.makes !== undefined || !targetsOf(plan).every(({ ocid }) => own.has(ocid));
}

async function read({ cloud }: Pick<Look, 'cloud'>, left: Unfinished): Promise<ReadonlyMap<string, Target>> {
  const found = await Promise.all(targetsLeft(left).map((target) => cloud.read(target)));
  return new Map(
    found.flatMap((target) => (target && !isGone(target) ? [[target.ocid, target] as const] : [])),
  );
}

function allGone({ operation: { id }, gone, lost, unsure }: Finishing): Refusal {
  const names = [...gone, ...lost];
  return new Refusal(
    names.length > 0
      ? `Nothing is left of what ${id} left behind: ${listed(names)} ${names.length === 1 ? 'is' : 'are'} gone.`
      : `What ${id} left behind cannot be found: whether ${listed(unsure)} was made is not known.`,
    'See what there is with: list kind:container-instance',
  );
}
