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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('fifty connections notice nothing of a backend that comes, one that is drained, and one that is deleted', async () => {
  const { clock } = town.cloud;
  const running = autocannon({ url: town.url(), connections: 50, duration: 4 });
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
  const seen = await town.seen();
  expect({ non2xx, errors, timeouts, reachedDeleted: seen.reachedDeleted }).toEqual({
    non2xx: 0,
    errors: 0,
    timeouts: 0,
    reachedDeleted: 0,
  });
  expect(requests.total).toBeGreaterThan(500);
  expect(seen.listeners[0]?.versions).toMatchObject({ '2': { errors: 0 } });
});
