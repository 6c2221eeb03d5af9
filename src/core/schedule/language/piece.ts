import { nearest } from '../../suggest.ts';
import type { Mode } from '../calendar.ts';
import { noSuchZone, zoneNamed } from '../clock/zone-names.ts';
import { readHours, readTime } from './clock-times.ts';
import { type Cron, readCron } from './cron.ts';
import { isDate, readDates, type Span } from './dates.ts';
import {
  type DayWord,
  dayVocabulary,
  isOrdinal,
  readMonthDays,
  readNth,
  readWeekdays,
  spelled,
} from './days.ts';
import type { Wrong } from './problem.ts';

/** What the words between two commas say, each by itself; whether it makes sense together is seen later. */
export interface Piece {
  readonly text: string;
  readonly days: DayWord[];
  readonly hours: { readonly from: number; readonly until: number }[];
  readonly spans: Span[];
  /** The times and cron expressions of one-sided entries. */
  readonly times: number[];
  readonly crons: Cron[];
  readonly turns: ('start' | 'stop')[];
  readonly modes: Mode[];
  readonly constants: ('always' | 'never')[];
  readonly size?: string;
  readonly zone?: string;
  /** Whether there was anything that was meant as a zone. */
  readonly zoned: boolean;
  readonly wrong: Wrong[];
}

const turns: Readonly<Record<string, 'start' | 'stop'>> = {
  start: 'start',
  starts: 'start',
  stop: 'stop',
  stops: 'stop',
};
const modes: Readonly<Record<string, Mode>> = {
  closed: 'closed',
  open: 'open',
  freeze: 'freeze',
  frozen: 'freeze',
};
const constants: Readonly<Record<string, 'always' | 'never'>> = { always: 'always', never: 'never' };

/** Words that make a sentence of it and say nothing. */
const noise = /^(at|from|every|each|the)$/i;

const vocabulary = [
  ...dayVocabulary,
  ...Object.keys(turns),
  ...Object.keys(modes),
  ...Object.keys(constants),
  'size',
  'last',
];

/** `numbers`: whether bare numbers go on with the days of the month of the piece before. */
export function readPiece(words: readonly string[], numbers: boolean): Piece {
  const { zone, zoned, wrong, rest } = takeZone(words);
  const { size, others } = takeSize(rest);
  const piece: Piece = {
    text: rest.join(' '),
    days: [],
    hours: [],
    spans: [],
    times: [],
    crons: [],
    turns: [],
    modes: [],
    constants: [],
    ...(size === undefined ? {} : { size }),
    ...(zone === undefined ? {} : { zone }),
    zoned: zoned || /^cron[^)]*$/i.test(rest.at(-1) ?? ''),
    wrong: [...wrong],
  };
  const unknown = readWords(piece, others, numbers);
  const trailing = !zoned && unknown.length > 0 && unknown.at(-1) === others.at(-1) && saysWhen(piece);
  if (trailing) piece.wrong.push({ text: unknown.join(' '), ...noSuchZone(unknown.join(' ')) });
  else piece.wrong.push(...unknown.map(noSuchWord));
  return trailing ? { ...piece, zoned: true } : piece;
}

/** Whether it says more than days. */
export function saysWhen({ hours, spans, times, crons, turns, modes, constants }: Piece): boolean {
  return [hours, spans, times, crons, turns, modes, constants].some((said) => said.length > 0);
}

function takeZone(words: readonly string[]) {
  const last = words.at(-1) ?? '';
  const bare = last.replace(/^[([]|[)\]]$/g, '');
  const zone = zoneNamed(bare);
  const rest = words.slice(0, -1);
  if (zone) return { zone, zoned: true, wrong: [], rest };
  const meant = (bare.includes('/') && !/^cron/i.test(last)) || /^((utc|gmt)?[+-]\d|etc\/)/i.test(bare);
  return meant
    ? { zoned: true, wrong: [{ text: bare, ...noSuchZone(bare) }], rest }
    : { zoned: false, wrong: [], rest: words };
}

/** A size is one word of its kind: `3`, `2:16`. */
function takeSize(words: readonly string[]) {
  const at = words.findIndex((word) => /^size:?$/i.test(word));
  if (at < 0) return { others: words };
  return { others: [...words.slice(0, at), ...words.slice(at + 2)], size: words[at + 1] ?? '' };
}

/** Puts what it knows into the piece; answers what it does not know. */
function readWords(piece: Piece, words: readonly string[], goesOn: boolean): readonly string[] {
  const unknown: string[] = [];
  let numbers = goesOn;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    const key = word.toLowerCase();
    const [turn, mode, constant] = [turns[key], modes[key], constants[key]];
    if (noise.test(word)) continue;
    if (key === 'on') numbers = true;
    else if (turn) piece.turns.push(turn);
    else if (mode) piece.modes.push(mode);
    else if (constant) piece.constants.push(constant);
    else if (/^cron/i.test(word)) take(piece, readCronWord(word), piece.crons);
    else if (isOrdinal(word) && !(numbers && isAlone(next))) {
      take(piece, readNth(word, next), piece.days);
      if (next && /^[a-z]/i.test(next) && !turns[next.toLowerCase()]) at += 1;
    } else if (isDate(word)) takeDates(piece, word);
    else if (numbers && /^\d{1,2}(st|nd|rd|th)?(-\d{1,2}(st|nd|rd|th)?)?$/i.test(word))
      take(piece, readMonthDays(word), piece.days);
    else if (/^\d/.test(word)) takeTime(piece, word);
    else {
      const weekdays = readWeekdays(word);
      if (weekdays) take(piece, weekdays, piece.days);
      else unknown.push(word);
    }
  }
  return unknown;
}

function isAlone(next: string | undefined): boolean {
  return next === undefined || !(/^day$/i.test(next) || readWeekdays(next));
}

function readCronWord(word: string): Cron | readonly Wrong[] {
  const inside = /^cron ?\((.*)\)$/i.exec(word);
  if (inside) return readCron(inside[1] ?? '');
  return [
    {
      text: word,
      sentence: `"${word}" has no pair of parentheses.`,
      hint: 'Write start cron(0 7 * * 1-5), or stop cron(0 20 * * 1-5).',
    },
  ];
}

function takeDates(piece: Piece, word: string): void {
  const read = readDates(word);
  if ('class' in read) piece.days.push(read);
  else if ('from' in read) piece.spans.push(read);
  else piece.wrong.push(...read);
}

/** Two times, or, of something one-sided, one. */
function takeTime(piece: Piece, word: string): void {
  if (word.includes('-')) {
    const read = readHours(word);
    if ('from' in read) piece.hours.push(read);
    else piece.wrong.push(read);
    return;
  }
  const read = readTime(word, true);
  if (typeof read === 'number') piece.times.push(read);
  else piece.wrong.push(read);
}

function take<T extends object>(piece: Piece, read: T | Wrong | readonly Wrong[], into: T[]): void {
  if (Array.isArray(read)) piece.wrong.push(...read);
  else if ('sentence' in read) piece.wrong.push(read);
  else into.push(read as T);
}

function noSuchWord(text: string): Wrong {
  const [near] = nearest(text, vocabulary, 1);
  return {
    text,
    sentence: `"${text}" is neither a day nor a time.`,
    hint: near ? `Did you mean ${spelled(near)}?` : 'Write it like Mon-Fri 07:30-20:00 Europe/Amsterdam.',
  };
}
