import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ocidOf } from '../oci/cloud.ts';
import { image, type Street, street } from './street.ts';
import { talk } from './talk.ts';

let town: Street;
let loadBalancerId: string;
beforeAll(async () => {
  town = await street({ instances: { 'store-1': image('1'), 'store-2': image('1') } });
  loadBalancerId = await ocidOf(town.cloud, 'lb');
});
beforeEach(() => town.cloud.reset());
afterAll(() => town.close());

const listener = (details: object) => ({
  loadBalancerId,
  listenerName: 'http',
  updateListenerDetails: { defaultBackendSetName: 'set', port: 80, protocol: 'HTTP', ...details },
});
const change = async (details: object) => {
  await town.sdk.balancers.updateListener(listener(details));
  town.cloud.clock.advance(8_000);
  await town.cloud.traffic?.ready();
};

describe('a listener', () => {
  it('gives up on a backend that says nothing for its idle timeout', async () => {
    await change({ connectionConfiguration: { idleTimeout: 5 } });
    const answer = town.get('/?wait=600000');
    await town.underWay(1);
    town.cloud.clock.advance(6_000);
    expect(await answer).toMatchObject({ status: 504 });
    expect((await town.listener()).statuses).toEqual({ '504': 1 });
  });

  it('keeps its loopback port over a reset and a change of its port', async () => {
    const before = town.url();
    await change({ port: 8081 });
    town.cloud.reset();
    expect(town.url()).toBe(before);
  });

  it('keeps it over a restart where it is free', async () => {
    const instances = { 'store-1': image('1') };
    const first = await street({ instances });
    const [state, url] = [first.cloud.snapshot(), first.url()];
    await first.close();
    const second = await street({ instances, state });
    expect(second.url()).toBe(url);
    const third = await street({ instances, state });
    expect(third.url()).not.toBe(url);
    expect(await third.get('/')).toMatchObject({ status: 200 });
    await Promise.all([second.close(), third.close()]);
  });

  it('is opened and closed as it comes and goes', async () => {
    await town.sdk.balancers.createListener({
      loadBalancerId,
      createListenerDetails: { name: 'more', defaultBackendSetName: 'set', port: 81, protocol: 'HTTP' },
    });
    town.cloud.clock.advance(8_000);
    await town.cloud.traffic?.ready();
    const url = town.url('lb/more');
    expect(await town.get('/', { url })).toMatchObject({ status: 200 });
    await town.sdk.balancers.deleteListener({ loadBalancerId, listenerName: 'more' });
    town.cloud.clock.advance(8_000);
    await expect(town.get('/', { url })).rejects.toThrow(/ECONNREFUSED/);
  });

  it('of TCP keeps a connection at its backend, drained or not, and cuts it when nothing is said', async () => {
    const before = new URL(town.url()).port;
    await change({ protocol: 'TCP' });
    expect(town.url()).toBe(`tcp://127.0.0.1:${before}`);
    const conversation = talk(town.url());
    const first = await conversation.ask();
    await town.update(first, { drain: true });
    expect(await conversation.ask()).toBe(first);
    const other = talk(town.url());
    expect(await other.ask()).not.toBe(first);
    other.socket.destroy();
    town.cloud.clock.advance(301_000);
    await conversation.ended;
  });
});
