import { localOf } from '../core/schedule/clock/zone.ts';
import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Decision, Keep, Policy } from '../core/schedule/model.ts';
import type { Warning } from '../core/schedule/reports/warning-report.ts';
import { wallClock } from '../core/schedule/wording.ts';
import { everything, like, showSelector } from '../core/selector.ts';
import { kindOf, type Target } from '../core/target.ts';

/** What stops soon, for one channel and moment. */
export interface Coming extends Omit<Warning, 'actions' | 'extend' | 'answers'> {
  readonly channel: string;
  /** What its buttons keep on. */
  readonly targets: readonly Target[];
  /** Those whose keep ends then. */
  readonly ending: readonly Target[];
  /** When they come up by themselves again, if within a day. */
  readonly upAt?: number;
  /** The longest that all policies let it be kept, in milliseconds. */
  readonly longestKeep: number;
  /** OCIDs of all that it is or was about. */
  readonly about: readonly string[];
}

/** A warning that was given and whose hour has not come. */
export type Standing = Pick<Coming, 'channel' | 'at' | 'about'>;

interface Ground {
  readonly now: number;
  readonly policies: ReadonlyMap<string, Policy>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly keeps: ReadonlyMap<string, Keep>;
  /** They say how it is now, though nothing of them may stop any more. */
  readonly given: readonly Standing[];
  /** What is decided at a moment to come, if all stays as it is. */
  readonly decideAt: (moment: number) => readonly Decision[];
}

/** The stops that are close enough for their channels to be warned, and those that somebody stands against. */
export function comingStops(decisions: readonly Decision[], ground: Ground): readonly Coming[] {
  return momentsOf(decisions, ground).flatMap((at) => {
    const decided = ground.decideAt(at);
    const then = decided.filter((decision) => decision.edge === at);
    const given = ground.given.filter((each) => each.at === at);
    const channels = new Set([
      ...then.flatMap((decision) => channelOf(decision, at, ground) ?? []),
      ...given.map(({ channel }) => channel),
    ]);
    return [...channels].flatMap((channel) => {
      const warned = new Set(given.find((each) => each.channel === channel)?.about);
      const own = decided.filter(
        (decision) =>
          warned.has(decision.ocid) || (decision.edge === at && channelOf(decision, at, ground) === channel),
      );
      return comingIn({ channel, at, warned }, own, ground) ?? [];
    });
  });
}

function momentsOf(decisions: readonly Decision[], { now, policies, given }: Ground): readonly number[] {
  const moments = decisions.flatMap(({ next, policy }) => {
    const warning = policies.get(policy)?.warning ?? 0;
    return next && next.want === 'down' && next.at > now && next.at - now <= warning ? [next.at] : [];
  });
  const standing = given.map(({ at }) => at).filter((at) => at > now);
  return [...new Set([...moments, ...standing])].sort((a, b) => a - b);
}

function channelOf({ policy: name }: Decision, at: number, { now, policies }: Ground): string | undefined {
  const policy = policies.get(name);
  return policy && at - now <= policy.warning ? policy.channel : undefined;
}

function comingIn(
  { channel, at, warned }: Omit<Standing, 'about'> & { readonly warned: ReadonlySet<string> },
  own: readonly Decision[],
  ground: Ground,
): Coming | undefined {
  const { targets, keeps, policies } = ground;
  // what is on its way up now will be up by then
  const stopping = own.filter(
    ({ act, waits, want, edge }) =>
      edge === at && (act !== 'nothing' || waits) && directionOf(want) === 'down',
  );
  const found = stopping.flatMap(({ ocid }) => targets.get(ocid) ?? []);
  const keepOf = ({ ocid }: Target) => {
    const keep = keeps.get(ocid);
    return keep?.until === at ? keep : undefined;
  };
  const kept = keptOn(own, at, ground);
  if (found.length + kept.length + warned.size === 0) return undefined;
  const about = [...policies.values()].filter(({ name }) => own.some(({ policy }) => policy === name));
  const zone = about[0]?.timetable.zone ?? 'UTC';
  const ups = stopping.flatMap(({ next }) => (next && directionOf(next.want) === 'up' ? [next.at] : []));
  return {
    channel,
    at,
    zone,
    policies: about.map(({ name }) => name),
    rows: found.map((target) => {
      const keep = keepOf(target);
      return { name: target.name, kind: target.kind, ...(keep ? { keptBy: keep.by } : {}) };
    }),
    kept,
    targets: found,
    ending: found.filter((target) => keepOf(target) !== undefined),
    ...(ups.length > 0 ? { upAt: Math.min(...ups) } : {}),
    longestKeep: Math.min(...about.map((policy) => policy.longestKeep)),
    about: [...new Set([...warned, ...found.map(({ ocid }) => ocid)])].sort(),
  };
}

