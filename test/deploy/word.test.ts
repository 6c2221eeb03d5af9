import { afterEach, expect, test } from 'vitest';
import { isBeyond } from '../../src/core/way-back.ts';
import { deployOf } from '../../src/deploying/back.ts';
import { draftOf } from '../engine/house.ts';
import { type Rig, rig } from './rig.ts';

/** What is said of an app by its name while it is being deployed: which deploy is meant, and what may be done with it. */

let at: Rig;
afterEach(() => at?.close());

test('what runs is meant before what waits behind it, and what is taken back is not offered to be', async () => {
  at = await rig({ replicas: 1, minimum: 1, bake: 600_000 });
  const [plan, other] = [await at.plan(), await at.plan({ image: '1.2.0' })];
  const running = await at.begin(plan);
  await at.until(running, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
  );
  await at.engine.propose(draftOf(other));
  expect(await deployOf(at.look, 'store')).toMatchObject({ id: running, status: 'running' });
  await at.engine.cancel(running, { kind: 'terminal', user: 'ana' });
  await at.until(running, ({ status }) => status === 'undoing');
  await expect(at.plan()).rejects.toMatchObject({
    message: expect.stringContaining(`store is being deployed already: ${running}`),
    hint: 'Wait for it: it is being taken back.',
  });
});

test('nor is what is too late to be taken back', async () => {
  at = await rig({ replicas: 1, minimum: 1 });
  const deploy = await at.begin(await at.plan());
  await at.until(deploy, ({ plan, steps }) => isBeyond(plan, steps));
  await expect(at.plan()).rejects.toMatchObject({ hint: 'Wait for it: it is too late to take it back.' });
});
