import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { CloudError } from '../../../src/core/fault.ts';
import { Limiter } from '../../../src/oci/client/limiter.ts';
import {
  eager,
  faster,
  firstPace,
  type Pace,
  sent,
  slower,
  waitOf,
  widest,
} from '../../../src/oci/client/pace.ts';
import { waitBefore } from '../../../src/oci/client/retry.ts';
import { type Call, callAll, lately, refusals } from '../throttling.ts';

const throttled = (retryAfter?: number) =>
  new CloudError({
    message: 'slow down',
    status: 429,
    code: 'TooManyRequests',
    operation: 'Compute.InstanceAction',
    retryAfter,
  });

const perSecond = fc.integer({ min: 1, max: 200 });
const burst = fc.integer({ min: 1, max: 400 });
/** So many calls that half of them come after the limit was learned. */
const enough = (limit: number) => 2_000 + 20 * limit;

/** Calls taken in a second, in the last so many calls. */
function rateOf(calls: readonly Call[], count: number): number {
  const last = calls.slice(-count).filter(({ isTaken }) => isTaken);
  return last.length / ((last.at(-1)?.at ?? 0) - (last[0]?.at ?? 0));
}

describe('a pace', () => {
  test('finds any limit, uses it, and meets it less than once in a hundred calls', () => {
    fc.assert(
      fc.property(perSecond, burst, fc.boolean(), (limit, size, retryAfter) => {
        const count = enough(limit);
        const { calls } = callAll(count, { perSecond: limit, burst: size, retryAfter });
        expect(calls.length - refusals(calls)).toBe(count);
        expect(lately(calls, count / 2)).toBeLessThan(0.01);
        // a small bucket loses what is not fetched in time, and pauses of whole seconds overflow it
        const least = size >= 10 && !retryAfter ? 0.85 : 0.5;
        expect(rateOf(calls, count / 2)).toBeGreaterThan(least * limit);
        expect(rateOf(calls, count / 2)).toBeLessThan(1.1 * limit + size / 10);
      }),
      { numRuns: 100 },
    );
  });

  test('follows a limit that is raised or lowered', () => {
    fc.assert(
      fc.property(perSecond, perSecond, (before, then) => {
        const count = 6_000 + 40 * then;
        const bucket = { perSecond: before, burst: 20, later: { after: 500 / before, perSecond: then } };
        const { calls } = callAll(count, bucket);
        expect(rateOf(calls, 1_000)).toBeGreaterThan(0.8 * then);
        expect(rateOf(calls, 1_000)).toBeLessThan(1.2 * then);
        expect(lately(calls, 1_000)).toBeLessThan(0.01);
      }),
      { numRuns: 30 },
    );
  });

  test('takes no longer than the limit asks for, by a twentieth, and refusals stay few', () => {
    for (const latency of [2, 20, 60]) {
      const { calls, seconds } = callAll(300, { perSecond: 20, burst: 20, latency });
      expect(seconds).toBeLessThan(1.05 * (300 / 20));
      expect(refusals(calls)).toBeLessThanOrEqual(5);
    }
    const { calls } = callAll(45, { perSecond: 20, burst: 20 });
    expect(refusals(calls)).toBe(0);
  });

  test('neither starves nor floods, whatever happens', () => {
    const events = fc.array(fc.oneof(fc.constant('taken'), fc.nat(60_000)), { maxLength: 200 });
    fc.assert(
      fc.property(events, (happened) => {
        let pace: Pace = firstPace;
        let now = 0;
        for (const event of happened) {
          now += Math.max(0, waitOf(pace, now));
          pace = sent(pace, now);
          pace = event === 'taken' ? faster(pace, pace.round) : slower(pace, pace, now, Number(event));
          expect(pace.rate).toBeGreaterThanOrEqual(0.5);
          expect(pace.rate).toBeLessThanOrEqual(1_000);
          expect(waitOf(pace, now)).toBeLessThanOrEqual(60_001);
        }
      }),
    );
  });

  test('is lowered once for all calls that were out together', () => {
    const out = sent(sent(firstPace, 0), 0);
    const once = slower(out, out, 0, undefined);
    expect(slower(once, out, 0, 3_000)).toEqual({ ...once, pausedUntil: 3_000, due: 3_000 });
  });

  test('keeps the longest pause that was asked for', () => {
    const paused = slower(sent(firstPace, 1_000), sent(firstPace, 1_000), 1_000, 9_000);
    expect(slower(paused, sent(paused, 2_000), 2_000, 1_000).pausedUntil).toBe(10_000);
  });

  test('does not wait for a time that a clock which was set back has lost', () => {
    const before = sent({ ...firstPace, round: 1 }, 3_600_000);
    expect(waitOf(before, 3_600_000 - 1)).toBeGreaterThan(0);
    expect(waitOf(before, 0)).toBe(0);
    expect(waitOf(sent(before, 0), 0)).toBeLessThanOrEqual(100);
  });

  test('forgets after a rest what refusals of single calls have guessed', () => {
    let pace: Pace = firstPace;
    for (let now = 0; now < 10_000; now += 1_000) {
      const call = sent(pace, now);
      pace = slower(call, call, now, undefined);
    }
    expect(pace.rate).toBeLessThan(1);
    expect(sent(pace, 60_000).rate).toBe(firstPace.rate);
  });

  test('lets no crowd out after a pause', () => {
    let pace = slower(sent(firstPace, 0), sent(firstPace, 0), 0, 10_000);
    let crowd = 0;
    for (const now = 10_000; waitOf(pace, now) <= 0; pace = sent(pace, now)) crowd += 1;
    expect(crowd).toBeLessThanOrEqual(2);
  });
});

