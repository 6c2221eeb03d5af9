import { afterEach, describe, expect, test } from 'vitest';
import type { App, Gate } from '../../src/core/deploy/app.ts';
import { describe as card } from '../../src/core/describe.ts';
import { instancesLeft } from '../../src/core/leftovers.ts';
import type { Operation } from '../../src/core/operation.ts';
import { plainText } from '../../src/core/report.ts';
import { planFinish } from '../../src/deploying/finishing.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import { ben } from '../engine/house.ts';
import { type Rig, rig } from './rig.ts';

/** What deploys leave behind, and how it is finished. */

let at: Rig;
afterEach(() => at?.close());

const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1', 'store-v1-2'];
/** Nobody calls it: quick to deploy. */
const worker = { places: [], minimum: 0, replicas: 2, bake: 5_000 } as const;
const look: Gate = {
  name: 'look',
  type: 'person',
  from: [],
  every: 0,
  delay: 0,
  failures: 0,
  observeOnly: false,
};

const finish = (what: string) => planFinish(at.look, what);
const labels = (operation: Operation) => card(operation).actions?.map(({ label }) => label);
const fault = (operation: string, more: object) => at.control('/faults', { operation, ...more });
const wellAgain = async () => {
  await at.at.oci.control.request('/faults', { method: 'DELETE' });
};
const outcomes = async () =>
  (await at.look.deploys.releases('store', 5)).map(({ version, outcome }) => [version, outcome]);
const known = async (id: string) => {
  const operation = await at.engine.get(id);
  if (!operation) throw new Error(`no ${id}`);
  return operation;
};

/** A deploy that is called off while its new instances serve, with a fault on the way back. */
async function calledOff(
  app: Partial<App>,
  operation: string,
  more: object,
  gone?: string,
): Promise<Operation> {
  at = await rig({ ...app, gates: [look] });
  const id = await at.begin(await at.plan());
  await at.until(id, ({ steps }) => steps.some(({ asks }) => asks !== undefined));
  if (gone) await at.at.edit(await at.at.one(gone), { state: 'DELETED' });
  await fault(operation, more);
  await at.engine.cancel(id, ben);
  const done = await at.until(id);
  await wellAgain();
  return done;
}
const undeletable = () =>
  calledOff(worker, 'ContainerInstance.DeleteContainerInstance', {
    resource: 'store-v1-2',
    status: 404,
    for: '9h',
  });

describe('a way back that did not fully come off', () => {
  test('is finished by those steps that are left, and then things are as they were', async () => {
    const left = await undeletable();
    expect(left.status).toBe('failed');
    expect(labels(left)).toEqual(['Finish taking it back', 'Show each step', 'Retire store-v1-2']);
    expect(instancesLeft(left)).toEqual([{ name: 'store-v1-2' }]);

    const plan = await finish('store');
    expect(plan).toMatchObject({
      title: `Finish taking back ${left.id} (deploy store 1.1.0)`,
      consequences: [
        `${left.id} did not come all the way back: 1 step of it is done now, in the same order.`,
        'store-v1-2 is deleted.',
        'What fails is left as it is, and can be finished again.',
      ],
      stages: ['Delete store-v1-2'],
      locks: ['app:store'],
      line: `deploy finish ${left.id}`,
    });
    expect(plan.waves.flat().map(({ name, target }) => [name, target.state])).toEqual([
      ['undo container-instance.delete store-v1-2', 'ACTIVE'],
    ]);
    const done = await at.run(plan);
    expect(done.status).toBe('succeeded');
    expect((await at.standing()).up).toEqual(old);

    const after = await known(left.id);
    expect(after).toMatchObject({ status: 'failed', followUp: { operation: done.id, status: 'succeeded' } });
    expect(labels(after)).toEqual([]);
    expect(JSON.stringify(card(after))).toContain('Left behind, and finished since by ');
    expect(await outcomes()).toEqual([[1, 'undone']]);
    await expect(finish(left.id)).rejects.toThrow(`What ${left.id} left behind was finished by ${done.id}.`);
    await expect(finish('store')).rejects.toThrow('No deploy of store has left anything behind.');
  });

  test('brings an old instance back into traffic, and waits until it is well', async () => {
    const left = await calledOff({}, 'LoadBalancer.UpdateBackend', { status: 400, count: 1 }, 'store-v1-3');
    expect(left.status).toBe('failed');
    // what somebody deleted in the Console is out of the load balancer all the same
    expect((await at.look.cloud.deploys.survey(at.app)).unseen).toEqual([]);
    const plan = await finish(left.id);
    const verbs = plan.waves.map((wave) => wave.map(({ verb }) => verb));
    expect(verbs).toEqual([['backend.set'], ['backend.well']]);
    expect(plan.consequences[1]).toMatch(/^store-\d gets traffic as before\.$/);
    expect(plan.finishes).toMatchObject({ way: 'back', regardlessFrom: 2 });
    expect((await at.run(plan)).status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: old, serving: old });
  });

  test('is not held up by what is gone meanwhile, and not begun twice', async () => {
    const left = await undeletable();
    const [first, second] = [await finish(left.id), await finish(left.id)];
    await at.at.edit(await at.at.one('store-v1-2'), { state: 'DELETED' });
    const done = await at.run(first);
    expect(done.status).toBe('succeeded');
    expect(done.steps.map(({ note }) => note)).toEqual(['it is gone already']);
    const late = await at.run(second);
    expect(late).toMatchObject({
      status: 'void',
      because: `What ${left.id} left behind was taken up by ${done.id} since this was planned.`,
    });
    expect((await known(left.id)).followUp).toEqual({ operation: done.id, status: 'succeeded' });
  });

  test('that was left once more is finished by the next, though that is killed, and all of them know', async () => {
    const left = await undeletable();
    await fault('ContainerInstance.DeleteContainerInstance', { status: 404, for: '9h' });
    const again = await at.run(await finish(left.id));
    await wellAgain();
    expect(again.status).toBe('failed');
    expect(labels(again)).toContain('Finish taking it back');
    expect(labels(await known(left.id))).toEqual([]);

    const plan = await finish(left.id);
    expect(plan.finishes?.operation).toBe(again.id);
    const id = await at.begin(plan);
    expect(await at.die(2)).toBe(true);
    const done = await at.until(id);
    expect(done.status).toBe('succeeded');
    const follow = { operation: done.id, status: 'succeeded' };
    for (const id of [left.id, again.id]) expect(await known(id)).toMatchObject({ followUp: follow });
    expect(await outcomes()).toEqual([[1, 'undone']]);
  });

  test('is refused where the app was changed since, but not for what was retired of it', async () => {
    const left = await undeletable();
    const retired = await at.run(await planRetire(at.look, { what: 'store-v1-2' }));
    expect(retired.status).toBe('succeeded');
    await expect(finish(left.id)).rejects.toThrow(
      `Nothing is left of what ${left.id} left behind: store-v1-2 is gone.`,
    );
    const other = await at.run(await planRetire(at.look, { what: 'store' }));
    await expect(finish(left.id)).rejects.toThrow(
      `store was changed since by ${other.id} (Retire store: 3 instances)`,
    );
  });
});

