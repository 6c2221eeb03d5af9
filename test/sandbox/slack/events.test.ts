import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Json, listener, type Shown, type World, world } from './support.ts';

/** What an app that listens to everything hears of the workspace. */

let here: World;
let received: Shown[];
let close: () => void;

beforeAll(async () => {
  here = await world({ limits: 'off' });
  ({ received, close } = await listener(here));
});
beforeEach(() => {
  here.slack.reset();
  received.length = 0;
});
afterAll(async () => {
  close();
  await here.slack.close();
});

const ops = 'C0OPS000000';
const events = () => received.map(({ payload }) => (payload as Json | undefined)?.event as Shown);
const heard = (count: number) => expect.poll(() => events().length).toBe(count);

test('what a person typed comes escaped, with its blocks and the id that the client gave it', async () => {
  const text = 'hi @ben & <you>, see https://x.example/?a=1 in #ops :wave: @oncall';
  await here.post('/message', { user: 'ana', channel: 'ops', text });
  expect(events()).toMatchObject([
    {
      type: 'message',
      channel_type: 'channel',
      client_msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      text: 'hi <@U0BENOKAFOR> &amp; &lt;you&gt;, see <https://x.example/?a=1> in <#C0OPS000000|ops> :wave: <!subteam^S0ONCALL000>',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: 'hi ' },
                { type: 'user', user_id: 'U0BENOKAFOR' },
                { type: 'text', text: ' & <you>, see ' },
                { type: 'link', url: 'https://x.example/?a=1' },
                { type: 'text', text: ' in ' },
                { type: 'channel', channel_id: ops },
                { type: 'text', text: ' ' },
                { type: 'emoji', name: 'wave' },
                { type: 'text', text: ' ' },
                { type: 'usergroup', usergroup_id: 'S0ONCALL000' },
              ],
            },
          ],
        },
      ],
    },
  ]);
});

test('the app hears its own messages, how they change and that they go', async () => {
  const { ts } = await here.api('chat.postMessage', { channel: ops, text: 'one' });
  await here.api('chat.update', { channel: ops, ts, text: 'two' });
  await here.api('chat.delete', { channel: ops, ts });
  await heard(3);
  expect(events()).toMatchObject([
    { type: 'message', text: 'one', bot_id: 'B0LAMPLIGHT', bot_profile: { app_id: 'A0LAMPLIGHT' }, ts },
    {
      subtype: 'message_changed',
      hidden: true,
      channel: ops,
      message: { text: 'two', edited: { user: 'U0LAMPLIGHT' }, ts },
      previous_message: { text: 'one', ts },
    },
    { subtype: 'message_deleted', hidden: true, deleted_ts: ts, previous_message: { text: 'two' } },
  ]);
  expect(events()[0]).not.toHaveProperty('subtype');
});

test('it hears nothing of channels where it is not, and no mention of itself by itself', async () => {
  await here.api('chat.postMessage', { channel: 'C0RANDOM000', text: 'from outside' });
  await here.api('chat.postMessage', { channel: ops, text: 'me: <@U0LAMPLIGHT>' });
  await here.post('/message', { user: 'ana', channel: 'random', text: 'unheard' });
  await here.post('/message', { user: 'ana', channel: 'ops', text: '@lamplighter hello' });
  expect(events().map(({ type, text }) => [type, text])).toEqual([
    ['message', 'me: <@U0LAMPLIGHT>'],
    ['message', '<@U0LAMPLIGHT> hello'],
    ['app_mention', '<@U0LAMPLIGHT> hello'],
  ]);
});

test('a reply says whose thread it is in, also when it is read', async () => {
  const { ts } = await here.post('/message', { user: 'ana', channel: 'ops', text: 'root' });
  await here.post('/message', { user: 'ben', channel: 'ops', text: 'reply', thread_ts: ts });
  expect(events()[1]).toMatchObject({ thread_ts: ts, parent_user_id: 'U0ANAPETROV' });
  const { messages } = await here.api('conversations.replies', { channel: ops, ts });
  expect(messages).toMatchObject([
    { text: 'root', blocks: [{ type: 'rich_text' }], reply_count: 1 },
    { text: 'reply', parent_user_id: 'U0ANAPETROV' },
  ]);
});

test('reactions of people and of the app are told', async () => {
  const { ts } = await here.api('chat.postMessage', { channel: ops, text: 'x' });
  const at = { channel: 'ops', ts, name: 'eyes' };
  expect(await here.post('/react', { user: 'ana', ...at })).toEqual({ ok: true });
  expect(await here.post('/react', { user: 'ana', ...at })).toMatchObject({ error: 'already_reacted' });
  await here.api('reactions.add', { channel: ops, timestamp: ts, name: 'eyes' });
  await here.post('/react', { user: 'ana', ...at, remove: true });
  await heard(4);
  const item = { type: 'message', channel: ops, ts };
  expect(events().slice(1)).toMatchObject([
    { type: 'reaction_added', user: 'U0ANAPETROV', reaction: 'eyes', item, item_user: 'U0LAMPLIGHT' },
    { type: 'reaction_added', user: 'U0LAMPLIGHT' },
    { type: 'reaction_removed', user: 'U0ANAPETROV', item },
  ]);
});

test('many events that nobody takes are no leak', async () => {
  const alone = await world({ limits: 'off' });
  const warned: string[] = [];
  const hear = ({ message }: Error) => warned.push(message);
  process.on('warning', hear);
  for (let n = 0; n < 12; n += 1) await alone.api('chat.postMessage', { channel: ops, text: `${n}` });
  const post_at = Math.floor(here.clock.now() / 1000) + 3600;
  for (let n = 0; n < 12; n += 1)
    await alone.api('chat.scheduleMessage', { channel: ops, text: 'x', post_at });
  await alone.slack.close();
  process.off('warning', hear);
  expect(warned).toEqual([]);
});

test('who comes into a channel and leaves it, and that it is archived, is told', async () => {
  await here.post('/command', { user: 'ana', channel: 'random', text: '/invite @lamplighter' });
  await here.post('/channels/shop', { members: ['ana', 'eve', 'lamplighter'] });
  await here.post('/channels/shop', { archived: true });
  await heard(6);
  expect(events().map(({ type, user, inviter }) => [type, user, ...(inviter ? [inviter] : [])])).toEqual([
    ['member_joined_channel', 'U0LAMPLIGHT', 'U0ANAPETROV'],
    ['member_joined_channel', 'U0EVENOVAK0'],
    ['member_left_channel', 'U0BENOKAFOR'],
    ['member_left_channel', 'U0CHLOEMART'],
    ['member_left_channel', 'U0DANAWEISS'],
    ['channel_archive', 'U0DANAWEISS'],
  ]);
});
