import autocannon from 'autocannon';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ocidOf } from '../oci/cloud.ts';
import { image, type Street, street } from './street.ts';

let town: Street;
beforeAll(async () => {
  town = await street({
    instances: { 'store-1': image('1'), 'store-2': image('1'), 'store-3': image('2') },
    apart: ['store-3'],
  });
});
afterAll(() => town.close());

/** A new connection for each request. */
async function comeAnew(isOver: Promise<boolean>): Promise<number[]> {
  const statuses: number[] = [];
  while (!(await Promise.race([isOver, pause(5).then(() => false)])))
    statuses.push((await town.get('/')).status);
  return statuses;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('fifty kept connections, and those who come anew, notice nothing of a backend that comes, one that is drained, and one that is deleted', async () => {
  const { clock } = town.cloud;
  const running = autocannon({ url: town.url(), connections: 50, duration: 4 });
  const isOver = running.then(() => true);
  const comers = Promise.all([comeAnew(isOver), comeAnew(isOver)]);
  await pause(300);
  await town.add('store-3');
  clock.advance(10_000);
  await pause(500);
  await town.update('store-1', { drain: true });
  await pause(500);
  clock.advance(60_000);
  await town.remove('store-1');
  await pause(300);
  const containerInstanceId = await ocidOf(town.cloud, 'store-1');
  await town.sdk.containers.deleteContainerInstance({ containerInstanceId });
  await pause(300);
  clock.advance(20_000);
  const { non2xx, errors, timeouts, requests } = await running;
  const statuses = (await comers).flat();
  const { reachedDeleted, listeners } = await town.seen();
  expect({ non2xx, errors, timeouts, reachedDeleted }).toEqual({
    non2xx: 0,
    errors: 0,
    timeouts: 0,
    reachedDeleted: 0,
  });
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(Math.min(requests.total, statuses.length)).toBeGreaterThan(10);
  expect(listeners[0]?.versions).toMatchObject({ '2': { errors: 0 } });
});
