import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { unrestricted } from '../../../sandbox/slack/app.ts';
import { actions, button, call, section, type World, world } from './support.ts';

let here: World;
let client: WebClient;

beforeAll(async () => {
  here = await world();
  client = new WebClient(here.slack.botToken, {
    slackApiUrl: here.slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
beforeEach(() => here.slack.reset());
afterAll(() => here.slack.close());

const ops = 'C0OPS000000';

describe('tokens and scopes', () => {
  test('auth.test says who the bot is', async () => {
    expect(await client.auth.test()).toMatchObject({
      ok: true,
      user_id: 'U0LAMPLIGHT',
      bot_id: 'B0LAMPLIGHT',
    });
  });

  test.each([
    ['auth.test', '', 'not_authed'],
    ['auth.test', 'xoxb-wrong', 'invalid_auth'],
    ['auth.test', 'app', 'not_allowed_token_type'],
    ['apps.connections.open', 'bot', 'not_allowed_token_type'],
    ['chat.scream', 'bot', 'unknown_method'],
    ['constructor', 'bot', 'unknown_method'],
  ])('%s with %o is %s', async (method, token, error) => {
    const tokens: Record<string, string> = { app: here.slack.appToken, bot: here.slack.botToken };
    expect(await here.api(method, {}, tokens[token] ?? token)).toMatchObject({ ok: false, error });
  });

  test('a missing scope is named, with what was provided', async () => {
    const poor = await world({ app: { ...unrestricted, scopes: ['chat:write'] } });
    expect(await poor.api('users.info', { user: 'U0ANAPETROV' })).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read',
      provided: 'chat:write',
    });
    const scopes = async (token: string) => {
      const { headers } = await fetch(`${poor.slack.apiUrl}auth.test?token=${token}`);
      return headers.get('x-oauth-scopes');
    };
    expect(await scopes(poor.slack.botToken)).toBe('chat:write');
    expect(await scopes(poor.slack.appToken)).toBe('connections:write');
    expect(await scopes('xoxb-nobody')).toBeNull();
    await poor.slack.close();
  });
});

describe('posting', () => {
  test('JSON, form and multipart bodies, and a token parameter, all do', async () => {
    const { apiUrl, botToken } = here.slack;
    const blocks = JSON.stringify([section('hi')]);
    const form = new URLSearchParams({ token: botToken, channel: '#ops', text: 'form', blocks });
    const multipart = new FormData();
    for (const [name, value] of Object.entries({ token: botToken, channel: ops, text: 'multipart', blocks }))
      multipart.set(name, value);
    for (const body of [form, multipart]) {
      const answer = await (await fetch(`${apiUrl}chat.postMessage`, { method: 'POST', body })).json();
      expect(answer).toMatchObject({ ok: true, channel: ops, message: { blocks: [{ type: 'section' }] } });
    }
    expect(await here.api('chat.postMessage', { channel: ops, text: 'json' })).toMatchObject({ ok: true });
    expect(await client.chat.postMessage({ channel: 'U0ANAPETROV', text: 'dm' })).toMatchObject({
      channel: 'D0ANAPETROV',
    });
  });

  test('the same client_msg_id in the same channel is the same message', async () => {
    const post = { channel: ops, text: 'once', client_msg_id: '6a3c3b1e-0000-4000-8000-000000000001' };
    const first = await here.api('chat.postMessage', post);
    const second = await here.api('chat.postMessage', post);
    expect(second.ts).toBe(first.ts);
    expect((await here.get('/channels/ops/messages')).messages).toHaveLength(1);
  });

  test('the app, its profile and the workspace have their pictures', async () => {
    const { bot } = await client.bots.info({ bot: 'B0LAMPLIGHT' });
    const { team } = await client.team.info();
    const { message } = await client.chat.postMessage({ channel: ops, text: 'x' });
    expect(team?.icon).toMatchObject({ image_default: true });
    const pictures = [bot?.icons?.image_72, team?.icon?.image_132, message?.bot_profile?.icons?.image_72];
    for (const picture of pictures) expect((await fetch(String(picture))).status).toBe(200);
  });

  test('under another name, when it may, and it is not said whose it is', async () => {
    const post = { channel: ops, text: 'Fire drill', username: 'Siren', icon_emoji: ':rotating_light:' };
    const { message, ts = '' } = await client.chat.postMessage(post);
    const shown = { subtype: 'bot_message', username: 'Siren', icons: { emoji: ':rotating_light:' } };
    expect(message).toMatchObject({ ...shown, bot_id: 'B0LAMPLIGHT' });
    expect(message).not.toHaveProperty('user');
    expect(await client.chat.update({ channel: ops, ts, text: 'Over' })).toMatchObject({ ok: true });
    const { messages = [] } = await client.conversations.history({ channel: ops });
    expect(messages[0]).toMatchObject({ ...shown, text: 'Over' });
    expect(messages[0]).not.toHaveProperty('user');
    const poor = await world({ app: { ...unrestricted, scopes: ['chat:write'] } });
    expect((await poor.api('chat.postMessage', post)).message).not.toHaveProperty('username');
    await poor.slack.close();
  });

  test('markdown is a text of its own', async () => {
    const posted = await client.chat.postMessage({ channel: ops, markdown_text: '**bold**' });
    expect(posted.message?.text).toBe('**bold**');
    const { ts } = posted;
    expect(await here.api('chat.update', { channel: ops, ts, markdown_text: '_new_' })).toMatchObject({
      message: { blocks: [{ type: 'markdown', text: '_new_' }] },
    });
    const both = { channel: ops, text: 'x', markdown_text: 'y' };
    expect(await here.api('chat.postMessage', both)).toMatchObject({ error: 'markdown_text_conflict' });
    const long = { channel: ops, markdown_text: 'x'.repeat(12_001) };
    expect(await here.api('chat.postMessage', long)).toMatchObject({ error: 'msg_too_long' });
  });

  test.each([
    [{ channel: 'C0NOWHERE00', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C0LEADSONLY', text: 'x' }, 'channel_not_found'],
    [{ channel: ops }, 'no_text'],
    [{ channel: ops, text: 'x', blocks: '[{' }, 'invalid_blocks_format'],
    [{ channel: ops, text: 'x', blocks: [section('x'.repeat(3001))] }, 'invalid_blocks'],
    [
      { channel: ops, text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2700))) },
      'msg_blocks_too_long',
    ],
    [{ channel: ops, text: 'x', metadata: { key: 1 } }, 'invalid_metadata_format'],
  ])('%o is refused: %s', async (post, error) => {
    expect(await here.api('chat.postMessage', post)).toMatchObject({ ok: false, error });
  });

  test('without chat:write.public the bot must be in the channel', async () => {
    const poor = await world({ app: { ...unrestricted, scopes: ['chat:write'] } });
    const post = { channel: poor.slack.channels.random, text: 'x' };
    expect(await poor.api('chat.postMessage', post)).toMatchObject({ error: 'not_in_channel' });
    await poor.post('/command', { user: 'ana', channel: 'random', text: '/invite @lamplighter' });
    expect(await poor.api('chat.postMessage', post)).toMatchObject({ ok: true });
    await poor.post('/channels/random', { archived: true });
    expect(await poor.api('chat.postMessage', post)).toMatchObject({ error: 'is_archived' });
    await poor.slack.close();
  });

  test('text is cut at 40,000 characters', async () => {
    const answer = await client.chat.postMessage({ channel: ops, text: 'x'.repeat(50_000) });
    expect(answer.message?.text).toHaveLength(40_000);
  });

  test('a burst in one channel is limited, with Retry-After; another channel is not; time heals it', async () => {
    const post = (channel: string | undefined) => here.api('chat.postMessage', { channel, text: 'x' });
    const burst = await Promise.all(Array.from({ length: 10 }, () => post(ops)));
    expect(burst.filter((each) => each.error === 'ratelimited')).toHaveLength(6);
    await expect(client.chat.postMessage({ channel: ops, text: 'x' })).rejects.toMatchObject({
      retryAfter: 1,
    });
    expect(await post(here.slack.channels.shop)).toMatchObject({ ok: true });
    here.clock.advance(1000);
    expect(await post(ops)).toMatchObject({ ok: true });
  });
});

describe('editing', () => {
  test('keeps blocks that are not given, drops them when empty, and marks the message', async () => {
    const { ts = '' } = await client.chat.postMessage({
      channel: ops,
      text: 'a',
      blocks: [section('a')] as never,
    });
    const kept = await client.chat.update({ channel: ops, ts, text: 'b' });
    expect(kept.message).toMatchObject({
      text: 'b',
      edited: { user: 'U0LAMPLIGHT' },
      blocks: [{ type: 'section' }],
    });
    const dropped = await client.chat.update({ channel: ops, ts, text: 'c', blocks: [] });
    expect(dropped.message).not.toHaveProperty('blocks');
  });

  test.each([
    [{ ts: '1.000001', text: 'x' }, 'message_not_found'],
    [{ text: 'x'.repeat(4001) }, 'msg_too_long'],
  ])('%o is refused: %s', async (change, error) => {
    const { ts } = await client.chat.postMessage({ channel: ops, text: 'a' });
    expect(await here.api('chat.update', { channel: ops, ts, ...change })).toMatchObject({
      ok: false,
      error,
    });
  });

  test('of what a person wrote is refused', async () => {
    const { ts } = await here.post('/message', { user: 'ana', channel: 'ops', text: 'mine' });
    expect(await here.api('chat.update', { channel: ops, ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await here.api('chat.delete', { channel: ops, ts })).toMatchObject({
      error: 'cant_delete_message',
    });
  });
});

describe('reading', () => {
  test('history has threads apart, metadata on demand, and pages', async () => {
    const metadata = { event_type: 'lamplighter', event_payload: { key: 'k1' } };
    const { ts = '' } = await client.chat.postMessage({ channel: ops, text: 'one', metadata });
    await client.chat.postMessage({ channel: ops, text: 'reply', thread_ts: ts });
    await client.chat.postMessage({ channel: ops, text: 'two' });
    const plain = await client.conversations.history({ channel: ops });
    expect(plain.messages?.map((each) => each.text)).toEqual(['two', 'one']);
    expect(plain.messages?.[1]).toMatchObject({ reply_count: 1 });
    expect(plain.messages?.[1]).not.toHaveProperty('metadata');
    const full = await client.conversations.history({
      channel: ops,
      include_all_metadata: true,
      oldest: ts,
      inclusive: true,
    });
    expect(full.messages?.[1]?.metadata).toEqual(metadata);
    const pages = [];
    for await (const page of client.paginate('conversations.history', { channel: ops, limit: 1 }))
      pages.push(page);
    expect(pages).toHaveLength(2);
    const thread = await client.conversations.replies({ channel: ops, ts });
    expect(thread.messages?.map((each) => each.text)).toEqual(['one', 'reply']);
  });

  test('people, groups and channels', async () => {
    expect((await client.usergroups.users.list({ usergroup: 'S0ONCALL000' })).users).toEqual([
      'U0BENOKAFOR',
      'U0CHLOEMART',
    ]);
    expect((await client.users.info({ user: 'U0EVENOVAK0' })).user).toMatchObject({
      name: 'eve',
      is_restricted: true,
    });
    expect(
      (await client.conversations.list({ types: 'public_channel' })).channels?.map((each) => each.name),
    ).toContain('random');
    expect((await client.conversations.members({ channel: 'C0SHOP00000' })).members).not.toContain(
      'U0EVENOVAK0',
    );
    expect((await client.conversations.open({ users: 'U0ANAPETROV' })).channel?.id).toBe('D0ANAPETROV');
    await expect(client.users.info({ user: 'U0NOBODY000' })).rejects.toMatchObject({
      data: { error: 'user_not_found' },
    });
  });

  test('reactions', async () => {
    const { ts = '' } = await client.chat.postMessage({ channel: ops, text: 'x' });
    const at = { channel: ops, timestamp: ts, name: 'eyes' };
    await client.reactions.add(at);
    await expect(client.reactions.add(at)).rejects.toMatchObject({ data: { error: 'already_reacted' } });
    expect((await here.get('/channels/ops/messages')).messages?.[0]?.reactions).toMatchObject([
      { name: 'eyes', count: 1 },
    ]);
    await client.reactions.remove(at);
    await expect(client.reactions.remove(at)).rejects.toMatchObject({ data: { error: 'no_reaction' } });
  });
});

describe('files', () => {
  test('the three-call upload of the real SDK ends as a message with the file', async () => {
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    await client.filesUploadV2({
      channel_id: ops,
      file: png,
      filename: 'chart.png',
      initial_comment: 'Load',
    });
    const shared = (await here.get('/channels/ops/messages')).messages?.[0];
    expect(shared).toMatchObject({ text: 'Load', files: [{ name: 'chart.png', mimetype: 'image/png' }] });
    const [file] = (shared?.files ?? []) as { url_private: string; id: string }[];
    const image = await fetch(file?.url_private ?? '');
    expect(Buffer.from(await image.arrayBuffer())).toEqual(png);
    const byId = await fetch(`${here.slack.url}/files/${file?.id}`);
    expect(Buffer.from(await byId.arrayBuffer())).toEqual(png);
    const blocks = [{ type: 'image', alt_text: 'chart', slack_file: { id: file?.id } }];
    expect(await here.api('chat.postMessage', { channel: ops, text: 'x', blocks })).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'],
    });
    here.clock.advance(1_000);
    expect(await here.api('chat.postMessage', { channel: ops, text: 'x', blocks })).toMatchObject({
      ok: true,
    });
  });

  test('bytes of another length, unknown files and foreign channels are refused', async () => {
    const { upload_url = '', file_id } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 3,
    });
    expect((await fetch(upload_url, { method: 'POST', body: 'too long' })).status).toBe(400);
    expect(await here.api('files.completeUploadExternal', { files: [{ id: file_id }] })).toMatchObject({
      error: 'file_not_found',
    });
    const taken = await fetch(upload_url, { method: 'POST', body: 'abc' });
    expect([taken.status, await taken.text()]).toEqual([200, 'OK - 3']);
    const share = { files: [{ id: file_id }], channel_id: here.slack.channels.random };
    expect(await here.api('files.completeUploadExternal', share)).toMatchObject({ error: 'not_in_channel' });
  });
});

test('the state survives a restart and forgets on reset', async () => {
  await here.api('chat.postMessage', { channel: ops, text: 'kept', blocks: [actions(button('a', 'A'))] });
  const again = await world({ state: JSON.parse(JSON.stringify(here.slack.snapshot())) });
  expect((await again.get('/channels/ops/messages')).messages).toMatchObject([{ text: 'kept' }]);
  again.slack.reset();
  expect((await again.get('/channels/ops/messages')).messages).toEqual([]);
  await again.slack.close();
});

test('what was called is listed, without the token', async () => {
  await call(
    here.slack,
    'chat.postMessage',
    { channel: ops, text: 'x', token: here.slack.botToken },
    here.slack.botToken,
  );
  const { requests } = await here.get('/requests?method=chat.postMessage');
  expect(requests).toMatchObject([
    { method: 'chat.postMessage', status: 200, ok: true, args: { text: 'x' } },
  ]);
  expect(JSON.stringify(requests)).not.toContain('xoxb');
});
