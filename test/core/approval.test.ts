import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Approval, type Press, reminders, rule } from '../../src/core/approval.ts';

const ask = { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false };
const open: Approval = {
  asks: [ask],
  digest: 'd1',
  requester: 'U0ANA',
  askedAt: 0,
  expiresAt: 3_600_000,
  decisions: [],
};
const press = (
  user: string,
  groups: string[] = ['S0ONCALL'],
  verdict: Press['verdict'] = 'approve',
): Press => ({
  by: { kind: 'slack', team: 'T1', user, groups },
  verdict,
  digest: 'd1',
});

describe('a press', () => {
  test('of one who is asked approves', () => expect(rule(open, press('U0BEN'), 1).state).toBe('approved'));

  test('of the requester is refused, in words that say so', () =>
    expect(rule(open, press('U0ANA'), 1)).toMatchObject({
      state: 'refused',
      because: expect.stringMatching(/yourself/),
    }));

  test('of the requester counts where the rule lets it', () => {
    const lenient = { ...open, asks: [{ ...ask, requesterMayApprove: true }] };
    expect(rule(lenient, press('U0ANA'), 1).state).toBe('approved');
  });

  test('of the requester may always withdraw', () =>
    expect(rule(open, press('U0ANA', [], 'deny'), 1).state).toBe('denied'));

  test('of a stranger is refused', () => expect(rule(open, press('U0EVE', []), 1).state).toBe('refused'));

  test('on another plan is refused', () =>
    expect(rule(open, { ...press('U0BEN'), digest: 'd2' }, 1).state).toBe('refused'));

  test('at the last moment is too late', () =>
    expect(rule(open, press('U0BEN'), open.expiresAt).state).toBe('expired'));

  test('after its schedule wants something else is told that', () => {
    const lapsing = { ...open, lapses: true } as const;
    expect(rule(lapsing, press('U0BEN'), open.expiresAt)).toEqual({
      state: 'expired',
      because: 'Its hour is over: its schedule wants something else now.',
    });
    expect(rule(lapsing, press('U0BEN', ['S0ONCALL']), 1).state).toBe('approved');
  });

  test('one denial is enough', () =>
    expect(rule(open, press('U0BEN', ['S0ONCALL'], 'deny'), 1).state).toBe('denied'));

  test('two are needed where two are asked, and one person is one', () => {
    const two = { ...open, asks: [{ ...ask, count: 2 }] };
    const first = rule(two, press('U0BEN'), 1);
    expect(first).toMatchObject({ state: 'counted', missing: 1 });
    if (first.state !== 'counted') return;
    const after = { ...two, decisions: [first.decision] };
    expect(rule(after, press('U0BEN'), 2).state).toBe('refused');
    expect(rule(after, press('U0CHLOE'), 2).state).toBe('approved');
  });

  test('an on-call and a lead are both needed where both are asked', () => {
    const both = { ...open, asks: [ask, { ...ask, from: ['S0LEADS'] }] };
    const first = rule(both, press('U0BEN'), 1);
    expect(first).toMatchObject({ state: 'counted', missing: 1 });
    if (first.state !== 'counted') return;
    const after = { ...both, decisions: [first.decision] };
    expect(rule(after, press('U0CHLOE'), 2)).toMatchObject({ state: 'counted', missing: 1 });
    expect(rule(after, press('U0DANA', ['S0LEADS']), 2).state).toBe('approved');
  });

  test('never approves without enough different people who were asked', () => {
    const presses = fc.array(
      fc.record({
        user: fc.constantFrom('U0ANA', 'U0BEN', 'U0CHLOE', 'U0DANA', 'U0EVE'),
        groups: fc.subarray(['S0ONCALL', 'S0LEADS']),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(presses, fc.integer({ min: 1, max: 3 }), (made, count) => {
        let approval: Approval = { ...open, asks: [{ ...ask, count }] };
        const counted = new Set<string>();
        for (const { user, groups } of made) {
          const ruling = rule(approval, press(user, groups), 1);
          if (ruling.state !== 'counted' && ruling.state !== 'approved') continue;
          expect(groups).toContain('S0ONCALL');
          expect(user).not.toBe('U0ANA');
          counted.add(user);
          approval = { ...approval, decisions: [...approval.decisions, ruling.decision] };
          if (ruling.state === 'approved') {
            expect(counted.size).toBe(count);
            return;
          }
        }
        expect(counted.size).toBeLessThan(count);
      }),
    );
  });
});

test('reminders come with growing gaps and before the end', () => {
  const [first, second, third] = reminders(open) as [number, number, number];
  expect(second - first).toBeGreaterThan(first - open.askedAt);
  expect(third - second).toBeGreaterThan(second - first);
  expect(third).toBeLessThan(open.expiresAt);
});
