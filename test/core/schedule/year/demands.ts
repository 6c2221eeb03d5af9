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
  /** Since when somebody who is paused or frozen has had everything left as it is, but for starts that others call for. */
  heldSince(minute: number): number;
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
  const up = votes.filter(
    (vote) => vote !== 'down' && vote !== 'any' && vote !== 'held' && vote !== 'frozen',
  );
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
  const demands: Demand[] = [];
  const turns: Turn[] = [];
  let stood: Wish = 'any';
  let last: Wish = 'any';
  let said: Wish = 'any';
  let stoodLevel: Wish = 'any';
  let passedOver = false;
  let heldSince = Number.POSITIVE_INFINITY;
  for (const at of pointsOf(voices)) {
    const votes = voices.map((voice) => voice.wishes.calls.get(at) ?? levelOf(voice, at));
    const base = outvoted(votes);
    const called = voices.some(({ wishes }) => wishes.calls.get(at) === base);
    const other = base !== (last === 'frozen' && voices.some((voice) => thaws(voice, at)) ? stood : last);
    const changed = at > before && speaks(base) && (other || called);
    if (base !== 'frozen') stood = base;
    const level = outvoted(voices.map((voice) => levelOf(voice, at)));
    if (speaks(base)) said = base;
    else if (level === 'any' && stoodLevel !== 'any') said = 'any';
    if (level !== 'frozen') stoodLevel = level;
    last = base;
    const wish = outvoted(
      voices.map((voice, which) => (isPaused(voice, at) ? 'held' : (votes[which] ?? 'any'))),
    );
    // who is paused counts for nothing, so that another who begins to want it up brings something new
    const begun = waits(turns.at(-1)?.wish ?? 'any') && voices.some((voice) => begins(voice, at));
    if (!waits(wish) && (changed || passedOver || begun))
      demands.push({ at, wish: wish === 'any' ? said : wish });
    passedOver = waits(wish) && (changed || passedOver);
    const quiet = outvoted(voices.map((voice) => (isPaused(voice, at) ? 'held' : levelOf(voice, at))));
    heldSince = waits(quiet) ? Math.min(heldSince, at) : Number.POSITIVE_INFINITY;
    turns.push({
      at,
      wish,
      lasting: waits(wish) ? (demands.at(-1)?.wish ?? 'any') : speaks(wish) ? wish : said,
      heldSince,
    });
  }
  const turnAt = (minute: number) => turns[placeOf(turns, minute)];
  return {
    demands,
    turns: turns.map(({ at }) => at),
    at: (minute) => turnAt(minute)?.wish ?? 'any',
    saidBy: (minute) => turnAt(minute)?.lasting ?? 'any',
    heldSince: (minute) => turnAt(minute)?.heldSince ?? Number.POSITIVE_INFINITY,
  };
}

interface Turn {
  readonly at: number;
  readonly wish: Wish;
  readonly lasting: Wish;
  readonly heldSince: number;
}

/** Every minute at which anything may become another. */
function pointsOf(voices: readonly Voice[]): readonly number[] {
  const points = voices.flatMap(({ wishes: { levels, calls }, pauses }) => [
    ...levels.map(({ at }) => at),
    ...[...calls.keys()].flatMap((at) => [at, at + 1]),
    ...pauses.flatMap(({ from, to }) => [from, to]),
  ]);
  return [...new Set(points)].filter((at) => at >= before && at <= ends).sort((a, b) => a - b);
}

function speaks(wish: Wish): boolean {
  return wish !== 'any' && !waits(wish);
}

export function waits(wish: Wish): boolean {
  return wish === 'held' || wish === 'frozen';
}

function isPaused({ pauses }: Voice, minute: number): boolean {
  return pauses.some(({ from, to }) => from <= minute && minute < to);
}

function thaws(voice: Voice, minute: number): boolean {
  return levelOf(voice, minute - 1) === 'frozen' && levelOf(voice, minute) !== 'frozen';
}

/** Up from this minute on by its own hours. */
function begins(voice: Voice, minute: number): boolean {
  const isUp = (wish: Wish) => speaks(wish) && wish !== 'down';
  const free = !isPaused(voice, minute) && !isPaused(voice, minute - 1);
  return free && isUp(levelOf(voice, minute)) && !isUp(levelOf(voice, minute - 1));
}

function levelOf({ wishes: { levels } }: Voice, minute: number): Wish {
  return levels[placeOf(levels, minute)]?.wish ?? 'any';
}

/** Of the last one that was there by a minute. */
function placeOf(entries: readonly { readonly at: number }[], minute: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.at ?? 0) <= minute) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
