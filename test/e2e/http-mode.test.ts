import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../sandbox/root.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, again, ask, becomes, ends, heard, states, taken, tell } from './scene.ts';

/** The same bot where Slack comes to it: the whole story over signed requests, and those that are not. */

let world: World;
beforeAll(async () => {
  const config = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8');
  world = await bootWorld({ config: config.replace('slack:\n', 'slack:\n  mode: http\n') });
});
afterAll(() => world?.stop());

test('the story: asked, refused to its author, approved, done, in one message', async () => {
  const card = await ask(world, 'stop app=shop env=dev');
  expect(card.shown).toContain('web-1');
  const own = await heard(world, 'ana', () => world.as('ana').clicks('Approve', { in: 'ops', ts: card.ts }));
  expect(own.shown).toMatch(/asked for this yourself/);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  const done = await ends(world, card);
  expect(done.text).toMatch(/ done in /);
  expect(done.buttons).toEqual([]);
  expect(await states(world, 'web')).toEqual(['STOPPED', 'STOPPED']);
  expect(await taken(world, 'web')).toHaveLength(2);
  expect(await world.channel('ops').messages()).toHaveLength(1);
});

test('a modal opens, says what is wrong with it, and is taken', async () => {
  const card = await ask(world, 'start web-1');
  await world.as('dana').clicks('Break glass…', { in: 'ops', ts: card.ts });
  const modal = await world.until(async () => (await world.as('dana').views()).at(-1), 'the modal');
  const { body } = await world.call('POST', '/control/slack/submit', {
    user: 'dana',
    view_id: String(modal.raw.id),
    values: { reason: '            ' },
  });
  expect(JSON.stringify(body)).toMatch(/at least 10/);
  await world.as('dana').submits({ reason: 'The demo starts in a minute' });
  expect((await ends(world, card)).text).toMatch(/ done in /);
  await world.channel('incidents').shows(/Break-glass/);
});

test('a delivery that Slack sends again is done once', async () => {
  const card = await ask(world, 'stop web-1');
  await world.slack.faults({ kind: 'duplicate', type: '*', as: 'new' });
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  const done = await becomes(world, card, / done in /);
  expect(done.shown.match(/Approved by/g)).toHaveLength(1);
});

describe('what is not proven to be from Slack, now and for the first time, changes nothing', () => {
  const body = () =>
    new URLSearchParams({
      command: '/oci',
      text: 'stop web-2',
      user_id: String(world.info.slack.users.ana),
      team_id: 'T0LAMPLIGHT',
      channel_id: String(world.info.slack.channels.ops),
      trigger_id: '1.2.forged',
      response_url: 'http://127.0.0.1:9/none',
    }).toString();

  const send = (text: string, { secret = world.info.slack.signingSecret, age = 0 } = {}, more = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex')}`;
    return fetch(`${world.info.bot?.http}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature,
        ...more,
      },
      body: text,
    });
  };

  test.each([
    ['unsigned', () => send(body(), {}, { 'x-slack-signature': '' })],
    ['signed with another secret', () => send(body(), { secret: 'f'.repeat(32) })],
    ['stale', () => send(body(), { age: 400 })],
    ['from the future', () => send(body(), { age: -400 })],
    ['of a body that was changed', () => send(body(), {}, { 'x-slack-signature': `v0=${'0'.repeat(64)}` })],
  ])('%s', async (_, request) => {
    expect((await request()).status).toBe(401);
  });

  test('replayed', async () => {
    const help = body().replace('stop+web-2', 'help');
    expect((await send(help)).status).toBe(200);
    // the same second, the same signature
    expect([401, 200]).toContain((await send(help)).status);
    const kept = (await world.bot.log()).match(/refused a request that is not proven/g) ?? [];
    expect(kept.length).toBeGreaterThanOrEqual(5);
  });

  test('and nothing was planned or done', async () => {
    await tell(world, 'operations');
    expect(await acts(world, 'web-2')).toHaveLength(1); // of the story
    expect((await world.channel('ops').messages()).filter(({ text }) => /web-2/.test(text))).toEqual([]);
  });
});

test('the clock of the message is the message itself: it is edited, never posted again', async () => {
  const [first] = await world.channel('ops').messages();
  expect(first && (await again(world, first)).text).toMatch(/ done in /);
});
