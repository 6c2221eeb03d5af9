import { afterEach, describe, expect, test } from 'vitest';
import type { ContainerTemplate, Gate } from '../../src/core/deploy/app.ts';
import { bare } from '../oci/bare.ts';
import { type Rig, rig } from './rig.ts';
import { storeApp } from './shop.ts';

/** What goes wrong with what is deployed, by images that do not do well, and what Oracle Cloud refuses. */

let at: Rig;
afterEach(() => at?.close());

const old = ['store-1', 'store-2', 'store-3'];
const before = { up: old, serving: old };
const repository = 'fra.ocir.io/lamplight/store';

/** The clock runs 400 times as fast: what is to succeed gets more than a busy machine may take. */
const ample = { create: 1_200_000, healthy: 1_200_000, remove: 1_200_000 };

async function withImage(tag: string, more: Parameters<typeof rig>[0] = {}): Promise<void> {
  at = await rig({ within: ample, ...more }, { traffic: true });
  await at.push(`${repository}:${tag}`);
}

function hook(image: string): { readonly container: ContainerTemplate; readonly within: number } {
  const [first] = storeApp().instance.containers;
  if (!first) throw new Error('no container');
  return { container: { ...first, name: 'before', image }, within: 1_200_000 };
}

describe('an image that does not do well is taken back', () => {
  test.each([
    [
      '2.0.0-never-healthy',
      /^store-v1-\d was not healthy in .* within 1 min: no node of the load balancer says OK: .* another status .*INVALID_STATUS_CODE/,
    ],
    ['2.0.0-slow-start-5m', /no node of the load balancer says OK/],
    // OCI says it twice
    ['2.0.0-missing', /^(?!.*could not be pulled.*could not be pulled).*could not be pulled/],
  ])('%s', async (tag, because) => {
    await withImage(tag, { within: { ...ample, healthy: 60_000 } });
    const done = await at.run(await at.plan({ image: tag }));
    expect(done.because).toMatch(because);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual(before);
  });

  test('one that dies while it bakes', async () => {
    const gates: readonly Gate[] = [
      { name: 'backends', type: 'health', every: 1_000, delay: 0, failures: 2, observeOnly: false },
    ];
    // one that comes up again at once may go unnoticed, as it does by OCI's own checks
    const instance = { ...storeApp().instance, restartPolicy: 'NEVER' } as const;
    await withImage('2.0.0-crash-30m', { bake: 7_200_000, gates, instance });
    const done = await at.run(await at.plan({ image: '2.0.0-crash-30m' }));
    expect(done.because).toMatch(/Gate backends: .* not well/);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual(before);
  });

  test('one whose health checker somebody has misconfigured', async () => {
    await withImage('2.0.0', { health: { ok: 10_000 } });
    const id = await at.begin(await at.plan({ image: '2.0.0' }));
    await at.until(id, ({ steps }) =>
      steps.some(({ step, state }) => step.verb === 'backend.well' && state === 'running'),
    );
    const console = bare(at.at);
    const [place] = (await at.at.cloud.reader.deploys.survey(at.app)).places;
    const { signal } = new AbortController();
    await console.services.loadBalancers.act('UpdateHealthChecker', at.app.region, signal, (client) =>
      client.updateHealthChecker({
        loadBalancerId: place?.balancer.ocid ?? '',
        backendSetName: 'store',
        healthChecker: {
          protocol: 'HTTP',
          urlPath: '/healthz',
          port: 8080,
          intervalInMillis: 10_000,
          timeoutInMillis: 3_000,
          retries: 3,
          returnCode: 204,
          responseBodyRegex: '',
        },
      }),
    );
    console.close();
    const done = await at.until(id);
    expect(done.because).toMatch(/another status than that wants \(INVALID_STATUS_CODE\)/);
  });

  test('one that takes its time is waited for', async () => {
    await withImage('2.0.0-slow-start-20s');
    expect((await at.run(await at.plan({ image: '2.0.0-slow-start-20s' }))).status).toBe('succeeded');
  });
});

