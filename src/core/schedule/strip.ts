import type { Mark, Part } from './marks.ts';
import type { Want } from './model.ts';
import { markBefore, type Placed, placedMarks } from './placed.ts';
import { type Standing, Union } from './union.ts';
import { isUp, sameWant, strength } from './want.ts';

/** A moment at which something is to be done, or from which on something else is wanted. */
export interface Turn {
  readonly at: number;
  /** What its edge says. */
  readonly want: Want;
  /** What is wanted from then on: after a one-sided time that the windows gainsay it is `any`. */
  readonly after: Want;
  readonly because: string;
}

/** A moment from which on there is another reason, whether or not something else is wanted. */
export interface Note {
  readonly at: number;
  readonly because: string;
}

/** What the marks come to between two instants, freezes apart. */
export interface Strip {
  /** What is wanted when it begins, one-sided times apart. */
  readonly start: Standing;
  readonly turns: readonly Turn[];
  readonly notes: readonly Note[];
}

/** From one instant to, but not including, another. `silent` says when one-sided times do not act. */
export function stripOf(
  parts: readonly Part[],
  from: number,
  until: number,
  silent: (instant: number) => boolean,
): Strip {
  const placed = parts.flatMap((part, index) => placedMarks(part, index, from, until));
  if (parts.length > 1) placed.sort((a, b) => a.at - b.at);
  const union = new Union(parts.length);
  for (const [index, part] of parts.entries()) {
    const held = markBefore(part, placed, index, from);
    if (held) union.set(index, held.mark, held.at);
  }
  const start = union.now;
  const turns: Turn[] = [];
  const notes: Note[] = [];
  let reason = start.because;
  for (const together of byInstant(placed, from, until)) {
    const { at } = together;
    const before = union.now;
    const once = strongestOnce(silent(at) ? [] : together.marks);
    for (const { part, mark } of together.marks) if (!mark.once) union.set(part, mark, at);
    const now = union.now;
    const changed = !sameWant(before.want, now.want);
    if (once) turns.push(acting(at, once, now, changed));
    else if (changed) turns.push(turning(at, now, together.marks));
    if (now.because !== reason) {
      reason = now.because;
      notes.push({ at, because: reason });
    }
  }
  return { start, turns, notes };
}

function* byInstant(placed: readonly Placed[], from: number, until: number) {
  let marks: Placed[] = [];
  for (const each of placed) {
    if (each.at < from) continue;
    if (each.at >= until) break;
    const at = marks[0]?.at;
    if (at !== undefined && at !== each.at) {
      yield { at, marks };
      marks = [];
    }
    marks.push(each);
  }
  if (marks[0]) yield { at: marks[0].at, marks };
}

function strongestOnce(marks: readonly Placed[]): Mark | undefined {
  let first: Mark | undefined;
  for (const { mark } of marks)
    if (mark.once && (!first || strength(mark.want) > strength(first.want))) first = mark;
  return first;
}

/** A window that begins when a stop is due goes before it; a start goes before a window that ends. */
function acting(at: number, once: Mark, now: Standing, changed: boolean): Turn {
  const agreed = sameWant(once.want, now.want) || (once.want === 'up' && isUp(now.want));
  if (agreed || (changed && strength(now.want) > strength(once.want)))
    return { at, want: now.want, after: now.want, because: changed ? now.edge : once.because };
  return { at, want: once.want, after: 'any', because: once.because };
}

/** Where what was strongest ends, it is its end that explains the turn, not what was there all the time. */
function turning(at: number, now: Standing, marks: readonly Placed[]): Turn {
  const ended = marks.findLast(({ mark }) => !mark.once)?.mark.because;
  return { at, want: now.want, after: now.want, because: now.since === at ? now.edge : (ended ?? now.edge) };
}
