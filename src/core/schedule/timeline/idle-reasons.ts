import { dateOf, minutesOfDay } from '../clock/civil.ts';
import { type Entry, ranks } from '../entry.ts';
import { isUp } from '../want.ts';
import { grouped, listed } from '../wording.ts';
import { counts, daysOf, firstOf, type Ground, type Piece, textOf, without } from './pieces.ts';

/**
 * Why a piece never counts beside those that are kept. Without its subject and its full stop. Undefined of
 * `weekends closed` where nothing is up then anyway: that only says so to who reads it.
 */
export function sentenceOf(
  piece: Piece,
  text: string,
  kept: readonly Piece[],
  ground: Ground,
): string | undefined {
  if (firstOf(piece, ground) === undefined) return `says ${text}, which is about no day of the coming year`;
  const near = kept.filter((rival) => isNear(piece, rival, ground));
  const twin = near.find((rival) => textOf(rival) === text);
  if (twin && !counts(piece, [twin], ground)) return `says ${text} twice, and once is enough`;
  const found = near.filter((rival) => counts(piece, without(kept, rival), ground));
  const rivals = found.length > 0 ? found : near.filter((rival) => isGainsaid(piece, rival, ground));
  const why = rivals.length > 0 ? reasons(piece, rivals) : aloneFor(piece, kept, ground);
  if (why === anyway && piece.every(({ act }) => act.type === 'mode')) return undefined;
  return `says ${text}, which never counts: ${why}`;
}

/** Why windows never open. */
export function shutBy(windows: readonly Piece[], pieces: readonly Piece[], ground: Ground): string {
  if (windows.every((window) => firstOf(window, ground) === undefined)) return 'that is about no day of it';
  const rivals = pieces.filter(
    (piece) => !windows.includes(piece) && windows.some((window) => isNear(window, piece, ground)),
  );
  if (rivals.length === 0) return 'a calendar goes before it';
  return `${listed(rivals.map(textOf))} ${rivals.length > 1 ? 'know' : 'knows'} more of the day and ${rivals.length > 1 ? 'go' : 'goes'} before it`;
}

/** Whether both may have to do with one day: windows, and days of other zones, go on into the next. */
function isNear([own]: Piece, [other]: Piece, { from, to }: Ground): boolean {
  if (!own || !other) return false;
  return daysOf(own, from, to).some((day) => [-1, 0, 1].some((off) => other.days.has(dateOf(day + off))));
}

/** Whether something is to be up on days on which the piece says that nothing is. */
function isGainsaid(piece: Piece, rival: Piece, { from, to }: Ground): boolean {
  const [own, other] = [piece[0], rival[0]];
  if (!own || !other || !isOff(piece) || isOff(rival) || !isSameZone(own, other)) return false;
  if (other.days.rank < own.days.rank) return false;
  return daysOf(own, from, to).some((day) => other.days.has(dateOf(day)));
}

function isSameZone(one: Entry, other: Entry): boolean {
  return one.zone === other.zone || one.zone === undefined || other.zone === undefined;
}

/** Why it does not count though none of the others alone keeps it from that. */
function aloneFor(piece: Piece, kept: readonly Piece[], ground: Ground): string {
  const [{ zone, days } = {}] = piece;
  if (counts(piece, kept, { ...ground, calendars: [] }))
    return days?.rank === ranks.date || isOff(piece)
      ? 'a calendar says as much already'
      : 'a calendar goes before it';
  if (!isOff(piece)) return 'what else is said of those days goes before it, or says as much';
  const isElsewhere = kept.every(([other]) => other?.zone !== undefined && other.zone !== zone);
  return isElsewhere && zone !== undefined
    ? `each zone has days of its own, and nothing is up by the clocks of ${zone}`
    : anyway;
}

const anyway = 'it is not up then anyway';

/** By those of which any alone keeps it from counting. */
function reasons(piece: Piece, rivals: readonly Piece[]): string {
  const said = grouped(rivals, (rival) => howOf(piece, rival));
  return said
    .map((group) => {
      const [one, many] = hows[howOf(piece, group[0] as Piece)];
      const texts = [...new Set(group.map(textOf))];
      return `${listed(texts)} ${texts.length > 1 ? many : one}`;
    })
    .join('; ');
}

/** What rivals do to a piece; one of them, and several. */
const hows = {
  stands: ['knows more of the day and goes before it', 'know more of the day and go before it'],
  opposite: [
    'says the opposite of the same days, and up goes before down',
    'say the opposite of the same days, and up goes before down',
  ],
  moment: [
    'is at the same moment, and up goes before down',
    'are at the same moments, and up goes before down',
  ],
  ends: ['ends then by itself', 'end then by themselves'],
  already: ['says as much already', 'say as much already'],
} as const;

function howOf([own]: Piece, [other]: Piece): keyof typeof hows {
  if (!own || !other) return 'already';
  if (endsWith(other.act, own.act)) return 'ends';
  const isOpposite = isOff([own]) !== isOff([other]);
  if (isOpposite && own.act.type === 'once' && other.act.type === 'once') return 'moment';
  if (isSameZone(own, other) && other.days.rank > own.days.rank) return 'stands';
  return isOpposite ? 'opposite' : 'already';
}

/** Whether a stop is where a window ends. */
function endsWith(window: Entry['act'], once: Entry['act']): boolean {
  if (window.type !== 'window' || once.type !== 'once' || isUp(once.want)) return false;
  return once.minutes.some((minute) => minute % minutesOfDay === window.until % minutesOfDay);
}

/** Whether it is to have something down. */
function isOff(piece: Piece): boolean {
  return piece.every(({ act }) => (act.type === 'mode' ? act.mode === 'closed' : !isUp(act.want)));
}
