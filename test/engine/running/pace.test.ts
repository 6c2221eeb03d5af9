import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { CloudError } from '../../../src/core/fault.ts';
import { stepToken } from '../../../src/engine/digest.ts';
import { Pace, retryDelay } from '../../../src/engine/running/pace.ts';
import { rest } from '../../../src/engine/running/rest.ts';
import { sideBySide } from '../../../src/engine/running/side-by-side.ts';

const throttled = () =>
  new CloudError({ message: 'slow down', status: 429, code: 'TooManyRequests', operation: 'x' });
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('pace', () => {
  it('never has more calls out than it allows, and makes every one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.constantFrom('well', 'throttled'), { maxLength: 60 }),
        async (most, outcomes) => {
          const pace = new Pace(most);
          let out = 0;
          let highest = 0;
          const made = await Promise.allSettled(
            outcomes.map((outcome) =>
              pace.run(async () => {
                out += 1;
                highest = Math.max(highest, out);
                await tick();
                out -= 1;
                if (outcome === 'throttled') throw throttled();
              }),
            ),
          );
          expect(made).toHaveLength(outcomes.length);
          expect(highest).toBeLessThanOrEqual(most);
          expect(pace.limit).toBeGreaterThanOrEqual(1);
          expect(pace.limit).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('halves once for calls that were out together, and climbs again', async () => {
    const pace = new Pace(16);
    const fail = () => pace.run(() => Promise.reject(throttled())).catch(() => {});
    await Promise.all(Array.from({ length: 16 }, fail));
    expect(pace.limit).toBe(8);
    await fail();
    expect(pace.limit).toBe(4);
    for (let each = 0; each < 200; each++) await pace.run(tick);
    expect(pace.limit).toBe(16);
  });
});

describe('retryDelay', () => {
  it('is at least what the service asked for, else jitter under a growing ceiling', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.option(fc.nat(120_000), { nil: undefined }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (tries, retryAfter, chance) => {
          const delay = retryDelay(tries, retryAfter, chance);
          if (retryAfter !== undefined) return delay >= retryAfter && delay <= retryAfter + 500;
          return delay >= 0 && delay <= Math.min(30_000, 1_000 * 2 ** tries);
        },
      ),
    );
  });
});

describe('rest', () => {
  it('ends when the clock is advanced, when it is set back, and when it is told to', async () => {
    const clock = new SandboxClock();
    const hour = rest(clock, 3_600_000);
    clock.advance(3_600_000);
    await hour;
    const short = rest(clock, 20);
    clock.advance(-3_600_000);
    await short;
    const told = new AbortController();
    const long = rest(clock, 3_600_000, told.signal);
    told.abort();
    await long;
    expect(told.signal.aborted).toBe(true);
  });
});

describe('sideBySide', () => {
  it('does all, at most so many at once, in order', async () => {
    const begun: number[] = [];
    let out = 0;
    await sideBySide([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      out += 1;
      expect(out).toBeLessThanOrEqual(2);
      await tick();
      out -= 1;
    });
    expect(begun).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins none after a failure, and throws it when those under way have ended', async () => {
    const ended: number[] = [];
    const work = sideBySide([1, 2, 3, 4], 2, async (item) => {
      await tick();
      if (item === 1) throw new Error('first');
      await tick();
      ended.push(item);
    });
    await expect(work).rejects.toThrow('first');
    expect(ended).toEqual([2]);
  });
});

describe('stepToken', () => {
  it('is what OCI takes, the same each time and another for each step', () => {
    expect(stepToken('op-1', 'stop web-1')).toMatch(/^[0-9a-f]{64}$/);
    expect(stepToken('op-1', 'stop web-1')).toBe(stepToken('op-1', 'stop web-1'));
    expect(stepToken('op-1', 'stop web-1')).not.toBe(stepToken('op-2', 'stop web-1'));
  });
});
