import { bot } from '../seed.ts';
import { messageShape } from '../shapes.ts';
import type { Channel, Fields, Message, StoredFile } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { emit, listensTo } from './event.ts';

/**
 * What the app hears of messages where it is a member, whoever wrote, changed or deleted them: of its own
 * ones, too, so that one that answers everything answers itself.
 */

const families = {
  public: 'message.channels',
  private: 'message.groups',
  im: 'message.im',
  mpim: 'message.mpim',
} as const;
const types = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;

const hears = (workspace: Workspace, channel: Channel) =>
  channel.members.includes(bot.user) && listensTo(workspace, families[channel.kind]);

/** Resolves when the app has taken it, or at once where it does not listen. */
export async function hearPosted(
  workspace: Workspace,
  channel: Channel,
  message: Message,
): Promise<readonly Fields[]> {
  if (!channel.members.includes(bot.user)) return [];
  const event = {
    ...messageShape(workspace, channel.id, message),
    channel: channel.id,
    event_ts: message.ts,
  };
  const heard = await emit(workspace, families[channel.kind], {
    ...event,
    channel_type: types[channel.kind],
  });
  const mentioned = message.text.includes(`<@${bot.user}>`) && message.user !== bot.user;
  if (!mentioned || channel.kind === 'im') return [heard];
  return [heard, await emit(workspace, 'app_mention', { ...event, type: 'app_mention' })];
}

/** Remembers how the message is, and answers what tells the app how it has become. */
export function beforeEdit(workspace: Workspace, channel: Channel, message: Message): () => void {
  if (!hears(workspace, channel)) return () => {};
  const previous_message = structuredClone(messageShape(workspace, channel.id, message));
  return () =>
    hearChange(workspace, channel, {
      subtype: 'message_changed',
      message: messageShape(workspace, channel.id, message),
      previous_message,
    });
}

/** To be called before the message goes. */
export function hearDeleted(workspace: Workspace, channel: Channel, message: Message): void {
  if (!hears(workspace, channel)) return;
  hearChange(workspace, channel, {
    subtype: 'message_deleted',
    previous_message: messageShape(workspace, channel.id, message),
    deleted_ts: message.ts,
  });
}

function hearChange(workspace: Workspace, channel: Channel, change: Fields): void {
  const ts = workspace.store.nextTs();
  void emit(workspace, families[channel.kind], {
    type: 'message',
    ...change,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: types[channel.kind],
  });
}

export function hearFile(workspace: Workspace, channel: Channel, file: StoredFile): void {
  if (!channel.members.includes(bot.user)) return;
  void emit(workspace, 'file_shared', {
    type: 'file_shared',
    file_id: file.id,
    user_id: file.user,
    file: { id: file.id },
    channel_id: channel.id,
    event_ts: workspace.store.nextTs(),
  });
}
