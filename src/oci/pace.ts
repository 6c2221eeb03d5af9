/**
 * How many calls of one operation may be out at once in one region: one more for each round that went
 * well, half as many when OCI throttles (additive increase, multiplicative decrease). Pure.
 */
export interface Pace {
  /** At least 1; its whole part is the number of calls. */
  readonly width: number;
  /** Nothing is sent before this time. Milliseconds since 1970-01-01T00:00Z. */
  readonly pausedUntil: number;
  /** Grows with each decrease: a call that was sent before it says nothing new about the width. */
  readonly round: number;
}

export const widest = 32;

export const firstPace: Pace = { width: 16, pausedUntil: 0, round: 0 };

/** After a call that was not throttled. */
export function wider(pace: Pace): Pace {
  return { ...pace, width: Math.min(widest, pace.width + 1 / pace.width) };
}

/** After a 429 to a call that was sent in `round`, with the milliseconds that the service asked for. */
export function narrower(pace: Pace, round: number, now: number, retryAfter: number | undefined): Pace {
  const pausedUntil = Math.max(pace.pausedUntil, now + (retryAfter ?? 0));
  if (round !== pace.round) return { ...pace, pausedUntil };
  return { width: Math.max(1, pace.width / 2), pausedUntil, round: pace.round + 1 };
}

/** Whether another call may go out. */
export function hasRoom(pace: Pace, out: number): boolean {
  return out < Math.floor(pace.width);
}
