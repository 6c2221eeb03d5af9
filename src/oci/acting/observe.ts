import { conditionOf, lifecycleOf, type PowerAct } from '../../core/lifecycle.ts';
import type { Observation, Receipt } from '../../core/verb.ts';
import type { Seen } from '../adapter.ts';

type Look = Pick<Seen, 'kind' | 'state' | 'etag'>;

/**
 * Whether an act has happened, told by the resource alone. Pure. `before` is how it was just before the
 * act, `now` how it is, `receipt` what OCI answered to the act when that is known.
 *
 * A restart ends where it began. It is known to be over when OCI's answer carried an etag and the
 * resource is up under another one; without an answer, the unchanged etag says that nothing happened,
 * and a changed one does not say what did.
 */
export function byState(
  act: PowerAct,
  before: Pick<Seen, 'etag'>,
  now: Look | undefined,
  receipt: Receipt | undefined,
): Observation {
  if (!now) return unseen;
  const ended = ifEnded(now);
  if (ended) return ended;
  const { up, down, rising, falling, restarting } = lifecycleOf(now.kind);
  const { state } = now;
  if (act === 'restart') return restart(before, now, receipt);
  if ((act === 'start' ? up : down).includes(state)) return { state: 'done' };
  if ((act === 'start' ? rising : falling).includes(state) || restarting.includes(state) || receipt)
    return { state: 'running', note: state };
  return hasSettled(now) ? { state: 'absent' } : { state: 'running', note: state };
}

/**
 * Whether a resource has come to a size, told by itself alone. Pure. At rest in another size means that
 * nothing has happened yet, or that it is about to: then the receipt tells which.
 */
export function bySize(
  wanted: string,
  now: Pick<Seen, 'kind' | 'state' | 'size'> | undefined,
  receipt: Receipt | undefined,
): Observation {
  if (!now) return unseen;
  const ended = ifEnded(now);
  if (ended) return ended;
  const condition = conditionOf(now);
  const atRest = condition === 'up' || condition === 'down';
  if (atRest && now.size === wanted) return { state: 'done' };
  if (atRest && !receipt) return { state: 'absent' };
  return { state: 'running', note: now.size === undefined ? now.state : `${now.state}, size ${now.size}` };
}

export const unseen: Observation = { state: 'failed', because: 'it is gone, or I may no longer see it' };

/** What has ended comes to nothing any more, whatever a work request still says. */
export function ifEnded(now: Pick<Seen, 'kind' | 'state'>): Observation | undefined {
  const condition = conditionOf(now);
  return condition === 'ending' || condition === 'gone'
    ? { state: 'failed', because: `it is ${now.state}: somebody ended it meanwhile` }
    : undefined;
}

function restart(before: Pick<Seen, 'etag'>, now: Look, receipt: Receipt | undefined): Observation {
  const { up, down } = lifecycleOf(now.kind);
  if (!up.includes(now.state)) {
    return !receipt && down.includes(now.state) && isSame(before.etag, now.etag)
      ? { state: 'absent' }
      : { state: 'running', note: now.state };
  }
  if (receipt) {
    const since = receipt.etag ?? before.etag;
    return isSame(since, now.etag) ? { state: 'running', note: now.state } : { state: 'done' };
  }
  if (isSame(before.etag, now.etag)) return { state: 'absent' };
  return {
    state: 'unknown',
    because: 'the reply was lost; it is up and has changed since, which may or may not be the restart',
  };
}

/** Up or down, with nothing under way that could be the act. */
function hasSettled({ kind, state }: Look): boolean {
  const { up, down, blocked, rising, falling } = lifecycleOf(kind);
  if (up.includes(state) || down.includes(state) || rising.includes(state) || falling.includes(state))
    return true;
  return state !== 'UPDATING' && state in blocked;
}

/** Etags may come with what a proxy did to the body: `abc--gzip`. */
function isSame(one: string | undefined, other: string | undefined): boolean {
  const plain = (etag: string | undefined) => etag?.replace(/--gzip(?="?$)/, '');
  return one !== undefined && plain(one) === plain(other);
}
