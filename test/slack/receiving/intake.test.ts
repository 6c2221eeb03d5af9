import { expect, it } from 'vitest';
import { stages, until } from '../kit.ts';

/** What is said once is done once. */

const curtain = stages();

it.each(['same', 'new'])('a delivery that Slack repeats as the %s envelope', async (as) => {
  const s = await curtain();
  await s.post('/faults', { kind: 'duplicate', type: '*', as, count: 2 });
  await s.types('ana', 'ops', 'stop web-1');
  await s.types('ana', 'ops', 'hello');
  await until(async () => (await s.ephemeral('ana')).length > 0 && (await s.messages('ops')).length > 0);
  await until(async () => (await s.inbox.takeOver(0)).length === 0);
  expect(s.house.handled.map(({ line }) => line)).toEqual(['stop web-1', 'hello']);
  expect(await s.messages('ops')).toHaveLength(1);
});

it('is recorded before it is acknowledged where it may change something, and after it where it asks', async () => {
  const s = await curtain();
  const order: string[] = [];
  const { claimAll } = s.inbox;
  s.inbox.claimAll = async (deliveries) => {
    // longer than any acknowledgement takes
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const { key } of deliveries) order.push(`recorded a ${key.split(' ')[0]}`);
    return claimAll(deliveries);
  };
  const bothHappened = (count: number) => until(async () => order.length === count);
  await s.types('ana', 'ops', 'stop web-1');
  order.push('acknowledged');
  expect(order).toEqual(['recorded a command', 'acknowledged']);
  const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
  await s.post('/click', { user: 'ben', channel: 'ops', ts: posted?.ts, action: 'Approve' });
  order.push('acknowledged');
  await bothHappened(4);
  expect(order.slice(2)).toEqual(['recorded a press', 'acknowledged']);
  await s.types('ana', 'ops', 'list 5');
  order.push('acknowledged');
  await bothHappened(6);
  expect(order.slice(4)).toEqual(['acknowledged', 'recorded a command']);
});

it('is acknowledged in time and done all the same where recording it takes long', async () => {
  const s = await curtain();
  const { claimAll } = s.inbox;
  s.inbox.claimAll = async (deliveries) => {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    return claimAll(deliveries);
  };
  expect(await s.types('ana', 'ops', 'stop web-1')).toMatchObject({ acked: true });
  expect(s.house.handled).toEqual([]);
  await until(async () => s.house.handled.length === 1);
});

it('what is in hand is not taken up a second time, however long it takes', async () => {
  const s = await curtain();
  Object.assign(s.inbox, { lease: 40 });
  const user = s.slack.users.ana as string;
  const line = { type: 'line', line: 'stop web-1', user, channel: s.slack.channels.ops as string };
  // as where the process could not say in time that it is at it
  s.inbox.takeOver = async () => [{ key: 'command 1', payload: line }];
  const { handle } = s.house;
  s.house.handle = async (request) => {
    const answer = await handle.call(s.house, request);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return answer;
  };
  await s.restart();
  await until(async () => s.house.handled.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(s.house.handled).toHaveLength(1);
});

it('what a crash left undone is done after it, and once', async () => {
  const s = await curtain();
  const user = s.slack.users.ana as string;
  const channel = s.slack.channels.ops as string;
  await s.inbox.claim('command 1', { type: 'line', line: 'share', user, channel });
  await s.inbox.claim('command 2', { type: 'from another version', user });
  await s.restart();
  const [posted] = await until(async () => (await s.messages('ops')).length > 0 && s.messages('ops'));
  expect(posted?.text).toBe('There are 2 instances.');
  await s.restart();
  await until(async () => (await s.inbox.takeOver(0)).length === 0);
  expect(s.house.handled).toHaveLength(1);
});

it('goes on when Slack recycles one socket after the other', async () => {
  const s = await curtain();
  const opened = async () => (await s.get('/requests?method=apps.connections.open')).requests.length;
  for (const reason of ['warning', 'refresh_requested']) {
    await until(async () => (await s.get('/faults')).connections === 2);
    const before = await opened();
    await s.post('/faults', { kind: 'socket', reason, connections: 1, seconds: 0 });
    expect(await s.types('ana', 'ops', `in the middle of ${reason}`)).toMatchObject({ acked: true });
    await until(async () => (await opened()) === before + 1);
  }
  await until(async () => (await s.get('/faults')).connections === 2);
  await s.post('/faults', { kind: 'socket', reason: 'gap', seconds: 0 });
  await until(async () => (await opened()) === 6 && (await s.get('/faults')).connections === 2);
  expect(await s.types('ana', 'ops', 'after a cut line')).toMatchObject({ acked: true });
  await until(() => s.house.handled.length === 3);
});
