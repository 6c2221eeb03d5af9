import { setMaxListeners } from 'node:events';
import { CloudError } from '../../core/fault.ts';
import { type Act, lifecycleOf, type PowerAct } from '../../core/lifecycle.ts';
import type { Step } from '../../core/plan.ts';
import type { ActContext, Observation, Receipt, Verb } from '../../core/verb.ts';
import type { Seen } from '../adapter.ts';
import { bySize, byState, ifEnded } from './observe.ts';
import { followed, requestSince, type WorkFollower } from './work-requests.ts';

/** What one power act is to one service. */
export interface PowerCall {
  readonly act: PowerAct;
  /** What OCI's IAM calls the permission. */
  readonly permission: string;
  send(step: Step, context: ActContext): Promise<Receipt>;
}

interface PowerOptions {
  get(region: string, ocid: string): Promise<Seen>;
  /** Where the service keeps its work requests, if it makes any for these acts. */
  readonly work?: WorkFollower;
  /** The call takes a retry token, so that sending it again cannot act twice. */
  readonly repeatable: boolean;
  /** A stop asks the operating system first, which may not listen: act hard when half of the time is over. */
  readonly hardens?: boolean;
}

const labels: Record<Act, string> = { start: 'Start', stop: 'Stop', restart: 'Restart', scale: 'Scale' };

/** Start, stop and restart of one kind as verbs: send, then look until it has happened. */
export function powerVerb({ act, permission, send }: PowerCall, options: PowerOptions): Verb {
  return {
    label: labels[act],
    permission,
    act: send,
    observe: (step, receipt, { before, signal, elapsed }) =>
      unless(signal, async () => {
        const { target } = step;
        const now = await ifThere(options.get(target.region, target.ocid));
        const ended = now && ifEnded(now);
        if (ended) return ended;
        const told = now && options.work ? await byWork(act, options.work, now, before, receipt) : undefined;
        if (told) return told;
        const seen = byState(act, before, now, receipt);
        const isStuck =
          options.hardens && act === 'stop' && seen.state === 'running' && isOverdue(step, elapsed);
        if (isStuck && !receipt?.hard)
          return { state: 'stuck', note: 'the operating system does not shut down; its power is cut' };
        // The token settles what looking cannot: OCI answers a repeated call with its first result.
        return seen.state === 'unknown' && options.repeatable ? { state: 'absent' } : seen;
      }),
  };
}

/** Half of its time has gone by, and the gentle way was all that was tried. */
function isOverdue({ within, with: options }: Step, elapsed: number): boolean {
  return options?.force !== true && elapsed >= within / 2;
}

/** What one change of size is to one service. */
export interface SizeCall {
  readonly label: Act;
  readonly permission: string;
  /** The size that the step is to bring about, in the kind's one text. Throws a CloudError for none. */
  wanted(step: Step): string;
  send(step: Step, size: string, context: ActContext): Promise<Receipt>;
}

/**
 * Acts that change a size as verbs, and start and stop where switching off is scaling: send, then look
 * until the resource has settled at that size.
 */
export function sizeVerb({ label, permission, wanted, send }: SizeCall, options: PowerOptions): Verb {
  return {
    label: labels[label],
    permission,
    act: (step, context) => send(step, wanted(step), context),
    observe: (step, receipt, { signal }) =>
      unless(signal, async () => {
        const now = await ifThere(options.get(step.target.region, step.target.ocid));
        const ended = now && ifEnded(now);
        if (ended) return ended;
        if (now && receipt?.workRequest && options.work) {
          const work = await ifThere(options.work.get(now.region, receipt.workRequest));
          const told =
            work && (await followed(work, async () => options.work?.errors(now.region, work.id) ?? []));
          if (told && told.state !== 'done') return told;
        }
        return bySize(wanted(step), now, receipt);
      }),
  };
}

/** The size that a step carries. Throws a CloudError 400 where a plan forgot it, which fails the step. */
export function sizeIn(step: Step): string {
  const size = step.with?.size;
  if (typeof size === 'string') return size;
  throw new CloudError({
    message: `It is not known which size ${step.target.name} is to have.`,
    status: 400,
    code: 'InvalidParameter',
    operation: step.verb,
  });
}

/** What looking finds. Nobody waits for it any longer when the signal aborts: rejects with its reason. */
export async function unless<T>(signal: AbortSignal, look: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  setMaxListeners(0, signal);
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([look(), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** What the work requests say; undefined when they say nothing and the state has to. */
async function byWork(
  act: PowerAct,
  book: WorkFollower,
  now: Seen,
  before: { readonly facts?: Seen['facts'] },
  receipt: Receipt | undefined,
): Promise<Observation | undefined> {
  const { region, compartmentId, ocid } = now;
  if (receipt) {
    const id = receipt.workRequest;
    const work = id ? await ifThere(book.get(region, id)) : undefined;
    return work && followed(work, () => book.errors(region, work.id));
  }
  const listed = book.of && (await ifThere(book.of(region, compartmentId, ocid)));
  const since = listed && requestSince(act, listed, before.facts);
  if (since === undefined) return undefined;
  if (since !== 'none') return followed(since, () => book.errors(region, since.id));
  // No request for a restart was accepted, whatever else changed. Start and stop are seen in the state.
  const { up, down } = lifecycleOf(now.kind);
  return act === 'restart' && [...up, ...down].includes(now.state) ? { state: 'absent' } : undefined;
}

/** Undefined when OCI says 404: not there, or not visible. */
export async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CloudError && error.status === 404) return undefined;
    throw error;
  }
}

/** `if-match`, where an etag is known. */
export function ifMatch({ etag }: ActContext): { ifMatch?: string } {
  return etag === undefined ? {} : { ifMatch: etag };
}

/** The etag was read for this very call: when it is old, somebody else was quicker, and it is tried again. */
export async function current<T>(sending: () => Promise<T>): Promise<T> {
  try {
    return await sending();
  } catch (error) {
    if (error instanceof CloudError && error.status === 412)
      throw new CloudError({ ...error, message: error.message, status: 409, code: 'Conflict' });
    throw error;
  }
}

/** What of an SDK reply the journal and the audit keep. */
export function receiptOf(reply: {
  readonly opcRequestId?: string;
  readonly opcWorkRequestId?: string;
  readonly etag?: string;
}): Receipt {
  return {
    ...(reply.opcRequestId ? { requestId: reply.opcRequestId } : {}),
    ...(reply.opcWorkRequestId ? { workRequest: reply.opcWorkRequestId } : {}),
    ...(reply.etag ? { etag: reply.etag } : {}),
  };
}
