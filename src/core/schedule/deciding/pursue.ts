import type { Decision, Edge, Memory } from '../model.ts';
import { showMoment } from '../until.ts';
import { isUp } from '../want.ts';
import { decision, type Ground, type Said } from './ground.ts';
import { type Move, moveTo } from './moves.ts';
import { isRunning } from './standing.ts';

/**
 * What an edge leads to, once: the act, and after a failure the same again. What is already as wanted settles it, and
 * what is not for now leaves it due. `due` says that it was not followed yet.
 */
export function pursue(ground: Ground, edge: Edge, due: boolean): Decision {
  const { target, group, memory } = ground;
  if (edge.want === 'any') return decision(ground, edge.because);
  const move = moveTo(edge.want, target, group.dimming, memory);
  const step = { edge, move };
  const same = memory?.edge === edge.at ? memory : undefined;
  if (due) return carryOut(ground, step, 1);
  if (same?.outcome === 'pending') return underWay(ground, edge, same);
  if (same?.outcome === 'failed') return again(ground, step, same);
  const half = same?.outcome === 'done' && same.act === 'start' && 'act' in move && move.act === 'scale';
  return half ? carryOut(ground, step, 1) : afterwards(ground, step);
}

interface Step {
  readonly edge: Edge;
  readonly move: Move;
}

function carryOut(ground: Ground, { edge, move }: Step, attempt: number): Decision {
  const { busy, memory, rule, now } = ground;
  const { because } = edge;
  if ('refuse' in move) return still(ground, edge, `${because}; ${move.refuse}`, { left: 'refused' });
  // it may fail, or leave it at another size: how it ends is not this edge's
  if (busy)
    return still(ground, edge, `${because}; an operation is at work on it, so that I look again`, waiting);
  if ('already' in move) return settled(ground, edge, move.already);
  if ('wait' in move) return still(ground, edge, `${because}; ${move.wait}, so that I look again`, waiting);
  if (
    edge.want === 'down' &&
    !isWord(ground, edge) &&
    !memory?.settledIn &&
    now - (memory?.firstSeen ?? now) < rule.settleIn
  )
    return still(ground, edge, `${because}; it is new, and is left alone for a while`, { left: 'new' });
  return still(ground, edge, because, { ...move, attempt });
}

/** A person's word, which nothing that is new has to be spared. */
function isWord({ keep, now }: Ground, { at }: Edge): boolean {
  return keep !== undefined && keep.at === at && isRunning(keep, now);
}

function again(ground: Ground, step: Step, memory: Memory): Decision {
  const { edge, move } = step;
  const { tries, retryAt } = memory;
  const times = `${tries} ${tries === 1 ? 'time' : 'times'}`;
  const because = `${edge.because}; it failed ${times}`;
  const late = isUp(edge.want) ? { late: { tries, ...(retryAt === undefined ? {} : { retryAt }) } } : {};
  if ('act' in move && retryAt !== undefined && ground.now < retryAt) {
    const when = showMoment(retryAt, ground.rule.policy.timetable.zone);
    return still(ground, edge, `${because}, and is tried again at ${when}`, { ...late, ...waiting });
  }
  const retry = carryOut(ground, { edge: { ...edge, because }, move }, tries + 1);
  return retry.settles === undefined ? { ...retry, ...late } : retry;
}

function underWay(ground: Ground, edge: Edge, { operation }: Memory): Decision {
  return still(ground, edge, `${edge.because}; ${operation ?? 'the operation'} is at work on it`, waiting);
}

const waiting = { waits: true } as const;

/** The edge was followed, or was none of its own: it is as it is until the next one. */
function afterwards(ground: Ground, { edge, move }: Step): Decision {
  const { memory, busy } = ground;
  const { because } = edge;
  if ('already' in move) return settled(ground, edge, move.already);
  if ('wait' in move) return still(ground, edge, `${because}; ${move.wait}`);
  if ('refuse' in move) return still(ground, edge, `${because}; ${move.refuse}`);
  if (busy) return still(ground, edge, `${because}; an operation is at work on it`);
  if (!memory || (edge.at <= memory.firstSeen && edge.at !== memory.edge))
    return still(ground, edge, `${because}, before I first saw it; it waits for the next edge`);
  const refused = memory.edge === edge.at && memory.outcome === 'none' && memory.act !== undefined;
  const why = refused ? 'that was not allowed' : `somebody ${byHand[move.act] ?? 'changed'} it since`;
  return still(ground, edge, `${because}; ${why}, which is respected until the next edge`, {
    left: 'manual',
  });
}

/** What somebody did where a schedule would do this. */
const byHand: Readonly<Partial<Record<string, string>>> = {
  start: 'stopped',
  stop: 'started',
  scale: 'resized',
};

function settled(ground: Ground, edge: Edge, already: string): Decision {
  return still(ground, edge, `${edge.because}; it is ${already}`, { settles: edge.at });
}

function still(ground: Ground, { at, want }: Edge, because: string, said: Said = {}): Decision {
  return decision(ground, because, { ...said, edge: at, want });
}
