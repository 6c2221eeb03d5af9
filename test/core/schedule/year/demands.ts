import { before, ends } from './clocks.ts';
import type { Span } from './story.ts';
import type { Wish, Wishes } from './timetables.ts';

/** A minute from which on something else is to be, since 1970-01-01T00:00Z. */
export interface Demand {
  readonly at: number;
  readonly wish: Wish;
}

/** What several policies come to for what they share. */
export interface Asked {
  /** In order. */
  readonly demands: readonly Demand[];
  /** What is wanted at a minute: `held` or `frozen` while nothing is to be done. */
  at(minute: number): Wish;
  /** The same, but where everything is to be left as it is, what was asked for last. */
  saidBy(minute: number): Wish;
  /** Every minute at which something else is wanted than a minute before. */
  readonly turns: readonly number[];
}

/** One voice, with the spans in which it says nothing. */
export interface Voice {
  readonly wishes: Wishes;
  readonly pauses: readonly Span[];
}

/**
 * Up wins, with the size of whoever says one; where nobody wants it up, who is paused or frozen has everything left as
 * it is, and so has who has nothing to say; only what all want down goes down.
 */
function outvoted(votes: readonly Wish[]): Wish {
  const up = votes.filter((vote) => vote !== 'down' && vote !== 'any' && vote !== 'held' && vote !== 'frozen');
  if (up.length > 0) return up.find((vote) => vote !== 'up') ?? 'up';
  if (votes.includes('held')) return 'held';
  if (votes.includes('frozen')) return 'frozen';
  return votes.includes('any') ? 'any' : 'down';
}

/**
 * Something is demanded whenever what is wanted becomes another, and by each call that is not outvoted. What falls
 * into a pause is demanded when the pause is over, as it is wanted by then. A freeze demands at its end what differs
 * from what was wanted when it began.
 */
export function askedOf(voices: readonly Voice[]): Asked {
  const size = ends - before + 1;
  const wanted: Wish[] = [];
  const lasting: Wish[] = [];
  const demands: Demand[] = [];
  const turns: number[] = [];
  const paused = voices.map(({ pauses }) => marked(pauses, size));
  let stood: Wish = 'any';
  let said: Wish = 'any';
  let passedOver = false;
  for (let place = 0; place < size; place++) {
    const votes = voices.map(({ wishes }) => wishes.calls.get(place) ?? wishes.levels[place] ?? 'any');
    const base = outvoted(votes);
    const called = voices.some(({ wishes }) => wishes.calls.get(place) === base);
    const changed = place > 0 && base !== 'frozen' && base !== 'any' && (base !== stood || called);
    if (base !== 'frozen') stood = base;
    if (base !== 'frozen' && base !== 'any') said = base;
    const wish = outvoted(votes.map((vote, which) => (paused[which]?.[place] === 1 ? 'held' : vote)));
    const waits = wish === 'held' || wish === 'frozen';
    if (!waits && (changed || passedOver)) demands.push({ at: before + place, wish: wish === 'any' ? said : wish });
    passedOver = waits && (changed || passedOver);
    if (wish !== wanted.at(-1)) turns.push(before + place);
    wanted.push(wish);
    lasting.push(wish === 'any' ? said : wish);
  }
  return {
    demands,
    turns,
    at: (minute) => wanted[minute - before] ?? 'any',
    saidBy: (minute) => lasting[minute - before] ?? 'any',
  };
}

function marked(spans: readonly Span[], size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const { from, to } of spans) marks.fill(1, Math.max(0, from - before), Math.max(0, to - before));
  return marks;
}
