import type { Entry } from '../entry.ts';
import { listed } from '../wording.ts';
import { sentenceOf, shutBy } from './idle-reasons.ts';
import { courseOf, firstOf, type Ground, isSame, type Piece, textOf, without } from './pieces.ts';

/** A piece that could be left out, and why. */
export interface Idle {
  /** As it was written. */
  readonly text: string;
  /** Without its subject: `says Wed closed, which never counts: …`. */
  readonly sentence: string;
}

/** More pieces than this are not tried one by one. */
const most = 60;

/**
 * Pieces without which everything is wanted at the same times from one instant to another. Of two of which either
 * could be left out the later one is told of; all that are told of can be left out together.
 */
export function idlesOf(entries: readonly Entry[], ground: Ground): readonly Idle[] {
  const pieces = piecesOf(entries);
  if (pieces.length < 2 || pieces.length > most) return [];
  const whole = courseOf(pieces, ground);
  let kept = pieces;
  const idle: Piece[] = [];
  for (const piece of pieces.toReversed()) {
    const others = without(kept, piece);
    const likely = firstOf(piece, ground);
    if (!isSame(whole, courseOf(without(pieces, piece), ground), ground, likely)) continue;
    if (idle.length > 0 && !isSame(whole, courseOf(others, ground), ground, likely)) continue;
    idle.unshift(piece);
    kept = others;
  }
  return idle.flatMap((piece) => {
    const text = textOf(piece);
    const sentence = sentenceOf(piece, text, kept, ground);
    return sentence === undefined ? [] : [{ text, sentence }];
  });
}

/** What has windows and is up at no moment from one instant to another. Without its subject and its full stop. */
export function neverUp(entries: readonly Entry[], ground: Ground): readonly string[] {
  const pieces = piecesOf(entries);
  const windows = pieces.filter((piece) =>
    piece.some(({ act }) => act.type === 'window' || act.type === 'span'),
  );
  if (windows.length === 0 || courseOf(pieces, ground).isEverUp()) return [];
  const texts = listed(windows.map(textOf));
  return [`is never up within the coming year, though it says ${texts}: ${shutBy(windows, pieces, ground)}`];
}

/** What was read together has its days together. */
function piecesOf(entries: readonly Entry[]): readonly Piece[] {
  const byDays = new Map<Entry['days'], Entry[]>();
  for (const entry of entries) byDays.set(entry.days, [...(byDays.get(entry.days) ?? []), entry]);
  return [...byDays.values()];
}
