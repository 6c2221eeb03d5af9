import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import autocannon from 'autocannon';
import { expect, it } from 'vitest';
import { ocidOf } from '../oci/cloud.ts';
import { image, type Street, street } from './street.ts';

/** One instance beside the old one, then in its place: as a deploy does it, by the clock on the wall. */
async function replace(town: Street, old: string, fresh: string): Promise<void> {
  const { sdk, cloud } = town;
  const containerInstanceId = await ocidOf(cloud, old);
  const { containerInstance: before } = await sdk.containers.getContainerInstance({ containerInstanceId });
  const { vnic } = await sdk.network.getVnic({ vnicId: before.vnics[0]?.vnicId ?? '' });
  const { compartmentId, availabilityDomain, shape } = before;
  await sdk.containers.createContainerInstance({
    createContainerInstanceDetails: {
      displayName: fresh,
      compartmentId,
      availabilityDomain,
      shape,
      shapeConfig: { ocpus: 1, memoryInGBs: 4 },
      containers: [{ displayName: 'main', imageUrl: image('2-slow-10ms') }],
      vnics: [{ subnetId: vnic.subnetId ?? '' }],
      gracefulShutdownTimeoutInSeconds: 5,
    },
  });
  await pause(2_300);
  await town.add(fresh);
  while ((await town.health(fresh)).status !== 'OK') await pause(50);
  await town.update(old, { drain: true });
  await pause(300);
  await town.remove(old);
  await sdk.containers.deleteContainerInstance({ containerInstanceId });
}

/** Fifty connections that ask as fast as they are answered. */
function crowd(url: string): { goHome(): Promise<autocannon.Result> } {
  let stop = () => {};
  const result = new Promise<autocannon.Result>((resolve, reject) => {
    const options = { url, connections: 50, duration: 600 };
    const running = autocannon(options, (error, found) => (error ? reject(error) : resolve(found)));
    stop = () => running.stop();
  });
  return {
    goHome: () => {
      stop();
      return result;
    },
  };
}

it('nobody notices that every instance is replaced, one after the other', async () => {
  const names = ['store-1', 'store-2', 'store-3'];
  const town = await street({
    instances: Object.fromEntries(names.map((name) => [name, image('1')])),
    times: 'fast',
    checkEvery: 1,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const people = crowd(town.url());
  const posts: number[] = [];
  const isOver = new AbortController();
  const posting = (async () => {
    while (!isOver.signal.aborted)
      posts.push((await town.get('/orders', { agent, method: 'POST', body: 'x'.repeat(2_000) })).status);
  })();
  for (const name of names) await replace(town, name, `fresh-${name}`);
  await pause(1_500);
  isOver.abort();
  await posting;
  const { non2xx, errors, timeouts } = await people.goHome();
  const { reachedDeleted, listeners } = await town.seen();
  expect({ non2xx, errors, timeouts, reachedDeleted }).toEqual({
    non2xx: 0,
    errors: 0,
    timeouts: 0,
    reachedDeleted: 0,
  });
  expect(posts.filter((status) => status !== 200)).toEqual([]);
  expect(listeners[0]?.errors.total).toBe(0);
  expect(listeners[0]?.backends.map(({ version }) => version)).toEqual(names.map(() => '2-slow-10ms'));
  agent.destroy();
  await town.close();
});