describe('the limiter', () => {
  test('lets no more calls out at once than are good for anybody, and all of them in the end', async () => {
    const clock = new SandboxClock();
    const limiter = new Limiter(clock);
    let out = 0;
    let most = 0;
    const call = async () => {
      out += 1;
      most = Math.max(most, out);
      await new Promise((resolve) => setImmediate(resolve));
      out -= 1;
    };
    let made = 0;
    const all = Array.from({ length: 300 }, async () => {
      await limiter.run('Compute.ListInstances', call);
      made += 1;
    });
    while (made < 300) {
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(all);
    expect(most).toBeGreaterThanOrEqual(eager);
    expect(most).toBeLessThanOrEqual(widest);
    expect(limiter.status()).toMatchObject([{ out: 0, waiting: 0 }]);
  });

  test('holds the whole group back for as long as Retry-After says, and no other group', async () => {
    const clock = new SandboxClock();
    const limiter = new Limiter(clock);
    const refused = limiter.run('Compute.InstanceAction in a', () => Promise.reject(throttled(60_000)));
    await expect(refused).rejects.toThrow('slow down');
    let held = true;
    const waiting = limiter.run('Compute.InstanceAction in a', async () => {
      held = false;
    });
    await limiter.run('Compute.InstanceAction in b', async () => undefined);
    expect(held).toBe(true);
    clock.advance(60_001);
    await waiting;
    expect(held).toBe(false);
  });

  test('goes on with the others when one that waits gives up', async () => {
    const limiter = new Limiter(new SandboxClock());
    const releases: (() => void)[] = [];
    const busy = () => new Promise<void>((resolve) => releases.push(resolve));
    const running = Array.from({ length: eager }, () => limiter.run('x', busy));
    const stop = new AbortController();
    const givenUp = limiter.run('x', busy, stop.signal);
    const last = limiter.run('x', async () => 'done');
    stop.abort(new Error('enough'));
    await expect(givenUp).rejects.toThrow('enough');
    for (const release of releases) release();
    await Promise.all(running);
    expect(await last).toBe('done');
  });
});

describe('a read is tried again', () => {
  const fault = (status: number, code: string, retryAfter?: number) =>
    new CloudError({ message: '', status, code, operation: '', retryAfter });

  test.each([
    ['a lost connection', fault(0, 'ECONNRESET'), 1, true],
    ['503', fault(503, 'ServiceUnavailable'), 3, true],
    ['429', fault(429, 'TooManyRequests'), 1, true],
    ['the fourth failure', fault(503, 'ServiceUnavailable'), 4, false],
    ['a second time-out', fault(0, 'Timeout'), 2, false],
    ['401', fault(401, 'NotAuthenticated'), 1, false],
    ['404', fault(404, 'NotAuthorizedOrNotFound'), 1, false],
    ['what was given up', fault(0, 'Aborted'), 1, false],
    ['a wait longer than people have patience', fault(429, 'TooManyRequests', 60_000), 1, false],
  ])('after %s', (_, error, tried, again) => {
    expect(waitBefore(error, tried, 0.5) !== undefined).toBe(again);
  });

  test('never before the service allows it', () => {
    fc.assert(
      fc.property(
        fc.nat(20_000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (asked, chance) => {
          expect(waitBefore(fault(429, 'TooManyRequests', asked), 1, chance)).toBeGreaterThanOrEqual(asked);
        },
      ),
    );
  });
});