describe('a hook', () => {
  test('runs to its end before anything is made, and is deleted', async () => {
    await withImage('2.0.0', { before: hook('fra.ocir.io/lamplight/migrate:1-exit-0') });
    const plan = await at.plan({ image: '2.0.0' });
    const done = await at.run(plan);
    expect(done.status).toBe('succeeded');
    expect(done.steps.find(({ step }) => step.verb === 'container-instance.ended')?.note).toMatch(
      /^exit code 0\./,
    );
    const hooks = (await at.at.find('store-v1-before')).filter(({ state }) => state !== 'DELETED');
    expect(hooks).toEqual([]);
  });

  test('that fails ends the deploy before anything serves', async () => {
    await withImage('2.0.0', { before: hook('fra.ocir.io/lamplight/migrate:1-exit-3') });
    const done = await at.run(await at.plan({ image: '2.0.0' }));
    expect(done.because).toMatch(/It ended with exit code 3\./);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual(before);
    const left = (await at.at.find('store-v1*')).filter(({ state }) => state !== 'DELETED');
    expect(left).toEqual([]);
  });
});

describe('a metric', () => {
  const gate = {
    name: 'errors',
    type: 'metric',
    namespace: 'shop',
    query: 'Errors[1m].grouping().sum()',
    pass: { is: '<', value: 5 },
    fail: { is: '>=', value: 20 },
    every: 10_000,
    delay: 0,
    failures: 0,
    observeOnly: false,
  } as const;
  const tell = (value: number) =>
    at.control('/metrics', {
      region: 'eu-frankfurt-1',
      compartment: 'store',
      namespace: 'shop',
      name: 'Errors',
      dimensions: { app: 'store' },
      points: [0, 1, 2].map((ago) => ({
        value,
        count: 1,
        at: new Date(at.clock.now() - ago * 60_000).toISOString(),
      })),
    });
  const holding = () => at.until(id, ({ steps }) => steps.some(({ asks }) => asks !== undefined));
  let id = '';
  const begin = async (more: Partial<typeof gate> = {}) => {
    at = await rig({ bake: 60_000, gates: [{ ...gate, ...more }] });
    id = await at.begin(await at.plan());
  };

  test('that has no data is asked about, and goes on when somebody says so', async () => {
    await begin();
    const asking = await holding();
    expect(asking.steps.find(({ asks }) => asks)?.asks).toMatch(/errors: no data/);
    await at.engine.promote(id, { by: { kind: 'terminal', user: 'ben' }, key: '1' });
    expect((await at.until(id)).status).toBe('succeeded');
  });

  test('that lies between passing and failing is asked about, and ends the deploy when it fails meanwhile', async () => {
    await begin();
    await holding();
    await tell(10);
    await at.until(id, ({ steps }) => steps.some(({ asks }) => /neither passes/.test(asks ?? '')));
    await tell(200);
    const done = await at.until(id);
    expect(done.because).toMatch(/Gate errors: .* which fails at >= 20/);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual(before);
  });

  test('that is only observed decides nothing', async () => {
    at = await rig({ bake: 20_000, gates: [{ ...gate, observeOnly: true }] });
    expect((await at.run(await at.plan())).status).toBe('succeeded');
  });
});

describe('what Oracle Cloud refuses for a while is tried again', () => {
  test.each([
    ['429 when instances are made', { operation: '*.CreateContainerInstance', status: 429, count: 4 }],
    ['429 when backends are added', { operation: '*.CreateBackend', status: 429, count: 4 }],
    ['500 when backends are changed', { operation: '*.UpdateBackend', status: 500, count: 3 }],
    [
      '412 where somebody changes the load balancer at the same moment',
      { operation: '*.UpdateBackend', status: 412, code: 'NoEtagMatch', count: 2 },
    ],
    ['a lost reply of each create', { operation: '*.CreateContainerInstance', drop: 'after', count: 3 }],
    ['a lost reply of each change', { operation: '*.UpdateBackend', drop: 'after', count: 3 }],
  ])('%s', async (_, fault) => {
    at = await rig();
    const plan = await at.plan();
    await at.at.fault(fault);
    expect((await at.run(plan)).status).toBe('succeeded');
    const all = ['store-v1-1', 'store-v1-2', 'store-v1-3'];
    expect(await at.standing()).toEqual({ up: all, serving: all });
  });
});
