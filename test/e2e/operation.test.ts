import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';

/** What whoever runs the bot has to hold on to: health, readiness, metrics, an orderly stop. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

const get = (path: string) => fetch(new URL(path, world.info.bot?.http));

test('it says that it lives and that it is ready', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect(await (await get('/readyz')).json()).toEqual({ ok: true, missing: [] });
  expect((await get('/nothing-here')).status).toBe(404);
});

test('without Slack it lives and is not ready, and says why', async () => {
  await world.slack.faults({ kind: 'away', seconds: 60 });
  const reply = await world.until(async () => {
    const answer = await get('/readyz');
    return answer.status === 503 && answer;
  }, 'not to be ready');
  expect(await reply.json()).toEqual({ ok: false, missing: ['Slack is not connected'] });
  expect((await get('/healthz')).status).toBe(200);
  await world.clock.advance('2m');
  await world.until(async () => (await get('/readyz')).status === 200, 'to be ready again');
});

test('metrics count commands and calls to OCI', async () => {
  await world.as('ana').types('/oci list env=dev', { in: 'ops' });
  const text = await world.until(async () => {
    const metrics = await (await get('/metrics')).text();
    return /lamplighter_commands_total\{command="list",outcome="done"\} 1/.test(metrics) && metrics;
  }, 'the command to be counted');
  expect(text).toMatch(
    /lamplighter_oci_calls_total\{operation="ResourceSearch.SearchResources".*status="200"\}/,
  );
  expect(text).toContain('lamplighter_unsent_messages');
});

test('stopped in the middle and started, it goes on, and nothing is sent twice', async () => {
  await world.as('ana').types('/oci stop app=shop env=dev kind:vm', { in: 'ops' });
  const card = await world.channel('ops').shows(/asks to stop 2/);
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await world.channel('ops').shows(/running/);
  await world.bot.restart();
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await world.channel('ops').messages()).some(
      ({ ts, text }) => ts === card.ts && / done in /.test(text),
    );
  }, 'the message to say done');
  const actions = (await world.oci.requests()).filter(
    ({ operation }) => operation === 'Compute.InstanceAction',
  );
  expect(actions).toHaveLength(2);
});
