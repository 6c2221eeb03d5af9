import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isFields } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import {
  acts,
  again,
  ask,
  becomes,
  forge,
  heard,
  operationOf,
  pairs,
  states,
  tell,
  valueOn,
} from './scene.ts';

/** Who may decide, when, how often, on what: every click is judged by what holds when it arrives. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    seed: pairs([
      'forged',
      'garbage',
      'race',
      'late',
      'twice',
      'foreign',
      'group',
      'denied',
      'withdrawn',
      'expired',
      'reminded',
    ]),
  });
});
afterAll(() => world?.stop());

const untouched = async (name: string) => {
  expect(await acts(world, name)).toEqual([]);
  expect(await states(world, name)).toEqual(['RUNNING', 'RUNNING']);
};

describe('a click that counts for nothing', () => {
  test('forged by a guest, by one who was not asked, by the requester', async () => {
    const card = await ask(world, 'stop app=forged');
    const value = valueOn(card);
    expect(value).toMatch(/^op-\d+:[0-9a-f]+$/);
    expect((await forge(world, 'eve', card, { value })).shown).toMatch(/not among those|guest/);
    expect((await forge(world, 'dana', card, { value })).shown).toMatch(/not among those who may decide/);
    expect((await forge(world, 'ana', card, { value })).shown).toMatch(/asked for this yourself/);
    expect((await again(world, card)).text).toMatch(/asks to stop/);
    await untouched('forged');
  });

  test('on another plan, on no operation, or made of garbage', async () => {
    const card = await ask(world, 'stop app=garbage');
    const id = operationOf(card);
    for (const [value, answer] of [
      [`${id}:${'0'.repeat(64)}`, /plan changed/],
      [id, /plan changed/],
      ['op-99999:abc', /no operation op-99999/i],
      ["op-1'; drop table operation; --:abc", /no operation/i],
      ['', /no operation/i],
    ] as const)
      expect((await forge(world, 'ben', card, { value })).shown, value).toMatch(answer);
    const unknown = await heard(world, 'ben', () =>
      world
        .as('ben')
        .clicks('run-anything', { in: 'ops', ts: card.ts }, { force: true, value: valueOn(card) }),
    );
    expect(unknown.shown).toMatch(/no longer in use/);
    await untouched('garbage');
  });

  test('by one who was in the group when it was asked, and is not any more', async () => {
    const card = await ask(world, 'stop app=group');
    await world.call('POST', '/control/slack/groups/oncall', { users: ['chloe'] });
    const told = await forge(world, 'ben', card, { value: valueOn(card) });
    expect(told.shown).toMatch(/not among those who may decide/);
    await world.call('POST', '/control/slack/groups/oncall', { users: ['ben', 'chloe'] });
    await untouched('group');
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    await becomes(world, card, / done in /);
  });

  test('by somebody of another workspace', async () => {
    const card = await ask(world, 'stop app=foreign');
    await forge(world, 'ben', card, { value: 'op-99999:abc' });
    const { body } = await world.call('GET', '/control/slack/deliveries');
    const last = (Array.isArray(body.deliveries) ? body.deliveries : []).filter(isFields).at(-1);
    const payload = isFields(last?.payload) ? last.payload : {};
    const [action] = Array.isArray(payload.actions) ? payload.actions.filter(isFields) : [];
    const deliver = (trigger: string, user: object) =>
      world.call('POST', '/control/slack/deliver', {
        type: 'interactive',
        payload: {
          ...payload,
          user,
          trigger_id: trigger,
          actions: [{ ...action, value: valueOn(card) }],
        },
      });
    await deliver('1.2.foreign', { id: 'U0STRANGER0', name: 'ben', team_id: 'T0ELSEWHERE' });
    await world.clock.advance('10s');
    // what arrives after it is worked on after it
    await tell(world, 'operations', { by: 'ben' });
    expect((await again(world, card)).text).toMatch(/asks to stop/);
    await untouched('foreign');
    // the same delivery of one who may
    await deliver('1.2.own', { id: String(world.info.slack.users.ben), name: 'ben', team_id: 'T0LAMPLIGHT' });
    await becomes(world, card, / done in /);
  });
});

describe('a click that is not the only one', () => {
  test('of two people at once one wins, and the other is told who', async () => {
    const card = await ask(world, 'stop app=race');
    const before = {
      ben: (await world.ephemeral('ben')).length,
      chloe: (await world.ephemeral('chloe')).length,
    };
    await Promise.all(
      ['ben', 'chloe'].map((who) =>
        world.as(who).clicks('Approve', { in: 'ops', ts: card.ts }, { force: true, value: valueOn(card) }),
      ),
    );
    const loser = await world.until(async () => {
      if ((await world.ephemeral('ben')).length > before.ben) return 'ben';
      return (await world.ephemeral('chloe')).length > before.chloe && 'chloe';
    }, 'an answer to one of the two');
    const winner = world.info.slack.users[loser === 'ben' ? 'chloe' : 'ben'];
    expect((await world.ephemeral(loser)).at(-1)?.shown).toContain(`Too late: <@${winner}> approved it`);
    const done = await becomes(world, card, / done in /);
    expect(done.shown).toContain(`Approved by <@${winner}>`);
    expect(await acts(world, 'race')).toHaveLength(2);
  });

  test('a delivery that Slack repeats is one decision, and one run', async () => {
    const card = await ask(world, 'stop app=twice');
    await world.slack.faults({ kind: 'duplicate', type: 'interactive', as: 'new' });
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    const done = await becomes(world, card, / done in /);
    expect(done.shown.match(/Approved by/g)).toHaveLength(1);
    expect(await acts(world, 'twice')).toHaveLength(2);
  });

  test('after it was done, whoever presses is told who was first, and nothing runs again', async () => {
    const card = await ask(world, 'stop app=late');
    const value = valueOn(card);
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    const done = await becomes(world, card, / done in /);
    expect(done.buttons).toEqual([]);
    for (const who of ['ben', 'chloe'])
      expect((await forge(world, who, card, { value })).shown).toMatch(
        /Too late: <@U0BENOKAFOR> approved it/,
      );
    expect(await acts(world, 'late')).toHaveLength(2);
  });
});

describe('a no', () => {
  test('of one who is asked ends it; an approval afterwards does not revive it', async () => {
    const card = await ask(world, 'stop app=denied');
    const value = valueOn(card);
    await world.as('chloe').clicks('Deny', { in: 'ops', ts: card.ts });
    const denied = await becomes(world, card, /– denied/);
    expect(denied.shown).toMatch(/Denied by <@U0CHLOEMART>/);
    expect(denied.buttons).toEqual([]);
    expect((await forge(world, 'ben', card, { value })).shown).toMatch(/Too late: <@U0CHLOEMART> denied it/);
    await untouched('denied');
  });

  test('may be said by the requester, but not by somebody who was not asked', async () => {
    const card = await ask(world, 'stop app=withdrawn');
    const told = await heard(world, 'dana', () =>
      world.as('dana').clicks('Deny', { in: 'ops', ts: card.ts }),
    );
    expect(told.shown).toMatch(/not among those who may decide/);
    await world.as('ana').clicks('Deny', { in: 'ops', ts: card.ts });
    await becomes(world, card, /– denied/);
    await untouched('withdrawn');
  });
});

describe('time', () => {
  test('reminders come to the thread, with growing gaps, and the message stays one', async () => {
    const card = await ask(world, 'stop app=reminded');
    const seenAfter = async (by: string, count: number) => {
      await world.clock.advance(by);
      return world.until(async () => {
        await world.clock.advance('1s');
        const { replies } = await again(world, card);
        return replies.length === count && replies;
      }, `${count} reminders`);
    };
    const [first] = await seenAfter('8m', 1);
    expect(first?.text).toMatch(/<!subteam\^S0ONCALL000>.*<@U0ANAPETROV> still waits for a decision/);
    await seenAfter('15m', 2);
    await seenAfter('22m', 3);
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    await becomes(world, card, / done in /);
    await world.clock.advance('2h');
    await tell(world, 'operations');
    expect((await again(world, card)).replies).toHaveLength(3);
  });

  test('an approval that comes too late is none', async () => {
    const card = await ask(world, 'stop app=expired');
    const value = valueOn(card);
    await world.clock.advance('61m');
    const expired = await becomes(world, card, /– expired before it was approved\. Nothing was changed/);
    expect(expired.buttons).toEqual([]);
    expect((await forge(world, 'ben', card, { value })).shown).toMatch(/has expired. Ask for it again/);
    await untouched('expired');
  });
});
