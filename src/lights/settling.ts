import type { Operation, Progress } from '../core/operation.ts';
import { isFinal } from '../core/operation.ts';
import { settle } from '../core/schedule/deciding/remember.ts';
import type { Memory } from '../core/schedule/model.ts';

/** How the act of a memory stands in its operation. */
export interface Standing {
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'none';
  /** OCI's words, or why it was not reached or not done. */
  readonly because?: string;
  /** Nothing is wrong with it: it may be tried again at once. */
  readonly atOnce?: true;
  readonly at?: number;
}

/** Of a question that was open when the next edge came. */
export const lapsed = 'nobody approved it before its hour was over';

/** Where the resource of a memory stands in the operation that moves it. */
export function standingIn(operation: Operation | undefined, ocid: string): Standing {
  if (!operation) return { state: 'failed', because: 'the operation is no longer in the store' };
  const steps = operation.steps.filter(({ step }) => step.target.ocid === ocid);
  const moves = steps.filter(({ step }) => step.verb !== 'backend.repoint');
  const bad = moves.find(({ state }) => state === 'failed' || state === 'unknown');
  if (bad) return { state: 'failed', because: bad.note ?? 'OCI gave no reason' };
  if (moves.length > 0 && moves.every(({ state }) => state === 'done')) return doneBy(steps, moves);
  if (!isFinal(operation.status))
    return { state: moves.some(({ state }) => state === 'running') ? 'running' : 'waiting' };
  return {
    ...unreached(operation),
    ...(operation.finishedAt === undefined ? {} : { at: operation.finishedAt }),
  };
}

function doneBy(steps: readonly Progress[], moves: readonly Progress[]): Standing {
  const { finishedAt } = moves[0] ?? {};
  const repoint = steps.find(({ step, state }) => step.verb === 'backend.repoint' && state === 'failed');
  return {
    state: 'done',
    ...(repoint
      ? { because: `its backends could not be put right: ${repoint.note ?? 'OCI gave no reason'}` }
      : {}),
    ...(finishedAt === undefined ? {} : { at: finishedAt }),
  };
}

function unreached({ status, because, id, approval }: Operation): Standing {
  switch (status) {
    case 'expired':
      return {
        state: 'none',
        because: `${approval?.lapses ? lapsed : 'nobody approved it in time'} (${id})`,
      };
    case 'denied':
    case 'cancelled':
      return { state: 'none', because: `it was ${status} (${id})${because ? `: ${because}` : ''}` };
    case 'void':
      return { state: 'failed', atOnce: true, because: because ?? 'it changed just then' };
    default:
      return { state: 'failed', because: 'not reached: what comes before it did not get there' };
  }
}

/**
 * The memory once its act has ended; undefined while it is under way. What has failed is known before the rest of
 * its operation ends, so that whoever owns it hears of it early; it is tried again when that is over.
 */
export function settled(memory: Memory, operation: Operation | undefined, now: number): Memory | undefined {
  const { state, atOnce } = standingIn(operation, memory.ocid);
  if (state === 'waiting' || state === 'running') return undefined;
  if (operation && !isFinal(operation.status) && state !== 'failed') return undefined;
  const after = settle(memory, state, now, operation?.id);
  return {
    ...after,
    ...(atOnce && after.tries < 3 ? { retryAt: now } : {}),
  };
}
