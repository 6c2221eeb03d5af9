import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../src/core/operation.ts';
import type { Plan } from '../../src/core/plan.ts';
import { createHolds } from '../../src/engine/holds.ts';
import { createReleases } from '../../src/engine/releases.ts';
import type { Room } from '../../src/engine/room.ts';
import { ana, ben, draftOf, type House, house, makeSite, type Site, siteKinds, until } from './house.ts';
import { swap, Workshop } from './workshop.ts';

/** Plans that make things, wait for people and gates, and are taken back. */

let site: Site;
let at: House;
let shop: Workshop;

const open = async () => {
  at = await house(site, { workshop: (clock) => new Workshop(clock) });
  if (!at.workshop) throw new Error('no workshop');
  shop = at.workshop;
  await at.engine.start();
};
beforeEach(async () => {
  site = await makeSite(siteKinds.at(-1));
  await open();
});
afterEach(async () => {
  await at.close();
  await site.remove();
});

async function propose(plan: Plan): Promise<string> {
  return (await at.engine.propose(draftOf(plan))).id;
}

const release = {
  app: 'shop',
  version: 1,
  image: 'shop:1',
  environment: {},
  strategy: 'rolling',
  made: null,
};
const waits = ({ steps }: Operation) => steps.some(({ asks }) => asks !== undefined);
const states = ({ steps, undo = [] }: Operation) => [...steps, ...undo].map(({ state }) => state);

test('what a step made is what the steps after it act on', async () => {
  shop.open.add('wait');
  const id = await propose(swap(['b', 'c'], shop.add('a')));
  const done = await until(at.engine, id);
  expect(done.status).toBe('succeeded');
  expect(shop.names).toEqual(['b', 'c']);
  expect(done.steps[0]?.result).toEqual({ ocid: 'ocid1.made.b', ip: 'ip of b' });
  expect(states(done)).toEqual(['done', 'done', 'done', 'done', 'skipped', 'skipped']);
});

test('a step that fails is taken back, and only what was begun', async () => {
  shop.broken.add('make c');
  const id = await propose(swap(['b', 'c'], shop.add('a'), 50));
  const done = await until(at.engine, id);
  expect(done).toMatchObject({ status: 'undone', because: expect.stringContaining('Out of host capacity.') });
  expect(shop.names).toEqual(['a']);
  expect(shop.done).toEqual(['make b', 'remove b']);
  // nothing is known to have come of c: there is nothing to remove, and that is no failure
  expect(done.undo?.map(({ state, note }) => [state, note])).toEqual([
    ['done', undefined],
    ['done', 'it was never made'],
  ]);
});

test('a gate that fails is taken back, with all that was made', async () => {
  shop.broken.add('wait');
  const done = await until(at.engine, await propose(swap(['b', 'c'], shop.add('a'))));
  expect(done).toMatchObject({ status: 'undone', because: 'wait: the gate fails' });
  expect(shop.names).toEqual(['a']);
  // b and c are made side by side: which of the two arrives first is the store's affair
  expect(shop.done.slice(0, 2).sort()).toEqual(['make b', 'make c']);
  expect(shop.done[2]).toBe('wait b');
});

test('beyond the point of no return nothing is taken back', async () => {
  shop.open.add('wait');
  const old = shop.add('a');
  shop.broken.add('remove a');
  const done = await until(at.engine, await propose(swap(['b'], old, 50)));
  expect(done.status).toBe('failed');
  expect(shop.names).toEqual(['a', 'b']);
});

test('beyond it nobody can call it off, and is told so', async () => {
  shop.open.add('wait');
  shop.slow.add('remove a');
  const replaces = { version: 1, image: 'shop:1' };
  const id = await propose({
    ...swap(['b'], shop.add('a')),
    release: { ...release, version: 2, replaces },
  });
  await until(at.engine, id, ({ steps }) => steps[2]?.state === 'running');
  await expect(at.engine.cancel(id, ben)).rejects.toMatchObject({
    message: `${id} is past the point of no return: the old instances are being deleted.`,
    hint: 'Wait until it is done, then: rollback shop',
  });
  shop.slow.clear();
  expect((await until(at.engine, id)).status).toBe('succeeded');
});

test('what is told of a deploy is put with what it tells of, once, also after a restart', async () => {
  await at.close();
  const tells: Room['tells'] = ({ id, plan }, news) => {
    const key = `${id}#${'position' in news ? `${news.type}-${news.position}` : news.type}`;
    const said = 'logs' in news ? (news.logs ?? []).map(({ of, text }) => `${of}: ${text}`) : [];
    const report = { title: [plan.title, ...said].join(' '), tone: 'plain', blocks: [] } as const;
    return [{ key, to: { kind: 'channel', channel: 'C1' }, report }];
  };
  const logs: Room['logs'] = async ({ name }) => [{ container: 'main', text: `${name} is sorry` }];
  const options = { workshop: () => shop, tells, logs };
  at = await house(site, options);
  await at.engine.start();
  const plan = { ...swap(['b'], shop.add('a')), release };
  const id = await propose(plan);
  await until(at.engine, id, waits);
  await at.close();
  at = await house(site, options);
  await at.engine.start();
  shop.broken.add('wait');
  expect((await until(at.engine, id)).status).toBe('undone');
  const letters = await at.outbox.due(Date.now() + 60_000, 50);
  const told = letters.filter(({ key }) => key !== id);
  expect(told.map(({ key }) => key.slice(id.length)).sort()).toEqual([
    '#asks-1',
    '#back',
    '#begun',
    '#ended',
    '#step-0',
  ]);
  expect(told.find(({ key }) => key.endsWith('#back'))?.report.title).toBe('Swap one b main: b is sorry');
});

