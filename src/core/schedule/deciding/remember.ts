import { factsOf } from '../../kinds/all.ts';
import { isOff } from '../../kinds/facts.ts';
import { msOfMinute } from '../clock/civil.ts';
import type { Decision, Memory } from '../model.ts';
import { directionOf, flipsAfter } from './flips.ts';
import { triedUntil, tryAgain } from './turns.ts';

/**
 * What to store once a decision is taken: before its act is begun, so that no other process takes it again. The
 * memory itself where nothing is new. `settle` writes down how the act ended.
 */
export function remember(decision: Decision, memory: Memory | undefined, now: number): Memory {
  const known = looked(decision, memory ?? first(decision, now));
  if (decision.act !== 'nothing') return begun(decision, known, now);
  const { settles } = decision;
  if (settles === undefined) return known;
  if (settles === known.edge && known.act === 'start' && known.outcome === 'done') return arrived(known);
  const again = settles === known.edge && (known.act === 'start' || known.outcome === 'failed');
  if (settles <= known.edge && !again) return known;
  const { act: _act, retryAt: _retryAt, operation: _operation, ...rest } = known;
  return {
    ...rest,
    ...sizeSettled(decision, known),
    ...decided(decision, now),
    edge: settles,
    outcome: 'none',
    tries: 0,
    flips: flipsAfter(known.flips, known.want, decision.want),
  };
}

/** Once what was started has its size nothing more follows; that it was started stays true. */
function arrived({ act: _act, ...rest }: Memory): Memory {
  return rest;
}

/** How the act of a decision ended, `none` where it was not done because somebody said no. */
export function settle(
  memory: Memory,
  outcome: 'none' | 'done' | 'failed',
  now: number,
  operation?: string,
): Memory {
  const { retryAt: _retryAt, ...rest } = memory;
  const ended = { ...rest, outcome, ...(operation === undefined ? {} : { operation }) };
  if (outcome === 'failed') {
    const tries = memory.tries + 1;
    return { ...ended, tries, retryAt: now + backOff(tries) };
  }
  const seen = outcome === 'done' ? directionOf(memory.want) : undefined;
  if (!seen) return { ...ended, tries: 0 };
  return { ...ended, tries: 0, seen, ...triedOf(triedUntil(memory.tried, memory.want, now)) };
}

const waits = [1, 2, 5, 10, 20];

/** How long after so many failures in a row the next try is, in milliseconds. */
export function backOff(tries: number): number {
  return (waits[tries - 1] ?? 30) * msOfMinute;
}

/** Seen for the first time: edges that are over by now are not its. */
function first(decision: Decision, now: number): Memory {
  return {
    ocid: decision.ocid,
    ...decided(decision, now),
    edge: now,
    outcome: 'none',
    tries: 0,
    firstSeen: now,
    flips: [],
  };
}

function decided({ policy, want, because }: Decision, now: number) {
  return { policy, want, because, decidedAt: now };
}

function looked({ kind, saw }: Decision, memory: Memory): Memory {
  const seen = saw.level ?? memory.seen;
  const size = keptSize(kind, saw, memory);
  const same = saw.flips === memory.flips && (saw.tried === undefined || saw.tried === memory.tried);
  if (seen === memory.seen && size === memory.size && same) return memory;
  return {
    ...memory,
    flips: saw.flips.length === 0 ? memory.flips : saw.flips,
    ...(seen === undefined ? {} : { seen }),
    ...(size === undefined ? {} : { size }),
    ...triedOf(saw.tried ?? memory.tried),
  };
}

function triedOf(tried: Memory['tried']): Pick<Memory, 'tried'> {
  return tried ? { tried } : {};
}

/** Where off is a size, what it was before somebody switched it off by hand would be lost. */
function keptSize(kind: Decision['kind'], { level, size }: Decision['saw'], memory: Memory) {
  const offIsSize = factsOf(kind).size?.off !== undefined;
  return offIsSize && level === 'up' && size !== undefined && size !== memory.given ? size : memory.size;
}

function begun(decision: Decision, known: Memory, now: number): Memory {
  const { retryAt: _retryAt, operation: _operation, given: _given, ...rest } = known;
  return {
    ...rest,
    ...sizesOf(decision, known),
    ...decided(decision, now),
    edge: decision.edge,
    outcome: 'pending',
    act: decision.act === 'nothing' ? 'stop' : decision.act,
    tries: decision.attempt - 1,
    flips: decision.edge > known.edge ? flipsAfter(known.flips, known.want, decision.want) : known.flips,
    ...triedOf(tryAgain(known.tried, decision.want, decision.edge)),
  };
}

/** The size to go back to, and the one that a schedule gives. */
function sizesOf({ act, want, size, saw }: Decision, known: Memory): Pick<Memory, 'size' | 'given'> {
  const { given } = known;
  const own = saw.size === undefined || saw.size === given ? known.size : saw.size;
  if (want === 'up')
    return size === undefined
      ? {
          ...(known.size === undefined ? {} : { size: known.size }),
          ...(given === undefined ? {} : { given }),
        }
      : { size };
  const gives = act === 'scale' || (act === 'start' && size !== undefined);
  const kept = act === 'start' ? known.size : own;
  const gift = gives ? size : given;
  return { ...(kept === undefined ? {} : { size: kept }), ...(gift === undefined ? {} : { given: gift }) };
}

/** What is of its size already when it is to be scaled down has that size for its own. */
function sizeSettled({ kind, want, saw }: Decision, known: Memory): Pick<Memory, 'size'> {
  if (want !== 'down' || known.size !== undefined || saw.size === undefined) return {};
  return isOff(factsOf(kind), saw.size) ? {} : { size: saw.size };
}
