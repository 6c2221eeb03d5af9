import { afterEach, expect, test } from 'vitest';
import { deployOf } from '../../src/deploying/back.ts';
import { draftOf } from '../engine/house.ts';
import { type Rig, rig } from './rig.ts';

/** Which deploy is meant by the name of its app, where there are several. */

let at: Rig;
afterEach(() => at?.close());

test('what runs is meant before what waits behind it', async () => {
  at = await rig({ bake: 600_000 });
  const [plan, other] = [await at.plan(), await at.plan({ image: '1.2.0' })];
  const running = await at.begin(plan);
  await at.until(running, ({ status }) => status === 'running');
  await at.engine.propose(draftOf(other));
  expect(await deployOf(at.look, 'store')).toMatchObject({ id: running, status: 'running' });
  await at.engine.cancel(running, { kind: 'terminal', user: 'ana' });
  await at.until(running);
});
