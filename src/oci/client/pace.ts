/**
 * How fast the calls of one operation go in one region. OCI limits them by a token bucket whose size and
 * rate it does not tell, so that they are learned from its refusals (429). Pure; times are milliseconds
 * since 1970-01-01T00:00Z, rates are calls a second.
 *
 * Until the first refusal the rate doubles with every second that callers have to wait. A refusal says that the
 * bucket is empty; what was taken between two of them, by the time between, is the limit, as exactly as
 * there were calls. The rate begins a little below it and climbs a cubic that is flat around what was
 * found, so that refusals are rare, and steep beyond, so that a limit that was raised is found.
 */
export interface Pace {
  readonly rate: number;
  /** When the next call is due; calls that are late may be made up for, a few of them. */
  readonly due: number;
  /** Nothing is sent before this time. */
  readonly pausedUntil: number;
  /** Grows with each refusal that tells something: those to calls sent before it do not. */
  readonly round: number;
  /** Absent while no limit was met. */
  readonly found?: Found;
  /** Calls of this round that were held back and then taken: steps of the climb. */
  readonly climbed: number;
  /** Since the last refusal. */
  readonly stretch: Stretch;
}

/** A limit as far as it is known. */
interface Found {
  readonly rate: number;
  /** How far below it the climb begins, as a part of it. */
  readonly spread: number;
  /** Steps of the climb until it is reached. */
  readonly steps: number;
}

interface Stretch {
  readonly calls: number;
  /** When the last of them was sent. */
  readonly at: number;
  /** Milliseconds that they took, less those in which nobody wanted to call. */
  readonly busy: number;
}

/** What a call takes along, to be told by when it comes back. */
export type Sent = Pick<Pace, 'round' | 'stretch'>;

/** Calls that are out at once, whatever the rate, so that a region that is silent does not pile them up. */
export const widest = 32;

/** Calls that go at once after a rest: before anything was refused, and from then on. */
export const eager = 16;
const careful = 2;
const slowest = 0.5;
const fastest = 1_000;
/** As many are left out after a refusal, so that the bucket is not scraped. */
const leftOut = 4;
/** A step of the climb at most: a deep bucket hides for long that it is too steep. */
const steepest = 1.01;
/** Where the limit was only guessed, and mostly too low. */
const steepestOfGuess = 1.025;
const widestSpread = 0.3;
const forgottenAfter = 30_000;
const longestClimb = 200;

export const firstPace: Pace = {
  rate: 14,
  due: 0,
  pausedUntil: 0,
  round: 0,
  climbed: 0,
  stretch: { calls: 0, at: 0, busy: 0 },
};

/** Milliseconds until the next call may go, not above 0 when it may go now. */
export function waitOf({ due, pausedUntil, rate }: Pace, now: number): number {
  const pause = pausedUntil - now;
  const ahead = due - now;
  // nothing sets it so far ahead: the clock was set back
  const isLost = ahead > Math.max(pause, 2 * leftOut * Math.max(1_000, 1_000 / rate));
  return Math.max(isLost ? 0 : ahead, pause);
}

/** A call goes out now. */
export function sent(before: Pace, now: number): Pace {
  const pace = rested(before, now);
  const { due, pausedUntil, round, stretch } = pace;
  const gap = 1_000 / pace.rate;
  const credit = ((round === 0 ? eager : careful) - 1) * gap;
  // a pause that was asked for fills the bucket, or runs over: it counts by half
  const wanted = Math.max(2 * leftOut * gap, (pausedUntil - stretch.at) / 2);
  const passed = Math.min(wanted, Math.max(0, now - stretch.at));
  return {
    ...pace,
    due: Math.min(Math.max(due, now - credit), now) + gap,
    stretch: { calls: stretch.calls + 1, at: now, busy: stretch.busy + passed },
  };
}

/** What refusals in a row have guessed is forgotten when nobody called for a while. */
function rested(pace: Pace, now: number): Pace {
  const isGuess = pace.found?.spread === widestSpread;
  if (!isGuess || now - pace.stretch.at < forgottenAfter || pace.rate >= firstPace.rate) return pace;
  const { found: _found, ...rest } = pace;
  return { ...rest, rate: firstPace.rate, climbed: 0 };
}

/** After a reply that was no 429, to a call of `round` that was held back for the rate. */
export function faster(pace: Pace, round: number): Pace {
  if (round !== pace.round) return pace;
  const { rate, found } = pace;
  const climbed = pace.climbed + 1;
  // a second has as many calls as the rate says, and each adds its part of the doubling
  if (!found) return { ...pace, climbed, rate: Math.min(fastest, rate + Math.LN2) };
  const height = found.rate * (1 + found.spread * (climbed / found.steps - 1) ** 3);
  const most = found.spread === widestSpread ? steepestOfGuess : steepest;
  return { ...pace, climbed, rate: Math.min(fastest, most * rate, Math.max(rate, height)) };
}

/** After a 429 to a call, with the milliseconds that the service asked for. */
export function slower(pace: Pace, call: Sent, now: number, retryAfter: number | undefined): Pace {
  const pausedUntil = Math.max(pace.pausedUntil, now + (retryAfter ?? 0));
  if (call.round !== pace.round) return { ...pace, pausedUntil, due: Math.max(pace.due, pausedUntil) };
  const learned = learn(pace, call);
  return {
    ...learned,
    due: Math.max(pausedUntil, now + (leftOut * 1_000) / learned.rate),
    pausedUntil,
    round: pace.round + 1,
    climbed: 0,
    stretch: { calls: 0, at: call.stretch.at, busy: 0 },
  };
}

function learn(pace: Pace, { stretch }: Sent): Pick<Pace, 'rate' | 'found'> {
  const isFirst = pace.round === 0;
  // those that went at once were too many for the bucket, which says nothing of the rate
  if (isFirst && stretch.calls <= eager) return { rate: pace.rate };
  const found = isFirst ? guessed(pace) : measured(pace, stretch);
  return { found, rate: Math.max(slowest, pace.rate / 2, found.rate * (1 - found.spread)) };
}

/** The bucket was not known to be empty before: about half of what was too much. */
function guessed({ rate }: Pace): Found {
  return { rate: 0.65 * rate, spread: widestSpread, steps: 10 };
}

/**
 * Between two refusals. A small bucket overflows while the climb is below the limit, so that a little less
 * is measured than was on offer: a long stretch is taken for a little more.
 */
function measured(pace: Pace, { calls, busy }: Stretch): Found {
  const accepted = calls - 1;
  const mean = busy > 0 ? (accepted * 1_000) / busy : 0;
  const rate = accepted >= 100 ? 1.02 * mean : mean;
  return {
    rate: Math.min(pace.rate, Math.max(pace.rate / 2, rate)),
    spread: Math.min(widestSpread, Math.max(0.04, 1.5 / Math.max(1, accepted))),
    steps: Math.min(longestClimb, Math.max(10, 2 * accepted)),
  };
}
