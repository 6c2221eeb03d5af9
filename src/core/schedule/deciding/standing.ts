import { coming } from '../meaning.ts';
import type { Edge, Moment, Pause, Policy, Timetable, Want } from '../model.ts';
import { showMoment } from '../until.ts';

/** What one policy says at a moment. Worked out once, however many resources it is about. */
export interface Standing {
  readonly policy: Policy;
  /** The latest, whether it has ended or not. */
  readonly pause?: Pause;
  /** What is wanted now: `any` while nothing is to be done. */
  readonly want: Want;
  /** `the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam`. */
  readonly because: string;
  /** The last moment at which something was to happen. */
  readonly due?: Edge;
  readonly next?: Edge;
  /** Why it does nothing at present. */
  readonly held?: 'paused' | 'frozen';
  /** How long what is new is not stopped, in milliseconds. */
  readonly settleIn: number;
}

export function standingOf(policy: Policy, pause: Pause | undefined, now: number): Standing {
  const { timetable } = policy;
  const moment = timetable.at(now);
  const due = dueOf(timetable, moment, pause, now);
  const next = nextOf(timetable, moment, pause, now);
  const base = {
    policy,
    settleIn: policy.settleIn,
    ...(pause ? { pause } : {}),
    ...(due ? { due } : {}),
    ...(next ? { next } : {}),
  };
  if (pause && isRunning(pause, now)) {
    const because = `${policy.name} is paused until ${showMoment(pause.until, timetable.zone)}${pause.because ? `: ${pause.because}` : ''}`;
    return { ...base, want: 'any', because, held: 'paused' };
  }
  if (moment.frozen) return { ...base, want: 'any', because: moment.because, held: 'frozen' };
  return { ...base, want: moment.want, because: due ? told(due, timetable.zone) : moment.because };
}

/** What the policy wanted at a moment. What one-sided times ask for counts at their own instant only. */
export function wantAt({ policy, pause }: Standing, moment: number): Want {
  if (pause && isRunning(pause, moment)) return 'any';
  const acting = policy.timetable.edges(moment - 1, moment)[0];
  return acting?.want ?? policy.timetable.at(moment).want;
}

export function isRunning({ at, until }: { readonly at: number; readonly until: number }, now: number) {
  return at <= now && now < until;
}

/** What a pause passed over is made up for at its end, once. */
function dueOf(
  timetable: Timetable,
  moment: Moment,
  pause: Pause | undefined,
  now: number,
): Edge | undefined {
  const last = lastEdge(timetable, moment);
  if (!last || !pause || last.at <= pause.at || last.at > pause.until) return last;
  if (now < pause.until) return last;
  return {
    at: pause.until,
    want: lastSaid(timetable, pause.until),
    because: `${last.because} while it was paused, which it was until then`,
  };
}

function lastEdge(timetable: Timetable, { since, frozen }: Moment): Edge | undefined {
  if (since === undefined) return undefined;
  if (frozen) return lastEdge(timetable, timetable.at(since - 1));
  return timetable.edges(since - 1, since).at(-1);
}

function nextOf(
  timetable: Timetable,
  moment: Moment,
  pause: Pause | undefined,
  now: number,
): Edge | undefined {
  if (!pause || !isRunning(pause, now)) return edgeAfter(timetable, moment);
  if (timetable.edges(pause.at, pause.until).length === 0)
    return edgeAfter(timetable, timetable.at(pause.until));
  return { at: pause.until, want: lastSaid(timetable, pause.until), because: 'the pause ends' };
}

/** What is wanted at a moment, and where that is to leave everything, what the last edge wanted. */
export function lastSaid(timetable: Timetable, at: number): Want {
  const moment = timetable.at(at);
  return moment.want === 'any' ? (lastEdge(timetable, moment)?.want ?? 'any') : moment.want;
}

/** At the end of a freeze there may be none. */
function edgeAfter(timetable: Timetable, { until }: Moment): Edge | undefined {
  if (until === undefined) return undefined;
  return timetable.edges(until - 1, until)[0] ?? coming(timetable, until, 1)[0];
}

/** `the window Mon-Fri 07:30-20:00 ended at Wed 25 Nov 20:00 Europe/Amsterdam`. */
export function told({ because, at }: Edge, zone: string): string {
  const when = showMoment(at, zone);
  if (/\bends$/.test(because)) return `${because.replace(/ends$/, 'ended')} at ${when}`;
  if (/\bbegins$/.test(because)) return `${because.replace(/begins$/, 'began')} at ${when}`;
  return `${because}, since ${when}`;
}
