import { minutesOfDay } from '../clock/civil.ts';
import { type Act, type Days, type Entry, ranks } from '../entry.ts';
import type { Want } from '../model.ts';
import { daysOf } from './days.ts';
import { type Piece, readPiece, saysWhen } from './piece.ts';
import type { Wrong } from './problem.ts';
import { senseOf } from './sense.ts';
import { piecesOf } from './words.ts';

/** A string's entries, or everything that is wrong with it. */
export interface ReadEntries {
  readonly entries: readonly Entry[];
  readonly wrong: readonly Wrong[];
}

export function readEntries(written: string, defaultZone: string | undefined): ReadEntries {
  const pieces = joined(piecesOf(written));
  const said = pieces.filter((piece) => !isZoneAlone(piece));
  if (said.length === 0 && pieces.every(({ wrong }) => wrong.length === 0))
    return { entries: [], wrong: [nothing(written)] };
  const wrong = said.flatMap((piece, at) =>
    piece.wrong.length > 0 ? piece.wrong : senseOf(piece, said.slice(0, at), at === said.length - 1),
  );
  const zones = said.map((piece) => zoneOf(pieces, pieces.indexOf(piece)) ?? defaultZone);
  const zoned = pieces.some((piece) => piece.zoned);
  const needed = said.some(({ constants }, at) => constants.length === 0 && zones[at] === undefined);
  if (needed && !zoned) return { entries: [], wrong: [...wrong, noZone(written)] };
  const lost = pieces.filter((piece) => isZoneAlone(piece)).flatMap((piece) => piece.wrong);
  if (wrong.length + lost.length > 0) return { entries: [], wrong: [...wrong, ...lost] };
  return { entries: said.flatMap((piece, at) => entriesOf(piece, zones[at])), wrong: [] };
}

function isZoneAlone(piece: Piece): boolean {
  return piece.zoned && piece.days.length === 0 && !saysWhen(piece) && piece.size === undefined;
}

function nothing(written: string): Wrong {
  return {
    text: written.trim(),
    sentence: 'This says no times.',
    hint: 'Write Mon-Fri 07:30-20:00 Europe/Amsterdam.',
  };
}

function noZone(written: string): Wrong {
  const text = written.trim().replace(/[,;\s]+$/, '');
  return {
    text,
    sentence: `"${text}" has no time zone.`,
    hint: `Write one at its end: ${text} Europe/Amsterdam.`,
  };
}

/** Days that stand alone before a comma belong to what follows it: `Sat,Sun 10:00-14:00`. */
function joined(pieces: readonly (readonly string[])[]): readonly Piece[] {
  const read: Piece[] = [];
  for (const words of pieces) {
    const before = read.at(-1);
    const open =
      before && !before.zoned && !saysWhen(before) && before.size === undefined && before.wrong.length === 0;
    const ofMonth = open && before.days.length > 0 && before.days.every((day) => day.class === 'month');
    const piece = readPiece(words, ofMonth === true);
    const classes = new Set([...(before?.days ?? []), ...piece.days].map((day) => day.class));
    if (open && before.days.length > 0 && piece.days.length > 0 && classes.size === 1)
      read[read.length - 1] = {
        ...piece,
        text: `${before.text},${piece.text}`,
        days: [...before.days, ...piece.days],
      };
    else read.push(piece);
  }
  return read;
}

/** A zone holds for what stands before it, and for all of a string where it is the only one. */
function zoneOf(pieces: readonly Piece[], at: number): string | undefined {
  const after = pieces.slice(at).find(({ zone }) => zone !== undefined);
  return (after ?? pieces.findLast(({ zone }) => zone !== undefined))?.zone;
}

function entriesOf(piece: Piece, zone: string | undefined): readonly Entry[] {
  const text = piece.constants.length > 0 ? piece.text.toLowerCase() : piece.text;
  const days = daysFor(piece);
  return actsOf(piece).map((act) => ({ days, act, text, ...(zone === undefined ? {} : { zone }) }));
}

function daysFor({ days, crons }: Piece): Days {
  const [cron] = crons;
  return cron ? { rank: ranks.daily, has: cron.has } : daysOf(days);
}

function actsOf({ hours, spans, times, crons, turns, modes, constants, size }: Piece): readonly Act[] {
  const up: Want = size === undefined ? 'up' : { size };
  const [turn] = turns;
  const [mode] = modes;
  const [cron] = crons;
  if (mode) return [{ type: 'mode', mode }];
  if (constants[0] === 'never') return [{ type: 'mode', mode: 'closed' }];
  if (spans.length > 0) return spans.map((span) => ({ type: 'span', ...span, want: up }));
  if (turn) {
    const minutes = cron?.minutes ?? times.toSorted((a, b) => a - b);
    return [{ type: 'once', minutes, want: turn === 'stop' ? 'down' : up, freely: cron !== undefined }];
  }
  const windows = hours.length > 0 ? hours : [{ from: 0, until: minutesOfDay }];
  return windows.map((window) => ({ type: 'window', ...window, want: up }));
}
