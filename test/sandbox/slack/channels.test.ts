import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readManifest } from '../../../sandbox/slack/app.ts';
import { listener, type World, world } from './support.ts';

/** What bots other than ours do: channels of their own, pins, bookmarks, messages for later. */

let here: World;
let client: WebClient;

beforeAll(async () => {
  here = await world({ limits: 'off' });
  client = new WebClient(here.slack.botToken, {
    slackApiUrl: here.slack.apiUrl,
    retryConfig: { retries: 0 },
  });
});
beforeEach(() => here.slack.reset());
afterAll(() => here.slack.close());

const ops = 'C0OPS000000';
const shop = 'C0SHOP00000';

describe('channels', () => {
  test('are made, described, filled, emptied, renamed, archived and brought back', async () => {
    const made = await client.conversations.create({ name: 'inc-42' });
    expect(made.channel).toMatchObject({ name: 'inc-42', creator: 'U0LAMPLIGHT', is_member: true });
    const channel = made.channel?.id ?? '';
    await client.conversations.setTopic({ channel, topic: 'Shop is down' });
    const described = await client.conversations.setPurpose({ channel, purpose: 'Find out why' });
    expect(described).toMatchObject({
      channel: { topic: { value: 'Shop is down' }, purpose: { value: 'Find out why' } },
    });
    await client.conversations.invite({ channel, users: 'U0ANAPETROV,U0BENOKAFOR' });
    await client.conversations.kick({ channel, user: 'U0BENOKAFOR' });
    expect((await client.conversations.members({ channel })).members).toEqual(['U0LAMPLIGHT', 'U0ANAPETROV']);
    await client.conversations.rename({ channel, name: 'inc-42-done' });
    await client.conversations.archive({ channel });
    await expect(client.chat.postMessage({ channel, text: 'x' })).rejects.toThrow('is_archived');
    await client.conversations.unarchive({ channel });
    expect(await client.conversations.mark({ channel, ts: '1.000001' })).toMatchObject({ ok: true });
    expect((await client.conversations.info({ channel })).channel).toMatchObject({ name: 'inc-42-done' });
    expect(await client.conversations.leave({ channel })).toMatchObject({ ok: true });
    expect(await client.conversations.leave({ channel })).toMatchObject({ ok: true, not_in_channel: true });
  });

  test.each([
    ['create', { name: 'ops' }, 'name_taken'],
    ['create', { name: 'No Spaces' }, 'invalid_name_specials'],
    ['create', { name: 'x'.repeat(81) }, 'invalid_name_maxlength'],
    ['create', {}, 'invalid_name_required'],
    ['archive', { channel: 'C0GENERAL00' }, 'cant_archive_general'],
    ['unarchive', { channel: ops }, 'not_archived'],
    ['kick', { channel: shop, user: 'U0EVENOVAK0' }, 'not_in_channel'],
    ['kick', { channel: shop, user: 'U0LAMPLIGHT' }, 'cant_kick_self'],
    ['leave', { channel: 'C0GENERAL00' }, 'cant_leave_general'],
    ['setTopic', { channel: 'C0RANDOM000', topic: 'x' }, 'not_in_channel'],
    ['setTopic', { channel: ops, topic: 'x'.repeat(251) }, 'too_long'],
    ['rename', { channel: 'D0ANAPETROV', name: 'x' }, 'method_not_supported_for_channel_type'],
    ['open', { users: 'U0ANAPETROV,U0LAMPLIGHT' }, 'cannot_dm_bot'],
    ['open', { users: 'U0ANAPETROV,U0NOBODY000' }, 'user_not_found'],
    ['open', { users: Array.from({ length: 9 }, (_, n) => `U${n}`).join() }, 'too_many_users'],
    ['mark', { channel: ops, ts: 'now' }, 'invalid_timestamp'],
  ])('%s with %o is %s', async (method, args, error) => {
    expect(await here.api(`conversations.${method}`, args)).toMatchObject({ ok: false, error });
  });

  test('an invitation of several fails as a whole, and says who stands against it', async () => {
    const users = 'U0EVENOVAK0,U0ANAPETROV,U0NOBODY000';
    expect(await here.api('conversations.invite', { channel: shop, users })).toMatchObject({
      error: 'already_in_channel',
      errors: [
        { ok: false, user: 'U0ANAPETROV', error: 'already_in_channel' },
        { ok: false, user: 'U0NOBODY000', error: 'user_not_found' },
      ],
    });
    expect((await client.conversations.members({ channel: shop })).members).not.toContain('U0EVENOVAK0');
  });

  test('a private channel needs the scope of its kind', async () => {
    const text = JSON.stringify({
      display_information: { name: 'Poor' },
      oauth_config: { scopes: { bot: ['channels:manage'] } },
    });
    const poor = await world({ app: readManifest(text) });
    expect(await poor.api('conversations.create', { name: 'open' })).toMatchObject({ ok: true });
    expect(await poor.api('conversations.create', { name: 'closed', is_private: true })).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:write',
    });
    await poor.slack.close();
  });

  test('are listed for a person, as far as the app sees them', async () => {
    const of = async (user?: string) =>
      (await client.users.conversations(user ? { user } : {})).channels?.map((each) => each.name);
    expect(await of('U0EVENOVAK0')).toEqual(['general', 'ops', 'random']);
    expect(await of()).toEqual(['general', 'ops', 'shop', 'data', 'incidents']);
    expect(await here.api('users.conversations', { user: 'U0NOBODY000' })).toMatchObject({
      error: 'user_not_found',
    });
  });

  test('their members are counted when that is asked for', async () => {
    const plain = await client.conversations.info({ channel: ops });
    expect(plain.channel).not.toHaveProperty('num_members');
    const counted = await client.conversations.info({ channel: ops, include_num_members: true });
    expect(counted.channel?.num_members).toBe(6);
  });
});

