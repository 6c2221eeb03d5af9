import { minutesOfDay } from '../clock/civil.ts';
import { type Piece, saysWhen } from './piece.ts';
import type { Wrong } from './problem.ts';

/** What the words of a piece, each of which is right by itself, do not make together. */
export function senseOf(piece: Piece, before: readonly Piece[], last: boolean): readonly Wrong[] {
  const { text } = piece;
  return rules.flatMap((rule) => {
    const found = rule(piece, before, last);
    return found ? [{ text, ...found }] : [];
  });
}

type Rule = (
  piece: Piece,
  before: readonly Piece[],
  last: boolean,
) => { readonly sentence: string; readonly hint: string } | undefined;

const rules: readonly Rule[] = [
  alone,
  oneThing,
  startOrStop,
  whatTime,
  wholeCron,
  whichDays,
  sameDays,
  spanAlone,
  sized,
  forgottenHours,
  otherDays,
];

function alone({ constants, days, ...others }: Piece): ReturnType<Rule> {
  const [word] = constants;
  const more =
    days.length + others.hours.length + others.turns.length + others.modes.length + others.spans.length;
  if (!word || (more === 0 && constants.length === 1)) return undefined;
  const only = others.hours.length + others.turns.length + others.modes.length + others.spans.length === 0;
  const hint =
    only && word === 'never' && days.length > 0
      ? `Write ${others.text.replace(/never/i, 'closed')}.`
      : `Write ${word} alone, or leave it out.`;
  return { sentence: `"${word}" says everything by itself.`, hint };
}

function oneThing({ hours, turns, modes, spans }: Piece): ReturnType<Rule> {
  const kinds = [hours, turns, modes, spans].filter((said) => said.length > 0).length;
  if (kinds < 2 && turns.length < 2 && modes.length < 2 && spans.length < 2) return undefined;
  return {
    sentence: 'This says several things at once.',
    hint: 'Put a comma between them, as in start 07:00, stop 20:00.',
  };
}

function startOrStop({ text, times, crons, turns, hours, constants }: Piece): ReturnType<Rule> {
  if (turns.length > 0 || times.length + crons.length === 0 || hours.length + constants.length > 0)
    return undefined;
  return {
    sentence: `"${text}" does not say whether to start or to stop then.`,
    hint: 'Write start or stop before the time, or from when to when: 07:30-20:00.',
  };
}

function whatTime({ turns, times, crons, hours }: Piece): ReturnType<Rule> {
  const [turn] = turns;
  if (!turn || hours.length > 0) return undefined;
  if (times.length + crons.length === 0)
    return {
      sentence: `"${turn}" does not say when.`,
      hint: `Write ${turn} ${turn === 'stop' ? '20:00' : '07:00'}.`,
    };
  if (turn === 'start' && times.includes(minutesOfDay))
    return { sentence: 'A day does not begin at 24:00.', hint: 'Write 00:00 of the day after.' };
  return undefined;
}

function wholeCron({ crons, days, times }: Piece): ReturnType<Rule> {
  if (crons.length === 0 || (crons.length === 1 && days.length + times.length === 0)) return undefined;
  return {
    sentence: 'A cron expression says its days and times itself.',
    hint: 'Write one alone: start cron(0 7 * * 1-5).',
  };
}

function whichDays({ modes, days }: Piece): ReturnType<Rule> {
  const [mode] = modes;
  if (!mode || days.length > 0) return undefined;
  return {
    sentence: `"${mode}" does not say on which days.`,
    hint: `Write 2026-12-24..2027-01-02 ${mode}, or Sat,Sun ${mode}.`,
  };
}

function sameDays({ days }: Piece): ReturnType<Rule> {
  if (new Set(days.map((day) => day.class)).size < 2) return undefined;
  return {
    sentence: 'The days are named in two ways at once.',
    hint: 'Write an entry for each: weekdays, Nth weekdays, days of the month and dates do not mix.',
  };
}

function spanAlone({ spans, days }: Piece): ReturnType<Rule> {
  if (spans.length === 0 || days.length === 0) return undefined;
  return {
    sentence: 'A time from one moment to another has its own days.',
    hint: 'Write it alone: 2026-12-01T08:00..2026-12-01T18:00.',
  };
}

function sized({ size, turns, modes, constants }: Piece): ReturnType<Rule> {
  if (size === undefined) return undefined;
  if (size === '')
    return { sentence: 'There is no size after "size".', hint: 'Write it at the end: 07:30-20:00 size 3.' };
  if (turns[0] !== 'stop' && modes.length === 0 && constants[0] !== 'never') return undefined;
  return { sentence: 'What is off has no size.', hint: 'A size belongs to a window, or to start.' };
}

function forgottenHours(piece: Piece, _before: readonly Piece[], last: boolean): ReturnType<Rule> {
  if (saysWhen(piece) || last || piece.zoned) return undefined;
  if (piece.days.length === 0)
    return { sentence: `"${piece.text}" does not say when.`, hint: 'Write from when to when: 07:30-20:00.' };
  return {
    sentence: `"${piece.text}" does not say at what hours.`,
    hint: `Write ${piece.text} 07:30-20:00, or ${piece.text} 00:00-24:00 for the whole day.`,
  };
}

/** Whoever writes `Mon-Fri 08:00-12:00, 13:00-17:00` hardly means the afternoons of Sundays. */
function otherDays(piece: Piece, before: readonly Piece[]): ReturnType<Rule> {
  const { text, days, hours, turns, crons } = piece;
  if (days.length > 0 || hours.length + turns.length === 0 || crons.length > 0) return undefined;
  const named = before.find((each) => each.days.length > 0);
  if (!named) return undefined;
  const [first = ''] = named.text.split(/ (?=\d{1,2}:|start|stop)/i);
  return {
    sentence: `"${text}" does not say on which days, and "${named.text}" before it does.`,
    hint: `Write ${first} ${text}, or daily ${text}.`,
  };
}
