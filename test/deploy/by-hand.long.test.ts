import { afterEach, describe, expect, test } from 'vitest';
import type { Gate } from '../../src/core/deploy/app.ts';
import type { OldInstance } from '../../src/core/deploy/scene.ts';
import type { Services } from '../../src/oci/client/services.ts';
import { bare } from '../oci/bare.ts';
import { type Rig, rig } from './rig.ts';

/** Somebody takes away what serves, in the Console, while a deploy is under way: it never makes that worse. */

let at: Rig;
afterEach(() => at?.close());

const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1', 'store-v1-2', 'store-v1-3'];
const { signal } = new AbortController();
const ben = { kind: 'terminal', user: 'ben' } as const;

async function baking(more: Parameters<typeof rig>[0] = {}): Promise<string> {
  at = await rig({ bake: 600_000, minimum: 3, ...more });
  const id = await at.begin(await at.plan());
  await at.until(id, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
  );
  return id;
}

async function inConsole(work: (services: Services, balancer: string) => Promise<unknown>): Promise<void> {
  const console = bare(at.at);
  const [place] = (await at.at.cloud.reader.deploys.survey(at.app)).places;
  await work(console.services, place?.balancer.ocid ?? '').finally(() => console.close());
  at.clock.advance(60_000);
}

const instance = async (name: string): Promise<OldInstance | undefined> =>
  (await at.at.cloud.reader.deploys.survey(at.app)).old.find(({ target }) => target.name === name);

async function deletes(...names: readonly string[]): Promise<void> {
  const ocids = await Promise.all(names.map(async (name) => (await instance(name))?.target.ocid ?? ''));
  await inConsole(async ({ containers }) => {
    for (const containerInstanceId of ocids)
      await containers.act('DeleteContainerInstance', at.app.region, signal, (client) =>
        client.deleteContainerInstance({ containerInstanceId }),
      );
  });
}

async function takesOut(name: string): Promise<void> {
  const [backend] = (await instance(name))?.backends ?? [];
  await inConsole(({ loadBalancers }, loadBalancerId) =>
    loadBalancers.act('DeleteBackend', at.app.region, signal, (client) =>
      client.deleteBackend({ loadBalancerId, backendSetName: 'store', backendName: backend?.name ?? '' }),
    ),
  );
}

describe('where what it would go back to is gone, the new ones stay', () => {
  test.each([
    ['all of it', old],
    ['part of it, and fewer than have to serve are left', ['store-1', 'store-2']],
  ])('%s', async (_, gone) => {
    const id = await baking();
    await deletes(...gone);
    await at.engine.cancel(id, ben);
    const done = await at.until(id);
    expect(done.status).toBe('failed');
    const notes = done.undo?.map(({ note = '' }) => note).join('\n');
    expect(notes).toMatch(
      /Only \d other backends? (is|are) well in store, and 3 have to be; nothing was taken away\./,
    );
    const { serving } = await at.standing();
    expect(serving.length).toBeGreaterThanOrEqual(3);
  });
});

describe('where the new ones do not serve any more, the old ones are not deleted', () => {
  test('a backend was taken out', async () => {
    const id = await baking();
    await takesOut('store-v1-2');
    await at.engine.promote(id, { by: ben, key: '1' });
    const done = await at.until(id);
    expect(done.because).toMatch(/only 2 of store in store-lb are well and in traffic, and 3 have to be/);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual({ up: old, serving: old });
  });

  test('and a gate of their health says so at once', async () => {
    const gate: Gate = {
      name: 'backends',
      type: 'health',
      every: 1_000,
      delay: 0,
      failures: 2,
      observeOnly: false,
    };
    const id = await baking({ gates: [gate] });
    await takesOut('store-v1-2');
    const done = await at.until(id);
    expect(done.because).toMatch(/Gate backends: store-v1-2 \(10\..*:8080\) is not well/);
    expect(done.status).toBe('undone');
    expect(await at.standing()).toEqual({ up: old, serving: old });
  });
});

test('the load balancer is deleted: it ends at once, with what was made deleted again', async () => {
  at = await rig({ health: { ok: 500 } });
  const id = await at.begin(await at.plan());
  await at.until(id, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'backend.well' && state === 'running'),
  );
  await inConsole(({ loadBalancers }, loadBalancerId) =>
    loadBalancers.act('DeleteLoadBalancer', at.app.region, signal, (client) =>
      client.deleteLoadBalancer({ loadBalancerId }),
    ),
  );
  const done = await at.until(id);
  expect(done.because).toMatch(/store-lb is DELETED\./);
  expect((await at.at.find('store-v1*')).filter(({ state }) => state !== 'DELETED')).toEqual([]);
  expect(fresh).toHaveLength(3);
});

test('a new instance is deleted while it is waited for: it ends at once, with all as it was', async () => {
  at = await rig({ health: { ok: 500 } }, { traffic: true });
  const id = await at.begin(await at.plan());
  await at.until(id, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'backend.well' && state === 'running'),
  );
  await deletes('store-v1-1');
  const done = await at.until(id);
  const wait = done.steps.find(({ step, state }) => step.verb === 'backend.well' && state === 'failed');
  expect(wait?.note).toMatch(/^store-v1-1 is DELET(ING|ED)\.$/);
  expect(done.status).toBe('undone');
  expect(await at.standing()).toEqual({ up: old, serving: old });
});
