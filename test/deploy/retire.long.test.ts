import { afterEach, describe, expect, test } from 'vitest';
import { describe as card } from '../../src/core/describe.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import { type Rig, rig } from './rig.ts';
import { networkPlaces, networkSeed, seed } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const all = ['store-1', 'store-2', 'store-3'];
const retire = (what: string, because?: string) => planRetire(at.look, { what, because });
const backends = async () => {
  const { old } = await at.at.cloud.reader.deploys.survey(at.app);
  return old.map(({ target, backends: of }) => [
    target.name,
    of.map(({ drain, offline }) => ({ drain, offline })),
  ]);
};

describe('one instance', () => {
  test('goes out of traffic and is deleted, and the others serve on', async () => {
    at = await rig();
    const plan = await retire('store-2', 'its disk is full');
    expect(plan).toMatchObject({
      title: 'Retire store-2 of store',
      impact: 'destroy',
      consequences: [
        'store-2 is taken out of traffic and deleted, with nothing in its place.',
        'Connections are given 1 min to end.',
        'Until they are deleted, what fails or is aborted brings them back as they were.',
        'Because: its disk is full.',
      ],
      stages: [
        'Look whether all is as it was planned',
        'Drain store-2',
        'Give connections time to end',
        'Take store-2 offline',
        'Take its backends out',
        'Delete store-2',
      ],
      locks: ['app:store'],
      line: 'retire store-2 because its disk is full',
    });
    expect(plan.release).toBeUndefined();
    const done = await at.run(plan);
    expect(done.because).toBeUndefined();
    expect(done.status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: ['store-1', 'store-3'], serving: ['store-1', 'store-3'] });
    expect(await at.look.deploys.releases('store', 5)).toEqual([]);
  });

  test('stays where too few would be left in traffic', async () => {
    at = await rig({ minimum: 3 });
    await expect(retire('store-2')).rejects.toMatchObject({
      message: 'store keeps 3 in traffic at all times, and 2 would be left in store of store-lb.',
      hint: 'Change minimum of store in apps: of lamplighter.yml, or put new ones in the place of all with: deploy store',
    });
    // what serves nobody takes nothing away
    await at.byHand('store-2', { drain: true });
    await expect(retire('store-2')).resolves.toMatchObject({ title: 'Retire store-2 of store' });
  });

  test('stays where others have become unwell since', async () => {
    at = await rig();
    const plan = await retire('store-2');
    const { targets } = await at.at.cloud.reader.deploys.survey(at.app);
    const [first] = targets;
    if (!first) throw new Error('no instance');
    await at.at.edit(first, { state: 'INACTIVE' });
    const done = await at.run(plan);
    expect(done.status).toBe('undone');
    expect(done.because).toMatch(
      /Only 1 other backend is well in store, and 2 have to be; nothing was taken away/,
    );
    expect(await at.standing()).toEqual({ up: ['store-2', 'store-3'], serving: ['store-2', 'store-3'] });
  });

  test('that is in no backend set is only deleted', async () => {
    at = await rig({}, { seed: seed.replace(", 'store-3:8080'", '') });
    const plan = await retire('STORE-3');
    expect(plan.stages).toEqual(['Look whether all is as it was planned', 'Delete store-3']);
    expect(plan.consequences).toContain('store-3 is in no backend set, and only deleted.');
    expect((await at.run(plan)).status).toBe('succeeded');
    expect((await at.standing()).up).toEqual(['store-1', 'store-2']);
  });

  test('that is drained and stopped already is not waited for', async () => {
    at = await rig({ minimum: 3 });
    const { targets } = await at.at.cloud.reader.deploys.survey(at.app);
    await at.byHand('store-2', { drain: true });
    await at.at.edit(targets[1] ?? { ocid: '' }, { state: 'INACTIVE' });
    const plan = await retire('store-2');
    expect(plan.stages).not.toContain('Give connections time to end');
    expect((await at.run(plan)).status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: ['store-1', 'store-3'], serving: ['store-1', 'store-3'] });
  });
});

describe('a whole app', () => {
  test('goes, and the card names what is deleted before somebody says yes', async () => {
    at = await rig();
    const plan = await retire('store');
    expect(plan.consequences[0]).toBe(
      'store-1, store-2, store-3 are taken out of traffic and deleted, with nothing in their place. store serves nobody after that, until it is deployed again.',
    );
    const id = await at.begin(plan);
    const operation = await at.until(id);
    const waiting = card({ ...operation, status: 'waiting' }).actions?.[0];
    expect(waiting).toMatchObject({
      confirm: {
        title: 'Retire store: 3 instances',
        text: expect.stringContaining('store-1, store-2, store-3 are'),
      },
    });
    expect(operation.status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: [], serving: [] });
    await expect(retire('store')).rejects.toThrow('store has no instances.');
  });

  test('goes from behind a network load balancer too', async () => {
    at = await rig({ places: networkPlaces() }, { seed: networkSeed });
    const plan = await retire('store');
    expect(plan.consequences).toContain('Connections are given 6 min to end.');
    expect((await at.run(plan)).status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: [], serving: [] });
  });

  test('is brought back as it was where somebody aborts before it is deleted', async () => {
    at = await rig({ drain: 3_000_000 });
    const before = await backends();
    const id = await at.begin(await retire('store'));
    await at.until(id, ({ steps }) =>
      steps.some(({ step, state }) => step.verb === 'deploy.wait' && state === 'running'),
    );
    expect((await at.standing()).serving).toEqual([]);
    await at.engine.cancel(id, { kind: 'terminal', user: 'ben' }, 'not that one');
    const done = await at.until(id);
    expect(done.status).toBe('undone');
    expect(await backends()).toEqual(before);
    expect(await at.standing()).toEqual({ up: all, serving: all });
  });
});

describe('what cannot be retired', () => {
  test('is what there is not, with the nearest', async () => {
    at = await rig();
    await expect(retire('stor')).rejects.toMatchObject({
      message: 'There is no app stor, and no instance of that name of any app.',
      hint: 'Did you mean store?',
    });
  });

  test('is what is locked, changed, or on its way', async () => {
    at = await rig();
    const { targets } = await at.at.cloud.reader.deploys.survey(at.app);
    await at.at.edit(targets[1] ?? { ocid: '' }, { state: 'UPDATING' });
    await expect(retire('store-2')).rejects.toThrow('store-2 is UPDATING.');
    await at.holds.put('app:store', { kind: 'terminal', user: 'ana' }, 'the sale is on');
    await expect(retire('store-1')).rejects.toThrow('store is locked by terminal:ana: the sale is on.');
  });

  test('is what may stand behind any of several load balancers', async () => {
    const [first = '', second = ''] = seed.split('loadBalancers:');
    const twice = `${first}loadBalancers:${second}${second.replace('store-lb', 'store-lb-2')}`;
    at = await rig(
      { places: networkPlaces({ balancer: { kind: 'load-balancer', name: 'store-lb*', tags: {} } }) },
      { seed: twice },
    );
    await expect(retire('store')).rejects.toThrow(
      'It cannot be told where store takes traffic: store-lb, store-lb-2 are all meant by store-lb*; one has to be.',
    );
  });
});