test('an abort ends the wait at once and takes back; the way back is not held up by it', async () => {
  const id = await propose(swap(['b'], shop.add('a')));
  const asking = await until(at.engine, id, waits);
  expect(asking.steps[1]).toMatchObject({ state: 'running', asks: 'Does it look right?' });
  await at.engine.cancel(id, ben, 'wrong version');
  const done = await until(at.engine, id);
  expect(done).toMatchObject({ status: 'undone', cancel: { by: 'UBEN', because: 'wrong version' } });
  expect(shop.names).toEqual(['a']);
});

test('who aborts first stands, with their reason; whoever comes after is told of them', async () => {
  shop.slow.add('undo make b');
  const id = await propose(swap(['b'], shop.add('a')));
  await until(at.engine, id, waits);
  await at.engine.cancel(id, ben, 'wrong version');
  const already = `${id} is being taken back already: aborted by @UBEN – “wrong version”.`;
  await expect(at.engine.cancel(id, ana, 'mine')).rejects.toThrow(already);
  await until(at.engine, id, ({ status }) => status === 'undoing');
  await expect(at.engine.cancel(id, ana, 'mine')).rejects.toThrow(already);
  shop.slow.clear();
  const done = await until(at.engine, id);
  expect(done).toMatchObject({ status: 'undone', cancel: { by: 'UBEN', because: 'wrong version' } });
});

test('somebody says to go on, once; the word is in the audit', async () => {
  const id = await propose(swap(['b'], shop.add('a')));
  await until(at.engine, id, waits);
  await Promise.all([1, 2].map(() => at.engine.promote(id, { by: ben, key: 'press-1' })));
  const done = await until(at.engine, id);
  expect(done.status).toBe('succeeded');
  expect(done.steps[1]).toMatchObject({ state: 'done', note: 'promoted by UBEN' });
  expect(done.steps[1]?.asks).toBeUndefined();
  const said = (await at.engine.history({ about: id, limit: 100 })).filter(
    ({ event }) => event === 'promoted',
  );
  expect(said).toHaveLength(1);
  await expect(at.engine.promote(id, { by: ben, key: 'press-2' })).rejects.toThrow('does not wait');
});

test('what a look remembers is there after a restart', async () => {
  const id = await propose(swap(['b'], shop.add('a')));
  await until(at.engine, id, ({ steps }) => Number(steps[1]?.memo ?? 0) >= 2);
  const before = shop;
  await at.close();
  at = await house(site, { workshop: () => before });
  const kept = await at.engine.get(id);
  const looks = Number(kept?.steps[1]?.memo);
  before.open.add('wait');
  await at.engine.start();
  const done = await until(at.engine, id);
  expect(done.status).toBe('succeeded');
  expect(done.steps[1]?.note).toBe(`after ${looks} looks`);
});

test('what takes one change at a time gets one at a time', async () => {
  shop.pace = 30;
  shop.open.add('wait');
  const plan = swap(['b', 'c', 'd', 'e'], shop.add('a'));
  const [make = []] = plan.waves;
  const inTurn = make.map((step) => ({ ...step, with: { turn: 'lb' } }));
  const done = await until(at.engine, await propose({ ...plan, waves: [inTurn, ...plan.waves.slice(1)] }));
  expect(done.status).toBe('succeeded');
  expect(shop.mostInTurn).toBe(1);
});

test('what somebody locked by hand is not begun, and says who and why', async () => {
  const holds = createHolds(at);
  await holds.put('app:shop', ana, 'the sale is on');
  expect(await holds.put('app:shop', ben, 'mine')).toMatchObject({ by: 'UANA' });
  const done = await until(at.engine, await propose(swap(['b'], shop.add('a'))));
  expect(done).toMatchObject({ status: 'void', because: '@UANA has locked shop: the sale is on.' });
  expect(await holds.remove('app:shop', ben)).toMatchObject({ by: 'UANA' });
  expect(await holds.all()).toEqual([]);
});

test('of two operations of one app the second waits, and says for which', async () => {
  const first = await propose(swap(['b'], shop.add('a')));
  await until(at.engine, first, waits);
  const second = await propose(swap(['c'], shop.add('z')));
  await until(at.engine, second, ({ because }) => because !== undefined);
  expect(await at.engine.get(second)).toMatchObject({
    status: 'queued',
    because: `Waiting for ${first} (Swap one), which holds shop.`,
  });
});

test('of two deploys of one version one is begun; what came of it is kept', async () => {
  shop.open.add('wait');
  const first = await until(at.engine, await propose({ ...swap(['b'], shop.add('a')), release }));
  const second = await until(at.engine, await propose({ ...swap(['d'], shop.add('c')), release }));
  expect([first.status, second.status]).toEqual(['succeeded', 'void']);
  expect(second.because).toBe('Another deploy of shop was begun since this one was planned.');
  const [kept, ...others] = await createReleases(at.store).of('shop', 10);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ version: 1, operation: first.id, by: 'UANA', outcome: 'succeeded' });
});
