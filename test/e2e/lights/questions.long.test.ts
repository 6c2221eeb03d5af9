import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../support/seen.ts';
import { bootWorld, type World } from '../../support/world.ts';
import { again, becomes, forge, pairs, valueOn } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** What a schedule asks a person and nobody answers in time: it is over, and is never done late. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['slow', 'brief']),
    config: nightsOf(
      {
        slow: { ...office, what: 'app=slow' },
        brief: { ...office, what: 'app=brief', channel: 'C0OPS000000' },
      },
      {
        rules: [
          {
            name: 'people',
            who: ['S0ENGINEERS'],
            commands: ['queries', 'controls', 'start', 'stop', 'keep'],
            allow: true,
          },
          {
            name: 'slow schedules',
            who: ['schedule:slow'],
            commands: ['start', 'stop'],
            where: { tags: { env: 'dev' }, atMost: 50 },
            ask: { from: ['S0ONCALL000'], within: '16h' },
          },
          {
            name: 'brief schedules',
            who: ['schedule:brief'],
            commands: ['start', 'stop'],
            where: { tags: { env: 'dev' }, atMost: 50 },
            ask: { from: ['S0ONCALL000'], within: '1h' },
          },
        ],
      },
    ),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const asks = async (pattern: RegExp, channel = 'shop', before?: Seen): Promise<Seen> =>
  world.until(
    async () => (await said(world, pattern, channel)).find(({ ts }) => !before || ts > before.ts),
    `${pattern}`,
  );

/** Presses Approve of a card as it was while it waited; answers what the presser is told. */
async function approves(card: Seen, channel: string): Promise<string> {
  return (await forge(world, 'ben', card, { value: valueOn(card) }, channel)).shown;
}

let down: Seen;

test('a question that nobody answers expires: the card and the report say so, and a late yes does nothing', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  down = await asks(/asks to stop 2 compute instances of slow/);
  const card = await asks(/asks to stop 2 compute instances of brief/, 'ops');
  expect(card.shown).toContain('1 h after it was asked');
  const report = await reads(world, /Lights out in brief waits for an approval/, { in: 'ops' });
  await isNow(world, '2026-12-01T19:00:00Z');
  await becomes(world, card, /expired before it was approved\. Nothing was changed/);
  const left = await becomes(world, report, /Lights out in brief: 0 of 2 stopped, 2 left alone/);
  expect(left.shown).toMatch(/2\* · Nobody approved it in time \(op-\d+\): brief-1 and brief-2/);
  expect((await again(world, card)).buttons).toEqual([]);
  expect(await approves(card, 'ops')).toContain('expired');
  await isNow(world, '2026-12-01T20:00:00Z');
  expect(await sent(world, 'brief-1')).toEqual([]);
  expect(await said(world, /asks to/, 'ops')).toEqual([]);
});

test('one that waits past the next edge is withdrawn, and a yes after that stops nothing', async () => {
  expect((await again(world, down, 'shop')).text).toContain('asks to stop');
  await isNow(world, '2026-12-02T06:30:00Z');
  const over = await becomes(world, down, /expired before it was approved/, { in: 'shop' });
  expect(over.shown).toContain('Its hour is over');
  expect(over.buttons).toEqual([]);
  await isNow(world, '2026-12-02T07:00:00Z');
  expect(await approves(down, 'shop')).toContain('Its hour is over');
  const report = await reads(world, /Lights out in slow: 0 of 2 stopped, 2 left alone/);
  expect(report.shown).toContain('its hour was over');
  await isNow(world, '2026-12-02T07:30:00Z');
  expect(await stateOf(world, 'slow-1')).toBe('RUNNING');
  expect([...(await sent(world, 'slow-1')), ...(await sent(world, 'slow-2'))]).toEqual([]);
});

test('what somebody keeps meanwhile is not stopped by a yes: the rest is asked for anew', async () => {
  await isNow(world, '2026-12-02T18:00:00Z');
  const card = await asks(/asks to stop 2 compute instances of slow/, 'shop', down);
  await asks(/asks to stop 2 compute instances of brief/, 'ops');
  await world.as('ana').types('/oci keep slow-1 on until 22:00 because of the demo', { in: 'ops' });
  const over = await becomes(world, card, /– void/, { in: 'shop' });
  expect(over.shown).toMatch(/slow-1: kept on until/);
  const rest = await asks(/asks to stop 1 compute instance of slow/, 'shop', card);
  await reads(world, /Lights out in slow waits for an approval: 1 resource would be stopped/);
  expect(await approves(card, 'shop')).toContain('It is too late to decide: it is void');
  await world.as('ben').clicks('Approve', { in: 'shop', ts: rest.ts });
  await reads(world, /Lights out in slow: 1 of 2 stopped, 1 kept/);
  expect(await sent(world, 'slow-1')).toEqual([]);
  expect(await sent(world, 'slow-2')).toEqual(['SOFTSTOP']);
});

test('after an expired question the next edge works as ever', async () => {
  const card = (await said(world, /asks to stop 2 compute instances of brief/, 'ops')).at(-1);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card?.ts ?? '' });
  await reads(world, /Lights out in brief: 2 of 2 stopped/, { in: 'ops' });
  expect(await sent(world, 'brief-1')).toEqual(['SOFTSTOP']);
});

test('a question to start that waits past the evening starts nothing', async () => {
  await isNow(world, '2026-12-02T21:00:00Z');
  const stop = await asks(/asks to stop 1 compute instance of slow/, 'shop', down);
  await world.as('ben').clicks('Approve', { in: 'shop', ts: stop.ts });
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'slow-1')) === 'STOPPED';
  }, 'slow-1 to be down');
  await isNow(world, '2026-12-03T06:30:00Z');
  const up = await asks(/asks to start 2 compute instances of slow/);
  await isNow(world, '2026-12-03T18:00:00Z');
  const over = await becomes(world, up, /expired before it was approved/, { in: 'shop' });
  expect(over.shown).toContain('Its hour is over');
  await isNow(world, '2026-12-03T18:30:00Z');
  expect(await approves(up, 'shop')).toContain('Its hour is over');
  expect(await stateOf(world, 'slow-1')).toBe('STOPPED');
  expect((await sent(world, 'slow-1')).filter((act) => act === 'START')).toEqual([]);
});