function keptOn(own: readonly Decision[], at: number, { keeps, targets }: Ground): Warning['kept'] {
  return own.flatMap(({ ocid, left }) => {
    const [keep, target] = [keeps.get(ocid), targets.get(ocid)];
    const stands = left === 'kept' || (keep !== undefined && keep.until > at);
    if (!stands || !keep || !target || keep.want !== 'up') return [];
    const { by, until, because } = keep;
    return [{ name: target.name, by, until, ...(because === undefined ? {} : { because }) }];
  });
}

/** What one button of a warning does. */
export interface Offer {
  readonly label: string;
  readonly line: string;
}

const hour = 3_600_000;
/** A night is no longer than this: what comes up on Monday is not kept on all weekend. */
const night = 14 * hour;
/** More names than this make a line that nobody reads. */
const mostNames = 20;

/** Keep on for an hour, until 22:00, for tonight, or as long as it may be; and to extend the keeps that end. */
export function offersOf(
  coming: Coming,
  known: readonly Target[],
  now: number,
): {
  readonly keep: readonly Offer[];
  readonly extend?: Offer;
} {
  const { at, zone, targets, ending, upAt, longestKeep, policies } = coming;
  const until = (moment: number) => Math.min(moment, Math.floor((now + longestKeep) / 60_000) * 60_000);
  const line = (some: readonly Target[], moment: number) =>
    `keep ${selectorOf(some, policies, known)} on until ${iso(until(moment))}`;
  const late = lateMoment(at, zone);
  const morning = upAt !== undefined && upAt - at <= night ? upAt : at + 12 * hour;
  const offer = (label: string, some: readonly Target[], moment: number): Offer => ({
    label: until(moment) < moment ? `Keep on until ${wallClock(until(moment), zone)}` : label,
    line: line(some, moment),
  });
  if (until(at + hour) <= at) return { keep: [] };
  return {
    keep: eachOnce([
      offer('Keep on 1 h', targets, at + hour),
      offer(`Keep on until ${wallClock(late, zone)}`, targets, late),
      offer('Skip tonight', targets, morning),
    ]),
    ...(ending.length > 0 ? { extend: offer('Extend by 1 h', ending, at + hour) } : {}),
  };
}

/** Where a policy lets nothing be kept for so long, several come to the same. */
function eachOnce(offers: readonly Offer[]): readonly Offer[] {
  return offers.filter(({ line }, at) => offers.findIndex((each) => each.line === line) === at);
}

/** 22:00 of that day, or three hours later where it is that late already. */
function lateMoment(at: number, zone: string): number {
  const { hour: hours, minute } = localOf(zone, at);
  const left = 22 * 60 - (hours * 60 + minute);
  return left > 60 ? at + left * 60_000 : at + 3 * hour;
}

function iso(moment: number): string {
  return new Date(moment).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
}

/** Names where they say it, OCIDs where a name means several, whole policies where they are many. */
function selectorOf(
  targets: readonly Target[],
  policies: readonly string[],
  known: readonly Target[],
): string {
  if (targets.length > mostNames) return policies.map((name) => `policy:${name}`).join(' ');
  const alone = (target: Target) =>
    readsBack(target.name) && known.filter(({ name }) => like(target.name, name)).length === 1;
  return showSelector({
    ...everything,
    names: targets.filter(alone).map(({ name }) => name),
    ocids: targets.filter((target) => !alone(target)).map(({ ocid }) => ocid),
  });
}

/** A name that is like something else in a line, such as a star, a key or a word of it, does not mean itself. */
function readsBack(name: string): boolean {
  return (
    /^[\w.-]+( [\w.-]+)*$/.test(name) &&
    !kindOf(name) &&
    !/^(ocid1\..*|on|off|end|until|for|because)$/i.test(name)
  );
}
