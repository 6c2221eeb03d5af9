import { expect, test } from 'vitest';
import { readManifest } from '../../../sandbox/slack/app.ts';
import { world } from './support.ts';

/** The app of somebody else, as its manifest declares it. */
const manifest = JSON.stringify({
  display_information: { name: 'Ferry' },
  features: { slash_commands: [{ command: '/ferry', description: 'Crosses the river' }] },
  oauth_config: { scopes: { bot: ['commands', 'channels:history'] } },
  settings: { event_subscriptions: { bot_events: ['message.channels'] } },
});

test('another app has its own commands, scopes and events', async () => {
  const here = await world({ app: readManifest(manifest) });
  expect(await here.post('/command', { user: 'ana', channel: 'ops', text: '/ferry home' })).toMatchObject({
    error: 'dispatch_failed',
  });
  expect(await here.post('/command', { user: 'ana', channel: 'ops', text: '/oci list' })).toMatchObject({
    error: 'not_a_command',
  });
  expect(await here.api('users.list')).toMatchObject({ error: 'missing_scope', needed: 'users:read' });
  const { deliveries } = await here.post('/message', { user: 'ana', channel: 'ops', text: 'ahoy' });
  expect(deliveries).toMatchObject([{ error: 'dispatch_failed' }]);
  await here.slack.close();
});

test.each(['[]', 'null', '"text"', '{"features": {}}'])('%s is no manifest', (text) => {
  expect(() => readManifest(text)).toThrow(/manifest/);
});
