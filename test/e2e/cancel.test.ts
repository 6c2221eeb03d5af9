import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import {
  acts,
  ask,
  becomes,
  ends,
  forge,
  heard,
  operationOf,
  pairs,
  states,
  taken,
  tell,
  valueOn,
} from './scene.ts';

/** Calling it off before and while it runs, and two operations that want the same target. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    seed: pairs(['waits', 'button', 'runs', 'sent', 'bens', 'over', 'held', 'queued', 'parked']),
  });
});
afterAll(() => world?.stop());
afterEach(() => world.call('DELETE', '/control/oci/faults'));

const approve = (card: Seen) => world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });

/** OCI takes no action on the first of the two for as long as it is not told otherwise. */
const throttle = (name: string) =>
  world.oci.faults({ operation: 'Compute.InstanceAction', resource: `${name}-1`, status: 429, for: '1h' });

const untouched = async (name: string) => {
  expect(await acts(world, name)).toEqual([]);
  expect(await states(world, name)).toEqual(['RUNNING', 'RUNNING']);
};

describe('before it runs', () => {
  test('by a line with a reason; an approval afterwards does not revive it', async () => {
    const card = await ask(world, 'stop app=waits');
    const value = valueOn(card);
    await tell(world, `cancel ${operationOf(card)} --because "wrong environment"`);
    const end = await becomes(world, card, /– cancelled, 0 of 2 done/);
    expect(end.shown).toMatch(/<@U0ANAPETROV>[\s\S]*wrong environment/);
    expect(end.buttons).toEqual([]);
    expect((await forge(world, 'ben', card, { value })).shown).toMatch(/cancelled before it was decided/);
    await untouched('waits');
  });

  test('by the button', async () => {
    const card = await ask(world, 'stop app=button');
    await world.as('ana').clicks('Cancel', { in: 'ops', ts: card.ts });
    await becomes(world, card, /– cancelled/);
    await untouched('button');
  });

  test('not by one who neither asked nor is asked, and not what is not there or over', async () => {
    const card = await ask(world, 'stop app=bens', { by: 'ben' });
    const id = operationOf(card);
    expect((await tell(world, `cancel ${id}`)).shown).toMatch(/is not yours to cancel/);
    const clicked = await heard(world, 'ana', () =>
      world.as('ana').clicks('Cancel', { in: 'ops', ts: card.ts }),
    );
    expect(clicked.shown).toMatch(/is not yours to cancel/);
    expect((await tell(world, `cancel ${id}`, { by: 'eve' })).shown).not.toMatch(/cancelled/);
    expect((await tell(world, 'cancel op-4711')).shown).toMatch(/There is no operation op-4711/);
    await world.as('chloe').clicks('Approve', { in: 'ops', ts: card.ts });
    await becomes(world, card, / done in /);
    expect((await tell(world, `cancel ${id}`, { by: 'ben' })).shown).toMatch(/is over: it succeeded/);
  });
});

describe('while it runs', () => {
  test('what OCI has not taken is not sent again, what it has taken is seen to its end', async () => {
    const card = await ask(world, 'stop app=runs');
    await throttle('runs');
    await approve(card);
    await world.until(async () => {
      const all = await acts(world, 'runs');
      return all.some(({ status }) => status === 429) && all.some(({ status }) => status === 200);
    }, 'one that was taken and one that was not');
    await world
      .as('ana')
      .clicks('Cancel', { in: 'ops', ts: card.ts }, { force: true, value: operationOf(card) });
    const end = await ends(world, card);
    expect(end.text).toMatch(/– cancelled, 1 of 2 done/);
    expect(end.shown).toMatch(/Skipped · \*runs-1[\s\S]*cancelled before OCI took it/);
    expect((await states(world, 'runs')).toSorted()).toEqual(['RUNNING', 'STOPPED']);
    expect(await taken(world, 'runs')).toHaveLength(1);
  });

  test('what was all sent is done, and says so', async () => {
    const card = await ask(world, 'stop app=sent');
    await approve(card);
    await world.until(async () => (await taken(world, 'sent')).length === 2, 'both actions');
    await tell(world, `cancel ${operationOf(card)}`);
    const end = await ends(world, card);
    expect(end.text).toMatch(/ done in /);
    expect(await states(world, 'sent')).toEqual(['STOPPED', 'STOPPED']);
  });

  test('a bot that stops parks what runs, and the next one goes on; nothing is sent twice', async () => {
    const card = await ask(world, 'stop app=parked');
    await approve(card);
    await world.until(async () => (await taken(world, 'parked')).length === 2, 'both actions');
    await world.bot.restart();
    expect((await ends(world, card)).text).toMatch(/ done in /);
    expect(await taken(world, 'parked')).toHaveLength(2);
  });
});

describe('a second operation on the same target', () => {
  test('is queued, names the holder, and is void when the first has changed what its card said', async () => {
    const first = await ask(world, 'stop app=held');
    const second = await ask(world, 'restart app=held');
    await throttle('held');
    await approve(first);
    await world.until(async () => (await acts(world, 'held')).length > 0, 'the first to run');
    await approve(second);
    const queued = await becomes(world, second, /– queued/, { step: '1s' });
    expect(queued.shown).toContain(
      `Waiting for ${operationOf(first)} (Stop 2 compute instances), which holds held-`,
    );
    expect(queued.buttons).toEqual(['Cancel']);
    expect((await tell(world, 'operations')).shown).toMatch(/queued/);

    await world.call('DELETE', '/control/oci/faults');
    expect((await ends(world, first)).text).toMatch(/ done in /);
    expect((await ends(world, second)).text).toMatch(/– void/);
    expect(await taken(world, 'held')).toHaveLength(2);
  });

  test('can be called off while it is queued, and leaves the first alone', async () => {
    const first = await ask(world, 'stop app=queued');
    const second = await ask(world, 'restart app=queued');
    await throttle('queued');
    await approve(first);
    await world.until(async () => (await acts(world, 'queued')).length > 0, 'the first to run');
    await approve(second);
    await becomes(world, second, /– queued/, { step: '1s' });
    await world.as('ana').clicks('Cancel', { in: 'ops', ts: second.ts });
    await becomes(world, second, /– cancelled/, { step: '1s' });
    await world.call('DELETE', '/control/oci/faults');
    expect((await ends(world, first)).text).toMatch(/ done in /);
  });
});

test('a message that somebody deleted comes again when there is news', async () => {
  const card = await ask(world, 'stop app=over');
  await world.call('DELETE', `/control/slack/channels/ops/messages/${card.ts}`);
  expect((await tell(world, 'approvals', { by: 'ben' })).shown).toContain(operationOf(card));
  await tell(world, `cancel ${operationOf(card)}`);
  const end = await world.until(async () => {
    await world.clock.advance('5s');
    return (await world.channel('ops').messages()).find(({ shown }) =>
      shown.includes(`\`${operationOf(card)}\``),
    );
  }, 'a new message');
  expect(end.text).toMatch(/– cancelled/);
  await untouched('over');
});
