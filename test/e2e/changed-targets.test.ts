import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fields, Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, again, ask, ends, members, operationOf, pairs, tell, valueOn } from './scene.ts';

/** An approval holds for what the card said. What changed since in the cloud voids it, and nothing is touched. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    seed: pairs(['state', 'name', 'gone', 'tag', 'etag', 'behind', 'twin', 'done']),
  });
});
afterAll(() => world?.stop());

/** Somebody else changes the first of the two behind everybody's back. */
async function edit(name: string, change: Fields): Promise<void> {
  const [first] = await members(world, name);
  const { status } = await world.call('POST', `/control/oci/resources/${first?.ocid}`, change);
  expect(status).toBe(200);
}

const approve = (card: Seen) => world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });

describe('between the card and the approval', () => {
  test.each([
    ['state', { state: 'STOPPED' }, /state-1 is now STOPPED, the card said RUNNING/],
    ['name', { name: 'somebody-elses' }, /name-1 is now called somebody-elses/],
    ['gone', { state: 'TERMINATED' }, /gone-1 is (now TERMINATED|gone)/],
  ] as const)(
    '%s: the plan is void, and the other instance is left alone too',
    async (name, change, because) => {
      const pair = (await members(world, name)).map(({ ocid }) => ocid);
      const card = await ask(world, `stop app=${name}`);
      await edit(name, change);
      await approve(card);
      const end = await ends(world, card);
      expect(end.text).toMatch(/void: what it was planned on has changed since\. Nothing was changed/);
      expect(end.shown).toMatch(because);
      expect(end.buttons).toEqual([]);
      const sent = (await world.oci.requests()).filter(
        ({ method, resource }) => method !== 'GET' && pair.includes(String(resource)),
      );
      expect(sent).toEqual([]);
    },
  );

  test('a tag is not on the card: it voids nothing', async () => {
    const card = await ask(world, 'stop app=tag');
    await edit('tag', { freeformTags: { app: 'tag', env: 'dev', note: 'seen' } });
    await approve(card);
    expect((await ends(world, card)).text).toMatch(/ done in /);
  });

  test('the same card twice: the second finds what the first has done', async () => {
    const first = await ask(world, 'stop app=twin');
    const second = await ask(world, 'stop app=twin');
    expect(operationOf(second)).not.toBe(operationOf(first));
    expect(valueOn(second).split(':')[1]).toBe(valueOn(first).split(':')[1]);
    await approve(first);
    // a press is answered before it is decided
    await world.until(
      async () => !/asks to/.test((await again(world, first)).text),
      'the first to be approved',
    );
    await world.as('chloe').clicks('Approve', { in: 'ops', ts: second.ts });
    expect((await ends(world, first)).text).toMatch(/ done in /);
    const end = await ends(world, second);
    expect(end.text).toMatch(/void/);
    expect(end.shown).toMatch(/twin-1 is now STOP(PED|PING), the card said RUNNING/);
    expect(await acts(world, 'twin')).toHaveLength(2);
  });
});

describe('between the look and the act', () => {
  test('an etag that no longer matches stops that step: OCI says 412, and it is not tried with a new one', async () => {
    const card = await ask(world, 'stop app=etag');
    await world.oci.faults({
      operation: 'Compute.InstanceAction',
      resource: 'etag-1',
      status: 429,
      count: 1,
      retryAfter: 3,
    });
    await approve(card);
    await world.until(
      async () => (await acts(world, 'etag')).some(({ status }) => status === 429),
      'the 429',
    );
    await edit('etag', { freeformTags: { app: 'etag', env: 'dev', owner: 'somebody else' } });
    const end = await ends(world, card);
    expect(end.text).toMatch(/failed, 1 of 2 done/);
    expect(end.shown).toMatch(/etag-1[\s\S]*changed since it was approved; plan it again/);
    const [first, second] = await members(world, 'etag');
    expect([first?.state, second?.state]).toEqual(['RUNNING', 'STOPPED']);
    const sent = await acts(world, 'etag');
    expect(sent.filter(({ status }) => status === 412)).toHaveLength(1);
    for (const { ifMatch } of sent) expect(ifMatch).toBeTruthy();
  });
});

describe('after it was sent', () => {
  test('what somebody else ends meanwhile has failed, and says so', async () => {
    const card = await ask(world, 'stop app=behind');
    await world.oci.faults({ operation: 'Compute.InstanceAction', resource: 'behind-1', stuck: true });
    await approve(card);
    await world.until(async () => (await acts(world, 'behind')).length === 2, 'both actions');
    await edit('behind', { state: 'TERMINATING' });
    const end = await ends(world, card);
    expect(end.text).toMatch(/failed, 1 of 2 done/);
    expect(end.shown).toMatch(/behind-1[\s\S]*somebody ended it meanwhile/);
  });

  test('a plan without anything left to do asks nobody', async () => {
    await edit('done', { state: 'STOPPED' });
    const [, second] = await members(world, 'done');
    await world.call('POST', `/control/oci/resources/${second?.ocid}`, { state: 'STOPPED' });
    const told = await tell(world, 'stop app=done');
    expect(told.shown).toMatch(
      /Nothing to do: everything already is as you want it[\s\S]*done-1[\s\S]*already stopped/,
    );
    expect(await acts(world, 'done')).toEqual([]);
  });
});
