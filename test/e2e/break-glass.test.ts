import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Seen } from '../support/seen.ts';
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

/** Approvals that need two, and the way past them that everybody hears of. */

const seed = () =>
  pairs(['broken', 'unbroken', 'forged', 'over'], {
    containerInstances: ['pay', 'vote'].map((app) => ({
      name: `${app}-1`,
      region: 'eu-frankfurt-1',
      compartment: 'lab',
      tags: { app, env: 'prod' },
      containers: [{ name: 'server', image: `registry.example.com/${app}:1` }],
    })),
  });

let world: World;
beforeAll(async () => {
  world = await bootWorld({ seed: seed() });
});
afterAll(() => world?.stop());

const modalOf = (who: string, card: Seen) =>
  world.until(async () => {
    if ((await world.as(who).views()).length === 0)
      await world.as(who).clicks('Break glass…', { in: 'ops', ts: card.ts });
    return (await world.as(who).views()).at(-1);
  }, `a modal for ${who}`);

describe('two approvals', () => {
  test('are of two people; one who presses twice is one', async () => {
    const card = await ask(world, 'stop app=pay');
    expect(card.shown).toMatch(/Needs 2 approvals/);
    expect(
      (await heard(world, 'ben', () => world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts }))).shown,
    ).toMatch(/Your approval counts[\s\S]*1 more needed/);
    expect((await becomes(world, card, /Needs 1 more approval/)).buttons).toContain('Approve');
    expect((await forge(world, 'ben', card, { value: valueOn(card) })).shown).toMatch(
      /already decided; another person/,
    );
    expect(await acts(world, 'pay')).toEqual([]);

    await world.as('dana').clicks('Approve', { in: 'ops', ts: card.ts });
    const done = await becomes(world, card, / done in /);
    expect(done.shown).toMatch(/Approved by <@U0BENOKAFOR>[\s\S]*Approved by <@U0DANAWEISS>/);
    expect(await states(world, 'pay')).toEqual(['INACTIVE']);
  });

  test('one no outweighs a yes', async () => {
    const card = await ask(world, 'stop app=vote');
    await heard(world, 'ben', () => world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts }));
    await world.as('chloe').clicks('Deny', { in: 'ops', ts: card.ts });
    await becomes(world, card, /– denied/);
    expect(await acts(world, 'vote')).toEqual([]);
  });
});

describe('break-glass', () => {
  test('by a lead with a reason runs at once and is told in #incidents, to everybody, once', async () => {
    const card = await ask(world, 'stop app=broken');
    const modal = await modalOf('dana', card);
    expect(modal.shown).toMatch(/announced to everybody/);

    for (const reason of ['', 'now', '         x         ']) {
      const { body } = await world.call('POST', '/control/slack/submit', {
        user: 'dana',
        view_id: String(modal.raw.id),
        values: { reason },
      });
      expect(JSON.stringify(body), reason).toMatch(/errors|too_short|at least 10|required|min_length/);
    }
    expect((await again(world, card)).text).toMatch(/asks to stop/);

    await world.as('dana').submits({ reason: 'The <!channel> shop is on fire, see INC-7' });
    const done = await becomes(world, card, / done in /);
    expect(done.shown).toMatch(/<@U0DANAWEISS>/);
    expect(done.shown).toContain('INC-7');
    const told = await world.channel('incidents').shows(/Break-glass/);
    expect(told.shown).toMatch(/<@U0DANAWEISS> ran “Stop 2 compute instances” without approval/);
    expect(told.shown).toContain('see INC-7');
    expect(told.shown).toContain(operationOf(card));
    expect(told.shown).not.toContain('<!channel>');
    expect(
      (await world.channel('incidents').messages()).filter(({ text }) => /Break-glass/.test(text)),
    ).toHaveLength(1);
    expect(await states(world, 'broken')).toEqual(['STOPPED', 'STOPPED']);
    expect((await tell(world, `history ${operationOf(card)}`)).shown).toMatch(/break-glass/);
  });

  test('by one who may not is refused after the reason, and nobody is told', async () => {
    const card = await ask(world, 'stop app=unbroken');
    const before = (await world.channel('incidents').messages()).length;
    for (const who of ['ben', 'ana']) {
      await modalOf(who, card);
      const told = await heard(world, who, () => world.as(who).submits({ reason: 'I am in a hurry today' }));
      expect(told.shown).toMatch(/You may not break the glass/);
    }
    expect((await again(world, card)).text).toMatch(/asks to stop/);
    expect(await world.channel('incidents').messages()).toHaveLength(before);
    expect(await acts(world, 'unbroken')).toEqual([]);
  });

  test('on what is over comes too late, and nothing is announced', async () => {
    const card = await ask(world, 'stop app=over');
    const modal = await modalOf('dana', card);
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    await becomes(world, card, / done in /);
    const before = (await world.channel('incidents').messages()).length;
    const told = await heard(world, 'dana', () =>
      world.as('dana').submits({ reason: 'The shop is on fire' }, String(modal.raw.id)),
    );
    expect(told.shown).toMatch(/Too late: <@U0BENOKAFOR> approved it/);
    expect(await world.channel('incidents').messages()).toHaveLength(before);
    expect(await acts(world, 'over')).toHaveLength(2);
  });

  test('a forged submission carries no right: neither its notes nor its sender', async () => {
    const card = await ask(world, 'stop app=forged');
    const sent = await world.call('POST', '/control/slack/deliver', {
      type: 'interactive',
      payload: {
        type: 'view_submission',
        team: { id: 'T0LAMPLIGHT', domain: 'lamplighter' },
        user: { id: world.info.slack.users.eve, team_id: 'T0LAMPLIGHT' },
        trigger_id: '1.2.forged',
        view: {
          id: 'V0FORGED000',
          type: 'modal',
          callback_id: 'break-glass',
          private_metadata: JSON.stringify({ value: valueOn(card), channel: world.info.slack.channels.ops }),
          state: {
            values: { reason: { reason: { type: 'plain_text_input', value: 'Let me in, I am eve' } } },
          },
        },
      },
    });
    expect(sent.status).toBe(200);
    await tell(world, 'operations');
    await world.clock.advance('10s');
    expect((await again(world, card)).text).toMatch(/asks to stop/);
    expect(await acts(world, 'forged')).toEqual([]);
  });
});
