import { checkMessageBlocks } from '../blocks/validate.ts';
import { SlackError } from '../errors.ts';
import { beforeEdit, hearDeleted, hearPosted } from '../interact/heard.ts';
import { limits } from '../limits.ts';
import { bot } from '../seed.ts';
import { disguised, ownShape } from '../shapes.ts';
import { showable } from '../showable.ts';
import { type Block, type Fields, isFields, type Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { mayPost, reachable } from './reach.ts';

interface Content {
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Fields[];
  readonly metadata?: Fields;
}

/**
 * What a message says, checked.
 * @throws SlackError no_text, invalid_blocks, msg_blocks_too_long, too_many_attachments, invalid_metadata_format,
 * markdown_text_conflict, msg_too_long
 */
export function content(args: Args, workspace: Workspace): Content {
  const given = checkMessageBlocks(args.json('blocks', 'invalid_blocks_format'), showable(workspace));
  const markdown = args.text('markdown_text');
  if (markdown !== undefined && (given || args.given('text'))) throw new SlackError('markdown_text_conflict');
  if (markdown !== undefined && markdown.length > limits.message.markdown)
    throw new SlackError('msg_too_long');
  const blocks = markdown === undefined ? given : [{ type: 'markdown', text: markdown }];
  const attachments = args.json('attachments', 'invalid_attachments');
  const metadata = args.json('metadata', 'invalid_metadata_format');
  const text = args.text('text') ?? markdown ?? '';
  if (Array.isArray(attachments) && attachments.length > limits.message.attachments)
    throw new SlackError('too_many_attachments');
  if (metadata !== undefined && !isMetadata(metadata)) throw new SlackError('invalid_metadata_format');
  const attached = Array.isArray(attachments) ? attachments.filter(isFields) : [];
  if (text.trim() === '' && !blocks?.length && attached.length === 0) throw new SlackError('no_text');
  return {
    text,
    ...(blocks?.length ? { blocks } : {}),
    ...(attached.length ? { attachments: attached } : {}),
    ...(isFields(metadata) ? { metadata } : {}),
  };
}

export const isMetadata = (value: unknown): value is Fields =>
  isFields(value) && typeof value.event_type === 'string' && isFields(value.event_payload);

/** The name and the picture that the app gives itself for once; without the scope they are not looked at. */
function disguise(args: Args, { app }: Workspace): Pick<Message, 'subtype' | 'username' | 'icons'> {
  const [username, emoji, url] = [args.text('username'), args.text('icon_emoji'), args.text('icon_url')];
  if (!app.scopes.includes('chat:write.customize') || !(username || emoji || url)) return {};
  const icons = emoji ? { emoji } : url ? { image_36: url, image_48: url, image_72: url } : undefined;
  return { subtype: disguised, username: username ?? bot.name, ...(icons ? { icons } : {}) };
}

function postMessage(args: Args, workspace: Workspace): Fields {
  const { store, rates } = workspace;
  const channel = reachable(args, workspace);
  mayPost(channel, workspace);
  const said = content(args, workspace);
  const clientId = args.text('client_msg_id');
  const key = `${channel.id}:${clientId}`;
  const before = clientId ? store.state.posted[key] : undefined;
  const first = before ? store.message(channel.id, before) : undefined;
  if (first) return reply(workspace, channel.id, first);
  rates.post(channel.id);
  const thread = args.text('thread_ts');
  const message = store.postAsBot(channel.id, {
    ...disguise(args, workspace),
    ...said,
    text: said.text.slice(0, limits.message.postText),
    ...(clientId ? { client_msg_id: clientId } : {}),
    ...(thread ? { thread_ts: store.message(channel.id, thread)?.thread_ts ?? thread } : {}),
    ...(thread && args.flag('reply_broadcast') ? { subtype: 'thread_broadcast' } : {}),
  });
  if (clientId) store.state.posted[key] = message.ts;
  void hearPosted(workspace, channel, message);
  const cut = said.text.length > limits.message.postText;
  return { ...reply(workspace, channel.id, message), ...(cut ? { warning: 'message_truncated' } : {}) };
}

const reply = (workspace: Workspace, channel: string, message: Message): Fields => ({
  channel,
  ts: message.ts,
  message: ownShape(message, workspace),
});

/** Blocks, attachments and metadata that are not given stay; empty ones go. */
function update(args: Args, workspace: Workspace): Fields {
  const { store } = workspace;
  const channel = reachable(args, workspace);
  const message = own(args, workspace, channel.id, 'cant_update_message');
  const said = content(args, workspace);
  if (said.text.length > limits.message.updateText) throw new SlackError('msg_too_long');
  const text = args.text('text') === undefined ? said.text || message.text : said.text;
  const kept = (name: 'blocks' | 'attachments' | 'metadata') =>
    args.given(name) || (name === 'blocks' && said.blocks) ? said[name] : message[name];
  const blocks = kept('blocks') as readonly Block[] | undefined;
  const attachments = kept('attachments') as readonly Fields[] | undefined;
  const metadata = kept('metadata') as Fields | undefined;
  const hearEdited = beforeEdit(workspace, channel, message);
  store.edit(channel.id, message, {
    text,
    ...(blocks ? { blocks } : {}),
    ...(attachments ? { attachments } : {}),
    ...(metadata ? { metadata } : {}),
  });
  hearEdited();
  return { channel: channel.id, ts: message.ts, text, message: ownShape(message, workspace) };
}

function remove(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  const message = own(args, workspace, channel.id, 'cant_delete_message');
  hearDeleted(workspace, channel, message);
  workspace.store.remove(channel.id, message.ts);
  return { channel: channel.id, ts: message.ts };
}

/** The app's own message. @throws SlackError message_not_found, or the code for somebody else's */
function own(args: Args, { store }: Workspace, channel: string, code: string): Message {
  const message = store.message(channel, args.required('ts'));
  if (!message) throw new SlackError('message_not_found');
  if (message.user !== bot.user) throw new SlackError(code);
  return message;
}

function postEphemeral(args: Args, workspace: Workspace): Fields {
  const { store } = workspace;
  const channel = reachable(args, workspace);
  mayPost(channel, workspace);
  const user = store.user(args.required('user'));
  if (!user || !channel.members.includes(user.id)) throw new SlackError('user_not_in_channel');
  const { metadata: _, ...said } = content(args, workspace);
  const thread = args.text('thread_ts');
  const shown = store.postEphemeral({
    user: user.id,
    channel: channel.id,
    ...said,
    ...(thread ? { thread_ts: thread } : {}),
  });
  return { message_ts: shown.ts };
}

function getPermalink(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  const message = workspace.store.message(channel.id, args.required('message_ts'));
  if (!message) throw new SlackError('message_not_found');
  const permalink = `${workspace.url}/archives/${channel.id}/p${message.ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
}

/** A message that says what the app does, as people do with /me. */
function meMessage(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  mayPost(channel, workspace);
  const text = args.text('text');
  if (text === undefined) throw new SlackError('no_text');
  workspace.rates.post(channel.id);
  const message = workspace.store.postAsBot(channel.id, { text, subtype: 'me_message' });
  void hearPosted(workspace, channel, message);
  return { channel: channel.id, ts: message.ts };
}

const writes = { token: 'bot', scopes: ['chat:write'] } as const;

export const chat: Methods = {
  'chat.postMessage': { ...writes, tier: 'special', run: postMessage },
  'chat.meMessage': { ...writes, tier: 3, run: meMessage },
  'chat.update': { ...writes, tier: 3, run: update },
  'chat.delete': { ...writes, tier: 3, run: remove },
  'chat.postEphemeral': { ...writes, tier: 4, run: postEphemeral },
  'chat.getPermalink': { token: 'bot', scopes: [], tier: 'special', run: getPermalink },
};
