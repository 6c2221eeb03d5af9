import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SandboxClock } from '../../sandbox/clock.ts';
import { CloudError } from '../../src/core/fault.ts';
import { Limiter } from '../../src/oci/limiter.ts';
import { firstPace, narrower, type Pace, wider, widest } from '../../src/oci/pace.ts';
import { waitBefore } from '../../src/oci/retry.ts';

const throttled = (retryAfter?: number) =>
  new CloudError({
    message: 'slow down',
    status: 429,
    code: 'TooManyRequests',
    operation: 'Compute.InstanceAction',
    retryAfter,
  });

describe('a pace', () => {
  test('stays between one and its widest, whatever happens', () => {
    const events = fc.array(fc.oneof(fc.constant('well'), fc.nat(60_000)), { maxLength: 200 });
    fc.assert(
      fc.property(events, (happened) => {
        let pace: Pace = firstPace;
        for (const [at, event] of happened.entries())
          pace = event === 'well' ? wider(pace) : narrower(pace, pace.round, at, Number(event));
        expect(pace.width).toBeGreaterThanOrEqual(1);
        expect(pace.width).toBeLessThanOrEqual(widest);
      }),
    );
  });

  test('is halved once for a whole round of refusals', () => {
    const once = narrower(firstPace, 0, 0, undefined);
    const again = narrower(once, 0, 0, 3_000);
    expect(once.width).toBe(firstPace.width / 2);
    expect(again).toEqual({ ...once, pausedUntil: 3_000 });
  });

  test('keeps the longest pause that was asked for', () => {
    const paused = narrower(firstPace, 0, 1_000, 9_000);
    expect(narrower(paused, 1, 2_000, 1_000).pausedUntil).toBe(10_000);
  });
});

describe('the limiter', () => {
  test('lets no more calls out than the pace has room for, and all of them in the end', async () => {
    const limiter = new Limiter(new SandboxClock());
    let out = 0;
    let most = 0;
    const call = async () => {
      out += 1;
      most = Math.max(most, out);
      await new Promise((resolve) => setImmediate(resolve));
      out -= 1;
    };
    await Promise.all(Array.from({ length: 300 }, () => limiter.run('Compute.ListInstances', call)));
    expect(most).toBeGreaterThanOrEqual(firstPace.width);
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
    const running = Array.from({ length: firstPace.width }, () => limiter.run('x', busy));
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
