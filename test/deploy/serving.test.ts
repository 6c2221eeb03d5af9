import { afterEach, describe, expect, test } from 'vitest';
import type { Serving } from '../../src/core/deploy/serving.ts';
import { serves } from '../../src/core/deploy/serving.ts';
import { appNow } from '../../src/deploying/now.ts';
import { type Rig, rig } from './rig.ts';
import { networkPlaces, networkSeed } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const now = () => appNow(at.look, at.app);
const names = (instances: Serving['instances']) => instances.map(({ target }) => target.name);
const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1'];

describe('an app as it is now', () => {
  test('tells what runs though it was never deployed', async () => {
    at = await rig();
    const { serving, releases, hold, busy } = await now();
    expect(names(serving.instances)).toEqual(old);
    expect(serving.instances[0]).toMatchObject({
      image: 'fra.ocir.io/lamplight/store:1.0.0',
      target: { state: 'ACTIVE' },
      backends: [{ place: 0, health: 'OK', drain: false, offline: false, weight: 1 }],
    });
    expect(serving.instances.every((each) => serves(each, serving))).toBe(true);
    expect(serving).toMatchObject({ faults: [], others: [], places: [{ set: 'store' }] });
    expect({ releases, hold, busy }).toEqual({ releases: [], hold: undefined, busy: [] });
  });

  test('behind a network load balancer too', async () => {
    at = await rig({ places: networkPlaces() }, { seed: networkSeed });
    const { serving } = await now();
    expect(serving.instances.map(({ backends }) => backends.map(({ health }) => health))).toEqual(
      old.map(() => ['OK']),
    );
  });

  test('and by whom it was brought there, while a deploy is under way and once it is done', async () => {
    at = await rig({ bake: 600_000, replicas: 1, minimum: 1 });
    const deploy = await at.begin(await at.plan());
    await at.until(deploy, ({ steps }) =>
      steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
    );
    const meanwhile = await now();
    expect(meanwhile.busy.map(({ id, status }) => [id, status])).toEqual([[deploy, 'running']]);
    expect(meanwhile.releases[0]).toMatchObject({ version: 1, operation: deploy });
    const { serving } = meanwhile;
    expect(names(serving.instances)).toEqual([...old, ...fresh]);
    expect(names(serving.instances.filter((each) => serves(each, serving)))).toEqual(fresh);

    await at.engine.promote(deploy, { by: { kind: 'terminal', user: 'ana' }, key: '1' });
    await at.until(deploy);
    const done = await now();
    expect(done.busy).toEqual([]);
    expect(done.serving.instances.map(({ target, image }) => [target.name, image])).toEqual(
      fresh.map((name) => [
        name,
        expect.stringMatching(/^fra\.ocir\.io\/lamplight\/store@sha256:[0-9a-f]{64}$/),
      ]),
    );
  });

  test('tells what does not serve', async () => {
    at = await rig();
    const { serving } = await now();
    const [, second, third] = serving.instances;
    if (!second || !third) throw new Error('three instances');
    await at.byHand('store-1', { drain: true });
    await at.at.edit(second.target, { state: 'INACTIVE' });
    await at.at.edit(third.target, { state: 'DELETED' });
    const then = (await now()).serving;
    expect(names(then.instances)).toEqual(old.slice(0, 2));
    expect(then.others).toEqual([{ place: 0, name: third.backends[0]?.name }]);
    expect(then.instances.filter((each) => serves(each, then))).toEqual([]);
    expect(then.instances[0]?.backends).toMatchObject([{ drain: true }]);
  });

  test('tells who locked it, and that its load balancer is not there', async () => {
    at = await rig({ places: networkPlaces() });
    await at.holds.put('app:store', { kind: 'terminal', user: 'ana' }, 'the sale is on');
    const { hold, serving } = await now();
    expect(hold).toMatchObject({ name: 'app:store', because: 'the sale is on' });
    expect(serving.faults).toEqual(['No network load balancer is called store-nlb in store.']);
    expect(names(serving.instances)).toEqual(old);
  });
});
