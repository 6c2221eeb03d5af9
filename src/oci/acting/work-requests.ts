import { CloudError } from '../../core/fault.ts';
import type { Json } from '../../core/json.ts';
import type { PowerAct } from '../../core/lifecycle.ts';
import type { Observation } from '../../core/verb.ts';

/** A work request in what its two services have in common. */
export interface Work {
  readonly id: string;
  /** STOP_CONTAINER_INSTANCE, "Stop Autonomous Database" … */
  readonly operation: string;
  /** ACCEPTED, IN_PROGRESS, SUCCEEDED, FAILED, CANCELING, CANCELED … */
  readonly status: string;
  /** Absent where the service does not say. */
  readonly percent?: number;
  /** RFC 3339, by OCI's clock. */
  readonly accepted: string;
}

/** Where one kind of resource keeps its work requests. Every method rejects with a CloudError. */
export interface WorkBook {
  get(region: string, id: string): Promise<Work>;
  /** The latest of the resource, in any order. */
  of(region: string, compartmentId: string, ocid: string): Promise<readonly Work[]>;
  /** Why it failed, sentence by sentence. */
  errors(region: string, id: string): Promise<readonly string[]>;
}

/** Enough to follow a request whose id is known, for services whose calls can be repeated safely. */
export type WorkFollower = Pick<WorkBook, 'get' | 'errors'> & Partial<Pick<WorkBook, 'of'>>;

/**
 * When the newest work request was accepted, or null when there is none; left out when it may not be
 * read. Kept among the facts of a resource before an act, it tells later requests from earlier ones
 * by OCI's own clock.
 */
export async function newestAccepted(
  work: Promise<readonly Work[]>,
): Promise<{ readonly [key: string]: Json }> {
  try {
    return { lastWorkRequest: newest(await work)?.accepted ?? null };
  } catch (error) {
    if (error instanceof CloudError) return {};
    throw error;
  }
}

/** The newest request for the act that was accepted after `facts` were taken; undefined when they do not say. */
export function requestSince(
  act: PowerAct,
  work: readonly Work[],
  facts: { readonly [key: string]: Json } | undefined,
): Work | 'none' | undefined {
  const last = facts?.lastWorkRequest;
  if (last === undefined) return undefined;
  const after = last === null ? Number.NEGATIVE_INFINITY : Date.parse(String(last));
  const later = work.filter((each) => actOf(each) === act && Date.parse(each.accepted) > after);
  return newest(later) ?? 'none';
}

/** What a work request says of the act that it carries out. */
export async function followed(work: Work, errors: () => Promise<readonly string[]>): Promise<Observation> {
  if (work.status === 'SUCCEEDED') return { state: 'done' };
  if (work.status === 'FAILED' || work.status === 'CANCELED') {
    const reasons = await errors();
    const because = reasons.join(' ') || `its work request is ${work.status} and names no error`;
    return { state: 'failed', because };
  }
  const progress = work.percent === undefined ? work.status : `${Math.round(work.percent)} %`;
  return { state: 'running', note: `work request ${progress}` };
}

function newest(work: readonly Work[]): Work | undefined {
  return work.reduce<Work | undefined>(
    (best, each) => (best && Date.parse(best.accepted) >= Date.parse(each.accepted) ? best : each),
    undefined,
  );
}

function actOf({ operation }: Work): PowerAct | undefined {
  const word = /restart|start|stop/i.exec(operation)?.[0].toLowerCase();
  return word === 'start' || word === 'stop' || word === 'restart' ? word : undefined;
}
