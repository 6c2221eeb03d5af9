import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../sandbox/root.ts';
import { bootWorld, type World } from '../support/world.ts';
import { acts, ask, becomes, ends, heard, states, taken, tell } from './scene.ts';

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

  const post = (text: string, headers: Record<string, string>) =>
    fetch(`${world.info.bot?.http}/slack/events`, { method: 'POST', headers, body: text });

  const signed = (text: string, { secret = world.info.slack.signingSecret, age = 0 } = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${text}`).digest('hex');
    return {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    };
  };

  test.each([
    ['unsigned', () => ({ ...signed(body()), 'x-slack-signature': '' })],
    ['signed with another secret', () => signed(body(), { secret: 'f'.repeat(32) })],
    ['stale', () => signed(body(), { age: 400 })],
    ['from the future', () => signed(body(), { age: -400 })],
    ['signed for another body', () => signed(body().replace('stop', 'list'))],
  ])('%s', async (_, headers) => {
    expect((await post(body(), headers())).status).toBe(401);
  });

  test('replayed', async () => {
    const help = body().replace('stop+web-2', 'help');
    const headers = signed(help);
    const refused = () => world.bot.log().match(/refused a request that is not proven/g)?.length ?? 0;
    const before = refused();
    expect((await post(help, headers)).status).toBe(200);
    expect((await post(help, headers)).status).toBe(401);
    await world.until(() => refused() === before + 1, 'the refusal in the log');
  });

  test('and nothing was planned or done', async () => {
    await tell(world, 'operations');
    expect(await acts(world, 'web-2')).toHaveLength(1); // of the story
    expect((await world.channel('ops').messages()).filter(({ text }) => /web-2/.test(text))).toEqual([]);
  });
});