test('a direct message with several people is one conversation, however often it is opened', async () => {
  const users = 'U0ANAPETROV,U0BENOKAFOR';
  const opened = await client.conversations.open({ users, return_im: true });
  expect(opened).not.toHaveProperty('already_open');
  expect(opened.channel).toMatchObject({ is_mpim: true, is_private: true, is_im: false });
  const channel = opened.channel?.id ?? '';
  const again = await client.conversations.open({ users: 'U0BENOKAFOR,U0ANAPETROV' });
  expect(again).toMatchObject({ already_open: true, channel: { id: channel } });
  const { received, close } = await listener(here);
  await here.post('/message', { user: 'ben', channel, text: 'Just us?' });
  await client.chat.postMessage({ channel, text: 'Just us.' });
  await expect.poll(() => JSON.stringify(received)).toContain('Just us.');
  expect(JSON.stringify(received)).toContain('"channel_type":"mpim"');
  expect((await client.conversations.list({ types: 'mpim' })).channels).toMatchObject([{ id: channel }]);
  await expect(client.conversations.archive({ channel })).rejects.toThrow('method_not_supported');
  close();
});

test('pins stay with their messages', async () => {
  const { ts = '' } = await client.chat.postMessage({ channel: ops, text: 'Read this' });
  const at = { channel: ops, timestamp: ts };
  await client.pins.add(at);
  await expect(client.pins.add(at)).rejects.toThrow('already_pinned');
  expect((await client.pins.list({ channel: ops })).items).toMatchObject([
    { type: 'message', created_by: 'U0LAMPLIGHT', message: { ts, text: 'Read this', pinned_to: [ops] } },
  ]);
  expect(await client.conversations.history({ channel: ops })).toMatchObject({ pin_count: 1 });
  await client.pins.remove(at);
  await expect(client.pins.remove(at)).rejects.toThrow('no_pin');
  expect((await client.pins.list({ channel: ops })).items).toEqual([]);
});

