import { afterEach, describe, expect, test } from 'vitest';
import { planRollback } from '../../src/deploying/back.ts';
import { type Rig, rig } from './rig.ts';
import { seed } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const fresh = (version: number, ...numbers: number[]) => numbers.map((each) => `store-v${version}-${each}`);

describe('each strategy replaces what was there', () => {
  test.each([
    ['rolling', 'rolling'],
    ['rolling 2', 'rolling 2'],
    ['blue-green', 'blue-green'],
    ['canary', 'canary 20 % 10s, 50 % 10s, 100 %'],
  ])('%s', async (_, strategy) => {
    at = await rig();
    const plan = await at.plan({ strategy });
    const done = await at.run(plan);
    expect(done.because).toBeUndefined();
    expect(done.status).toBe('succeeded');
    const all = fresh(1, 1, 2, 3);
    expect(await at.standing()).toEqual({ up: all, serving: all });
    const [release] = await at.look.deploys.releases('store', 1);
    expect(release).toMatchObject({ version: 1, outcome: 'succeeded', strategy });
    expect(release?.digest).toMatch(/^sha256:/);
  });
});

test('the first deploy replaces nothing and just works', async () => {
  at = await rig(
    { find: { name: 'other-*', tags: {}, states: ['ACTIVE'] } },
    { seed: seed.replace(/backends: \[.*?\]/, 'backends: []') },
  );
  const plan = await at.plan();
  expect(plan.consequences[0]).toContain('the first of store, nothing is replaced');
  const done = await at.run(plan);
  expect(done.status).toBe('succeeded');
  expect(await at.standing()).toMatchObject({ serving: ['other-v1-1', 'other-v1-2', 'other-v1-3'] });
});

test('a second deploy replaces the first, and a rollback brings it back by its digest, without the hook', async () => {
  at = await rig();
  expect((await at.run(await at.plan({ image: '1.1.0' }))).status).toBe('succeeded');
  expect((await at.run(await at.plan({ image: '1.2.0' }))).status).toBe('succeeded');
  const back = await planRollback(at.look, { app: 'store' });
  expect(back.title).toBe('Roll store back to 1.1.0, as it was in version 1');
  expect(back.line).toBe('rollback store to 1');
  expect((await at.run(back)).status).toBe('succeeded');
  const all = fresh(3, 1, 2, 3);
  expect(await at.standing()).toEqual({ up: all, serving: all });
  const releases = await at.look.deploys.releases('store', 10);
  expect(releases.map(({ version, back: of }) => [version, of])).toEqual([
    [3, 1],
    [2, undefined],
    [1, undefined],
  ]);
});

describe('what stands against it is said before', () => {
  test('a strategy that was taken for a tag, with the one that is meant', async () => {
    at = await rig();
    await expect(at.plan({ image: 'blue-geen' })).rejects.toMatchObject({
      message: 'There is no image fra.ocir.io/lamplight/store:blue-geen.',
      hint: 'Did you mean the strategy blue-green?',
    });
  });

  test('an image that is not there, with the nearest', async () => {
    at = await rig();
    await expect(at.plan({ image: '1.1.00' })).rejects.toMatchObject({
      message: 'There is no image fra.ocir.io/lamplight/store:1.1.00.',
      hint: expect.stringContaining('1.1.0'),
    });
  });

  test('a backend set that is not there', async () => {
    at = await rig();
    const [place] = at.app.places;
    at = Object.assign(at, {});
    const app = { ...at.app, places: place ? [{ ...place, set: 'stores' }] : [] };
    await at.close();
    at = await rig(app);
    await expect(at.plan()).rejects.toMatchObject({
      message: 'store cannot be deployed as things are: store-lb has no backend set stores; it has store.',
    });
  });

  test('a lock, with who and why; and another deploy of it', async () => {
    at = await rig({ bake: 600_000 });
    await at.holds.put('app:store', { kind: 'terminal', user: 'ana' }, 'the sale is on');
    await expect(at.plan()).rejects.toThrow('store is locked by terminal:ana: the sale is on.');
    await at.holds.remove('app:store', { kind: 'terminal', user: 'ana' });
    const id = await at.begin(await at.plan());
    await at.until(id, ({ status }) => status === 'running');
    await expect(at.plan()).rejects.toThrow(`store is being deployed already: ${id} (Deploy store 1.1.0).`);
    await at.engine.cancel(id, { kind: 'terminal', user: 'ana' });
    await at.until(id);
  });

  test('a subnet and a compartment that are not there', async () => {
    at = await rig();
    const { instance } = at.app;
    const [vnic] = instance.vnics;
    const wrong = {
      ...at.app,
      instance: { ...instance, vnics: vnic ? [{ ...vnic, subnet: 'sn-stor' }] : [] },
    };
    await expect(at.at.cloud.reader.deploys.survey(wrong)).rejects.toThrow(
      'store is to be in the subnet sn-stor, which I do not find.',
    );
    await expect(at.at.cloud.reader.deploys.survey({ ...at.app, compartment: 'stores' })).rejects.toThrow(
      'store is to be in stores, and I see no such compartment.',
    );
  });
});
