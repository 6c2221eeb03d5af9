import { afterEach, describe, expect, test } from 'vitest';
import { type Rig, rig } from './rig.ts';

let at: Rig;
afterEach(() => at?.close());

const fresh = (version: number, ...numbers: number[]) => numbers.map((each) => `store-v${version}-${each}`);
const old = ['store-1', 'store-2', 'store-3'];

describe('what fails is taken back to what was there', () => {
  const before = { up: old, serving: old };

  test.each([
    [
      'no room anywhere',
      { operation: '*.CreateContainerInstance', capacity: true, count: 1_000 },
      /Out of host capacity/,
    ],
    [
      'the load balancer refuses',
      { operation: '*.CreateBackend', fails: 'Too many backends.' },
      /Add store-v1/,
    ],
    [
      'the old ones cannot be drained',
      { operation: '*.UpdateBackend', fails: 'No.', count: 1 },
      /Drain store-/,
    ],
  ])('%s', async (_, fault, because) => {
    at = await rig();
    const plan = await at.plan();
    await at.at.fault({ ...fault });
    const done = await at.run(plan);
    expect(done.because).toMatch(because);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual(before);
  });

  test('no room in one domain is not the end: the next one is tried', async () => {
    at = await rig();
    const plan = await at.plan();
    await at.at.fault({ operation: '*.CreateContainerInstance', capacity: true, count: 2 });
    expect((await at.run(plan)).status).toBe('succeeded');
    expect((await at.standing()).serving).toEqual(fresh(1, 1, 2, 3));
  });

  test('somebody changes the load balancer in between: what they did is kept', async () => {
    at = await rig({ bake: 600_000 });
    const id = await at.begin(await at.plan());
    await at.until(id, ({ steps }) =>
      steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
    );
    await at.byHand('store-v1-2', { weight: 9 });
    await at.engine.promote(id, { by: { kind: 'terminal', user: 'ana' }, key: '1' });
    expect((await at.until(id)).status).toBe('succeeded');
    const { old: now } = await at.at.cloud.reader.deploys.survey(at.app);
    expect(now.map(({ backends }) => backends.map(({ weight }) => weight))).toEqual([[1], [9], [1]]);
  });

  test('somebody aborts while it bakes', async () => {
    at = await rig({ bake: 600_000 });
    const id = await at.begin(await at.plan());
    await at.until(id, ({ steps }) =>
      steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
    );
    expect((await at.standing()).serving).toEqual(fresh(1, 1, 2, 3));
    await at.engine.cancel(id, { kind: 'terminal', user: 'ben' }, 'customers complain');
    const done = await at.until(id);
    expect(done).toMatchObject({ status: 'undone', cancel: { because: 'customers complain' } });
    expect(await at.standing()).toEqual(before);
  });

  test('a backend was changed by hand since it was planned: nothing is done', async () => {
    at = await rig();
    const plan = await at.plan();
    await at.byHand('store-2', { weight: 7 });
    const done = await at.run(plan);
    expect(done.status).toBe('failed');
    expect(done.steps[0]?.note).toMatch(/was changed since this was planned\. Plan it again\./);
  });

  test('the tag was moved since it was planned: nothing is done', async () => {
    at = await rig();
    const plan = await at.plan();
    await at.push('fra.ocir.io/lamplight/store:1.1.0');
    const done = await at.run(plan);
    expect(done.status).toBe('failed');
    expect(done.steps[0]?.note).toMatch(/^The tag was moved: .* was approved\. Plan it again\.$/);
    expect(await at.standing()).toEqual(before);
  });
});