test('bookmarks are added, edited, listed and removed', async () => {
  const link = 'https://runbooks.example/shop';
  const added = await client.bookmarks.add({ channel_id: ops, title: 'Runbook', type: 'link', link });
  const at = { channel_id: ops, bookmark_id: added.bookmark?.id ?? '' };
  await client.bookmarks.edit({ ...at, title: 'Runbooks' });
  expect((await client.bookmarks.list({ channel_id: ops })).bookmarks).toMatchObject([
    { title: 'Runbooks', link, type: 'link', channel_id: ops },
  ]);
  await client.bookmarks.remove(at);
  expect((await client.bookmarks.list({ channel_id: ops })).bookmarks).toEqual([]);
  const bad = { channel_id: ops, title: 'x', type: 'link' as const, link: 'nowhere' };
  await expect(client.bookmarks.add(bad)).rejects.toThrow('invalid_link');
});

describe('messages for later', () => {
  const inTwoMinutes = () => Math.floor(here.clock.now() / 1000) + 120;
  const texts = async () => (await here.get('/channels/shop/messages')).messages?.map((each) => each.text);

  test('are listed, taken back, and posted when their time has come', async () => {
    const post_at = inTwoMinutes();
    const { received, close } = await listener(here);
    await client.chat.scheduleMessage({ channel: shop, text: 'Tea time', post_at });
    const second = await client.chat.scheduleMessage({ channel: shop, text: 'Never', post_at });
    expect(second).toMatchObject({ channel: shop, post_at, message: { text: 'Never' } });
    const scheduled_message_id = second.scheduled_message_id ?? '';
    await client.chat.deleteScheduledMessage({ channel: shop, scheduled_message_id });
    await expect(client.chat.deleteScheduledMessage({ channel: shop, scheduled_message_id })).rejects.toThrow(
      'invalid_scheduled_message_id',
    );
    expect((await client.chat.scheduledMessages.list({ channel: shop })).scheduled_messages).toMatchObject([
      { channel_id: shop, text: 'Tea time', post_at },
    ]);
    expect(await texts()).toEqual([]);
    here.clock.advance(121_000);
    await expect.poll(texts).toEqual(['Tea time']);
    // Among what earlier tests left unheard and is sent again at last.
    await expect.poll(() => JSON.stringify(received)).toContain('Tea time');
    expect((await client.chat.scheduledMessages.list({})).scheduled_messages).toEqual([]);
    close();
  });

  test('outlive a stop of the sandbox', async () => {
    const changes: string[] = [];
    const stop = here.slack.onChange(({ kind }) => changes.push(kind));
    await client.chat.scheduleMessage({ channel: shop, text: 'Still there', post_at: inTwoMinutes() });
    // What is told of is what is written to disk.
    expect(changes).toEqual(['scheduled']);
    stop();
    const again = await world({
      state: JSON.parse(JSON.stringify(here.slack.snapshot())),
      clock: here.clock,
    });
    here.clock.advance(121_000);
    await expect
      .poll(async () => (await again.get('/channels/shop/messages')).messages)
      .toMatchObject([{ text: 'Still there', bot_id: 'B0LAMPLIGHT' }]);
    await again.slack.close();
  });

  test.each([
    [-10, 'time_in_past'],
    [121 * 86_400, 'time_too_far'],
  ])('%i seconds from now is %s', async (seconds, error) => {
    const post_at = Math.floor(here.clock.now() / 1000) + seconds;
    expect(await here.api('chat.scheduleMessage', { channel: shop, text: 'x', post_at })).toMatchObject({
      error,
    });
  });
});

