import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishPlan, withTargets } from '../../src/core/deploy/finish.ts';
import { unfinished } from '../../src/core/deploy/unfinished.ts';
import type { Operation } from '../../src/core/operation.ts';
import { absent, type Plan } from '../../src/core/plan.ts';
import {
  ben,
  draftOf,
  type House,
  house,
  makeSite,
  oneApproval,
  type Site,
  siteKinds,
  until,
} from './house.ts';
import { swap, Workshop } from './workshop.ts';

/** Operations that finish what others left behind: they know what those made, and those know of them. */

let site: Site;
let at: House;
let shop: Workshop;
beforeEach(async () => {
  site = await makeSite(siteKinds.at(-1));
  at = await house(site, { workshop: (clock) => new Workshop(clock) });
  if (!at.workshop) throw new Error('no workshop');
  shop = at.workshop;
  await at.engine.start();
});
afterEach(async () => {
  await at.close();
  await site.remove();
});

const propose = async (plan: Plan) => (await at.engine.propose(draftOf(plan))).id;
const run = async (plan: Plan) => until(at.engine, await propose(plan));

/** The way back of b and c fails at these. */
async function leaves(...broken: readonly string[]): Promise<Operation> {
  shop.broken.add('wait');
  for (const each of broken) shop.broken.add(each);
  const done = await run(swap(['b', 'c'], shop.add('a'), 50));
  shop.broken.clear();
  expect(done.status).toBe('failed');
  return done;
}

function finishing(operation: Operation): Plan {
  const left = unfinished(operation);
  if (!left) throw new Error('nothing is left');
  const found = new Map(['b', 'c'].map((name) => [`ocid1.made.${name}`, shop.get(name)]));
  const there = new Map([...found].flatMap(([ocid, target]) => (target ? [[ocid, target] as const] : [])));
  return finishPlan(withTargets(left, there), `finish ${operation.id}`);
}

test('what another operation made is what the steps act on, and its message is told anew', async () => {
  const left = await leaves('undo make b');
  expect(shop.names).toEqual(['a', 'b']);
  const letters = async () => (await at.outbox.due(Date.now() + 60_000, 50)).map(({ key }) => key);
  for (const { key, version } of await at.outbox.due(Date.now(), 50))
    await at.outbox.sent(key, version, { channel: 'C1', ts: '1' }, 0);
  expect(await letters()).toEqual([]);
  const done = await run(finishing(left));
  expect(done.status).toBe('succeeded');
  expect(shop.names).toEqual(['a']);
  expect(shop.seen.get('undo make b')).toEqual({ ocid: 'ocid1.made.b', ip: 'ip of b' });
  expect(await letters()).toEqual([left.id, done.id]);
});

test('a step of the way back is worth trying whatever came of the one before', async () => {
  const left = await leaves('undo make b', 'undo make c');
  const plan = finishing(left);
  const apart = plan.waves.flat().map((step) => [step]);
  shop.broken.add('undo make b');
  const done = await run({ ...plan, waves: apart, stages: ['b', 'c'] });
  expect(done).toMatchObject({ status: 'failed', steps: [{ state: 'failed' }, { state: 'done' }] });
  expect((await at.engine.get(left.id))?.followUp).toEqual({ operation: done.id, status: 'failed' });
});

test('but not after a wave that has to come off first', async () => {
  const plan = finishing(await leaves('undo make b', 'undo make c'));
  const apart = plan.waves.flat().map((step) => [step]);
  shop.broken.add('undo make b');
  const finishes = plan.finishes && { ...plan.finishes, regardlessFrom: 1 };
  const done = await run({ ...plan, waves: apart, stages: ['b', 'c'], ...(finishes ? { finishes } : {}) });
  expect(done.steps.map(({ state }) => state)).toEqual(['failed', 'skipped']);
});

test('a restart in the middle goes on with what is known', async () => {
  const left = await leaves('undo make b');
  shop.slow.add('undo make b');
  const plan = finishing(left);
  // it is to be at work still when the restart is over
  const waves = plan.waves.map((wave) => wave.map((step) => ({ ...step, within: 3_600_000 })));
  const id = await propose({ ...plan, waves });
  await until(at.engine, id, ({ steps }) => steps[0]?.state === 'running');
  const before = shop;
  await at.close();
  at = await house(site, { workshop: () => before });
  expect((await at.engine.get(left.id))?.followUp).toEqual({ operation: id, status: 'running' });
  before.slow.clear();
  await at.engine.start();
  expect((await until(at.engine, id)).status).toBe('succeeded');
  expect((await at.engine.get(left.id))?.followUp).toEqual({ operation: id, status: 'succeeded' });
});

test('what is asked for and denied has taken nothing up', async () => {
  const left = await leaves('undo make b');
  const plan = finishing(left);
  const asked = await at.engine.propose(draftOf(plan, { asks: [oneApproval] }));
  await at.engine.press(asked.id, { by: ben, verdict: 'deny', digest: asked.digest }, 'press-1');
  expect((await until(at.engine, asked.id)).status).toBe('denied');
  expect((await at.engine.get(left.id))?.followUp).toBeUndefined();
  expect((await run(plan)).status).toBe('succeeded');
});

test('what was gone before it began is no failure', async () => {
  const left = await leaves('undo make b');
  const plan = finishing(left);
  shop.lose('b');
  const done = await run(plan);
  expect(done).toMatchObject({ status: 'succeeded', steps: [{ note: 'it is gone already' }] });
});

test('what outlives its target is changed though that is gone', async () => {
  const left = await leaves('undo make b');
  const plan = finishing(left);
  shop.lose('b');
  const [[step] = []] = plan.waves;
  if (!step) throw new Error('no step');
  const lasting = { ...step, verb: 'unhook', target: { ...step.target, ocid: '', state: absent } };
  const done = await run({ ...plan, waves: [[lasting]] });
  expect(done.status).toBe('succeeded');
  expect(shop.done.at(-1)).toBe('unhook b');
});
