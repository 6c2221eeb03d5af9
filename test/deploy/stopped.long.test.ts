import { afterEach, describe, expect, test } from 'vitest';
import { draftOf, planOf } from '../engine/house.ts';
import { type Rig, rig } from './rig.ts';

let at: Rig;
afterEach(() => at?.close());

const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1', 'store-v1-2', 'store-v1-3'];

const targets = async () => (await at.at.cloud.reader.deploys.survey(at.app)).targets;
/** As after the evening of a schedule. */
const put = async (state: string, ...names: readonly string[]) => {
  for (const target of await targets()) if (names.includes(target.name)) await at.at.edit(target, { state });
};
const states = async () => Object.fromEntries((await targets()).map(({ name, state }) => [name, state]));

describe('where instances of the app are stopped', () => {
  test('and others serve, it is refused with what to do', async () => {
    at = await rig();
    await put('INACTIVE', 'store-2');
    await expect(at.plan()).rejects.toMatchObject({
      message:
        'store-2 of store is stopped, and the others serve: a deploy would take the traffic of what runs and leave what does not.',
      hint: 'Start it first: start store-2 – or, where a schedule stops it: keep store-2 on until 22:00',
    });
  });

  test('and the file says that stopped ones are replaced, they are', async () => {
    at = await rig({ find: { name: 'store-*', tags: {}, states: ['ACTIVE', 'INACTIVE'] } });
    await put('INACTIVE', 'store-2');
    const plan = await at.plan();
    expect(plan.consequences).toContain(
      'store-2 is stopped: deleted in the end without taking traffic again, and left stopped if this is undone.',
    );
  });

  test.each(['rolling', 'canary 50 % 10s, 100 %'])('all of them, %s replaces them', async (strategy) => {
    at = await rig();
    await put('INACTIVE', ...old);
    const plan = await at.plan({ strategy });
    expect(plan.consequences).toContain(
      'store-1, store-2, store-3 are stopped: deleted in the end without taking traffic again, and left stopped if this is undone.',
    );
    const done = await at.run(plan);
    expect(done.because).toBeUndefined();
    expect(await at.standing()).toEqual({ up: fresh, serving: fresh });
    expect(await states()).toEqual(Object.fromEntries(fresh.map((name) => [name, 'ACTIVE'])));
  });

  test('all of them, undoing leaves them stopped', async () => {
    at = await rig();
    await put('INACTIVE', ...old);
    const plan = await at.plan();
    await at.at.fault({ operation: '*.UpdateBackend', fails: 'No.', count: 1 });
    const done = await at.run(plan);
    expect(done.status).toBe('undone');
    expect(await states()).toEqual(Object.fromEntries(old.map((name) => [name, 'INACTIVE'])));
  });

  test('or on their way, it is to be waited for', async () => {
    at = await rig();
    await put('UPDATING', 'store-2');
    await expect(at.plan()).rejects.toMatchObject({
      message: 'store-2 is UPDATING: what is to be replaced of store is being changed.',
      hint: 'Wait until it has settled; see how it stands with: inspect store-2',
    });
  });
});

test('what stops an instance that a deploy holds waits for the deploy, and says so', async () => {
  at = await rig({ bake: 600_000 });
  const [target] = await targets();
  if (!target) throw new Error('no target');
  const deploy = await at.begin(await at.plan());
  await at.until(deploy, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
  );
  const stop = await at.engine.propose(draftOf(planOf([target], { verb: 'container-instance.stop' })));
  const waiting = await at.until(stop.id, ({ because }) => because !== undefined);
  expect(waiting.status).toBe('queued');
  expect(waiting.because).toBe(`Waiting for ${deploy} (Deploy store 1.1.0), which holds store-1.`);
  await at.engine.promote(deploy, { by: { kind: 'terminal', user: 'ana' }, key: '1' });
  expect((await at.until(deploy)).status).toBe('succeeded');
  // it is gone by then, so that nothing is stopped
  expect((await at.until(stop.id, ({ finishedAt }) => finishedAt !== undefined)).status).toBe('void');
});

test('what stops an instance that a deploy has made waits for the deploy too', async () => {
  at = await rig({ bake: 600_000 });
  const deploy = await at.begin(await at.plan());
  await at.until(deploy, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
  );
  const made = await at.at.one('store-v1-2');
  const stop = await at.engine.propose(draftOf(planOf([made], { verb: 'container-instance.stop' })));
  const waiting = await at.until(stop.id, ({ because }) => because !== undefined);
  expect(waiting.status).toBe('queued');
  expect(waiting.because).toBe(`Waiting for ${deploy} (Deploy store 1.1.0), which holds store-v1-2.`);
  await at.engine.promote(deploy, { by: { kind: 'terminal', user: 'ana' }, key: '1' });
  expect((await at.until(deploy)).status).toBe('succeeded');
  expect((await at.until(stop.id)).status).toBe('succeeded');
});
