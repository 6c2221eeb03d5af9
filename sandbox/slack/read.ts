import { bot } from './seed.ts';
import { userShape, withThread } from './shapes.ts';
import type { Channel, Fields, Message } from './types.ts';
import { openViews, viewShape } from './views.ts';
import { someone, somewhere, type Workspace } from './workspace.ts';

/** What people see, for the page and for tests. */

export function channelsOf({ store }: Workspace): Fields[] {
  return store.state.channels.map((channel) => ({ ...channel, bot: channel.members.includes(bot.user) }));
}

export function usersOf({ store, url }: Workspace): Fields[] {
  return store.state.users.map((user) => ({ ...user, slack: userShape(user, url) }));
}

/** The channel's messages, oldest first, each with the replies of its thread. */
export function messagesOf(workspace: Workspace, channelName: string): Fields {
  const channel = somewhere(workspace, channelName);
  return { channel: channelHead(channel), messages: threads(workspace, channel) };
}

const channelHead = ({ id, name, kind }: Channel): Fields => ({ id, name, kind });

function threads(workspace: Workspace, channel: Channel): Fields[] {
  const all = workspace.store.messages(channel.id);
  const known = new Set(all.map((each) => each.ts));
  const isReply = ({ ts, thread_ts }: Message) =>
    thread_ts !== undefined && thread_ts !== ts && known.has(thread_ts);
  const replies = new Map<string, Message[]>();
  for (const each of all.filter(isReply)) {
    const thread = each.thread_ts ?? '';
    replies.set(thread, [...(replies.get(thread) ?? []), each]);
  }
  return all
    .filter((each) => !isReply(each) || each.subtype === 'thread_broadcast')
    .map((each) => {
      const own = replies.get(each.ts) ?? [];
      return { ...withThread(each, own), replies: own.map((reply) => withThread(reply, [])) };
    });
}

export function directMessagesOf(workspace: Workspace, user: string): Fields {
  return messagesOf(workspace, `@${someone(workspace, user).name}`);
}

export function homeOf(workspace: Workspace, user: string): Fields {
  const view = workspace.store.state.homes[someone(workspace, user).id];
  return { view: view ? viewShape(view) : null };
}

/** What only this person was shown, oldest first. */
export function ephemeralOf(workspace: Workspace, user: string): Fields {
  const { id } = someone(workspace, user);
  const messages = workspace.store.state.ephemerals
    .filter((each) => each.user === id)
    .map(({ user: to, from, ...shown }) => ({ ...shown, user: from, to, is_ephemeral: true }));
  return { messages };
}

/** The person's open modals, the one in front last. */
export function viewsOf(workspace: Workspace, user: string): Fields {
  return { views: openViews(workspace, someone(workspace, user).id).map((view) => viewShape(view)) };
}