describe('a deploy beyond the point of no return', () => {
  test('is finished, and counts as deployed then', async () => {
    at = await rig(worker);
    await fault('ContainerInstance.DeleteContainerInstance', {
      resource: 'store-2',
      status: 404,
      for: '9h',
    });
    const left = await at.run(await at.plan());
    await wellAgain();
    expect(plainText(card(left).title)).toContain(
      'deploy store 1.1.0 – done, but something is left behind: delete store-2: ',
    );
    expect(labels(left)).toEqual(['Finish it', 'Show each step', 'Retire store-2']);
    expect((await at.standing()).up).toEqual(['store-2', ...fresh]);
    expect(await outcomes()).toEqual([[1, 'failed']]);

    const plan = await finish('store');
    expect(plan).toMatchObject({
      title: `Finish ${left.id} (deploy store 1.1.0)`,
      stages: ['Delete store-2'],
      finishes: { way: 'there' },
    });
    expect((await at.run(plan)).status).toBe('succeeded');
    expect((await at.standing()).up).toEqual(fresh);
    expect(await outcomes()).toEqual([[1, 'succeeded']]);
  });
});

test('a retirement that could not delete is finished too', async () => {
  at = await rig(worker);
  await fault('ContainerInstance.DeleteContainerInstance', { status: 404, for: '9h' });
  const left = await at.run(await planRetire(at.look, { what: 'store-3' }));
  await wellAgain();
  expect(labels(left)).toEqual(['Finish it', 'Show each step', 'Retire store-3']);
  const plan = await finish(left.id);
  expect(plan.title).toBe(`Finish ${left.id} (retire store-3 of store)`);
  expect((await at.run(plan)).status).toBe('succeeded');
  expect((await at.standing()).up).toEqual(['store-1', 'store-2']);
});

describe('it is refused with the next step', () => {
  test('where nothing is left, where it runs, and where it is not known', async () => {
    at = await rig({ ...worker, gates: [look] });
    const id = await at.begin(await at.plan());
    await at.until(id, ({ steps }) => steps.some(({ asks }) => asks !== undefined));
    await expect(finish(id)).rejects.toMatchObject({
      message: `${id} is not over: it is running.`,
      hint: `To take it back: abort ${id}`,
    });
    await at.engine.cancel(id, ben);
    expect((await at.until(id)).status).toBe('undone');
    await expect(finish(id)).rejects.toThrow(`${id} left nothing behind: it is undone.`);
    await expect(finish('op-99')).rejects.toThrow('There is no operation op-99.');
    await expect(finish('stroe')).rejects.toMatchObject({ hint: 'Did you mean store?' });
  });
});
