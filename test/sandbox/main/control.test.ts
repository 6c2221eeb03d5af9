import { get } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { controlApp } from '../../../sandbox/control/app.ts';
import { routesOf } from '../../../sandbox/control/near.ts';
import { about } from '../../../sandbox/control/routes.ts';
import { bootWorld, type World } from '../../support/world.ts';

/** The control API around the emulators, without a bot. Their own routes have their own tests. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ withBot: false });
});
afterAll(() => world.stop());

const page = () => new URL(world.info.page);
const raw = (path: string, init: RequestInit = {}) => fetch(new URL(path, page()), init);

test('the list of routes is what is registered, no more and no less', () => {
  const registered = routesOf(controlApp(world.sandbox)).filter((route) => route !== 'GET /');
  expect(Object.keys(about).sort()).toEqual(registered);
});

test('GET /control answers the list', async () => {
  const { body } = await world.call('GET', '/control');
  expect(body).toEqual({ ok: true, routes: about });
});

test('an unknown route is a 404 that names near ones', async () => {
  const { status, body } = await world.call('POST', '/control/clok', {});
  expect(status).toBe(404);
  expect(body.error).toBe('There is no POST /control/clok.');
  expect(body.near).toContain('POST /control/clock');
});

test('the documented path may be appended to the printed address', async () => {
  const answer = await fetch(`${world.info.control}/control/clock`);
  expect(await answer.json()).toMatchObject({ ok: true });
});

test.each(['{"advance":', '"15m"', '[1]', 'null', 'advance=15m'])('the body %s is a 400', async (body) => {
  const answer = await raw('/control/clock', { method: 'POST', body });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ ok: false, error: expect.stringMatching(/^The body /) });
});

test('a name that leads to this computer from elsewhere gets nothing', async () => {
  const status = await new Promise((resolve) => {
    get(page(), { headers: { host: 'rebound.example' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
  });
  expect(status).toBe(403);
});

test('another site cannot post, the page can', async () => {
  const body = JSON.stringify({ advance: 0 });
  const from = (origin: string) => raw('/control/clock', { method: 'POST', body, headers: { origin } });
  expect((await from('https://evil.example')).status).toBe(403);
  expect((await from('null')).status).toBe(403);
  expect((await from(`http://127.0.0.1:${Number(page().port) + 1}`)).status).toBe(403);
  expect((await from(page().origin)).status).toBe(200);
});

test('the clock moves both emulators and says where it is', async () => {
  const { body: was } = await world.call('GET', '/control/clock');
  const before = world.clock.now();
  await world.as('ana').says('before', { in: 'general' });
  const { body } = await world.call('POST', '/control/clock', { advance: '1h' });
  await world.as('ana').says('after', { in: 'general' });
  expect(body).toMatchObject({ ok: true, offset: Number(was.offset) + 3_600_000, bot_followed: true });
  expect(Number(body.ms) - before).toBeGreaterThanOrEqual(3_600_000);
  const [first, second] = (await world.channel('general').messages()).map(({ ts }) => Number(ts));
  expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(3600);
});

test('the page is told of each change as it happens', async () => {
  const stream = await raw('/events');
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  const next = async () => String((await reader?.read())?.value);
  await world.as('ben').says('hello', { in: 'shop' });
  expect(await next()).toContain('"type":"slack"');
  await world.clock.advance('1m');
  expect(await next()).toContain('"type":"clock"');
  await world.oci.faults({ operation: 'Compute.*', status: 500 });
  expect(await next()).toContain('"type":"oci"');
  await reader?.cancel();
});

test('GET /api/state has what the page is drawn from', async () => {
  const { body } = await world.call('GET', '/api/state');
  expect(body).toMatchObject({
    team: { id: 'T0LAMPLIGHT' },
    users: expect.arrayContaining([
      expect.objectContaining({ name: 'ana', role: 'engineer', isBot: false }),
      expect.objectContaining({ name: 'lamplighter', isBot: true }),
    ]),
    channels: expect.arrayContaining([
      expect.objectContaining({ name: 'ops', kind: 'channel' }),
      expect.objectContaining({ name: 'ana', kind: 'dm' }),
      expect.objectContaining({ name: 'leads-only', kind: 'private' }),
    ]),
    bot: null,
    clock: { now: expect.any(Number), offset: expect.any(Number) },
  });
});

test('without a bot, what is asked of it is refused with a sentence', async () => {
  for (const [method, given] of [['GET'], ['POST', { action: 'kill' }]] as const) {
    const { status, body } = await world.call(method, '/control/bot', given);
    expect({ status, ...body }).toEqual({
      status: 409,
      ok: false,
      error: 'This sandbox was started with --without-bot.',
    });
  }
  expect((await world.call('POST', '/control/bot', { action: 'dance' })).body.error).toMatch(/one of kill/);
});

test('a reset is a fresh start: nothing said, no fault, real time', async () => {
  await world.as('ana').says('soon gone', { in: 'ops' });
  await world.clock.advance('2h');
  await world.reset();
  expect(await world.channel('ops').messages()).toEqual([]);
  expect((await world.call('GET', '/control/oci/faults')).body.faults).toEqual([]);
  expect((await world.call('GET', '/control/clock')).body.offset).toBe(0);
});