test('reactions are read back, and /me is a message', async () => {
  const { ts = '' } = await client.chat.meMessage({ channel: ops, text: 'lights the lamps' });
  await client.reactions.add({ channel: ops, timestamp: ts, name: 'bulb' });
  const reactions = [{ name: 'bulb', count: 1, users: ['U0LAMPLIGHT'] }];
  expect(await client.reactions.get({ channel: ops, timestamp: ts })).toMatchObject({
    type: 'message',
    channel: ops,
    message: { subtype: 'me_message', reactions },
  });
  expect((await client.reactions.list({ user: 'U0LAMPLIGHT' })).items).toMatchObject([
    { channel: ops, message: { ts, reactions } },
  ]);
});

test('people are everything that directories ask for; Slackbot is among them', async () => {
  const { members = [] } = await client.users.list({ include_locale: true });
  expect(members.find((each) => each.id === 'USLACKBOT')).toMatchObject({
    name: 'slackbot',
    is_bot: false,
    locale: 'en-GB',
  });
  expect((await client.users.profile.get({ user: 'U0ANAPETROV' })).profile).toMatchObject({
    first_name: 'Ana',
    last_name: 'Petrov',
    email: 'ana@lamplight.example',
  });
  expect(await client.users.getPresence({ user: 'U0ANAPETROV' })).toMatchObject({ presence: 'active' });
  expect(await client.users.setPresence({ presence: 'auto' })).toMatchObject({ ok: true });
  expect(await client.emoji.list()).toMatchObject({ ok: true, emoji: {} });
});

test('a file says which message carries it; it is listed, and deleted', async () => {
  await client.filesUploadV2({ channel_id: ops, content: 'a,b\n', filename: 'load.csv' });
  const { messages } = await here.get('/channels/ops/messages');
  const { files = [] } = await client.files.list({ channel: ops });
  expect(files).toMatchObject([{ name: 'load.csv', channels: [ops], groups: [], ims: [] }]);
  const file = files[0]?.id ?? '';
  expect((await client.files.info({ file })).file).toMatchObject({
    is_public: true,
    shares: { public: { [ops]: [{ ts: messages?.[0]?.ts, channel_name: 'ops' }] } },
  });
  await client.files.delete({ file });
  await expect(client.files.info({ file })).rejects.toThrow('file_not_found');
  expect((await client.files.list({})).files).toEqual([]);
});

test('a rota is kept in a user group, of which the app hears', async () => {
  const made = await client.usergroups.create({ name: 'Night watch' });
  const usergroup = made.usergroup?.id ?? '';
  expect(made.usergroup).toMatchObject({ handle: 'night-watch', user_count: 0 });
  const { received, close } = await listener(here);
  const filled = await client.usergroups.users.update({ usergroup, users: 'U0BENOKAFOR' });
  expect(filled.usergroup).toMatchObject({ users: ['U0BENOKAFOR'], user_count: 1 });
  await expect.poll(() => JSON.stringify(received)).toContain('subteam_members_changed');
  await client.usergroups.update({ usergroup, handle: 'watch' });
  await client.usergroups.disable({ usergroup });
  const shown = async (include_disabled: boolean) =>
    (await client.usergroups.list({ include_disabled })).usergroups?.map((each) => each.handle);
  expect(await shown(false)).toEqual(['engineers', 'oncall', 'leads']);
  expect(await shown(true)).toEqual(['engineers', 'oncall', 'leads', 'watch']);
  await client.usergroups.enable({ usergroup });
  expect(await shown(false)).toContain('watch');
  const refused = [
    [{ usergroup, users: '' }, 'no_users_provided'],
    [{ usergroup, users: 'U0NOBODY000' }, 'invalid_users'],
    [{ usergroup: 'S0NOTHING00', users: 'U0BENOKAFOR' }, 'no_such_subteam'],
  ] as const;
  for (const [args, error] of refused)
    expect(await here.api('usergroups.users.update', args)).toMatchObject({ error });
  expect(await here.api('usergroups.create', { name: 'On-call' })).toMatchObject({
    error: 'name_already_exists',
  });
  close();
});
