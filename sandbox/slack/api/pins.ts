import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import { messageShape } from '../shapes.ts';
import type { Channel, Fields, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { reachable } from './reach.ts';

const isPinned = (message: Message) => message.pinned_to !== undefined;

export function pinnedIn(messages: readonly Message[]): Message[] {
  return messages.filter(isPinned);
}

/** @throws SlackError channel_not_found, not_in_channel, message_not_found */
function target(args: Args, workspace: Workspace): { channel: Channel; message: Message } {
  const channel = reachable(args, workspace);
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  const message = workspace.store.message(channel.id, args.required('timestamp'));
  if (!message) throw new SlackError('message_not_found');
  return { channel, message };
}

function add(args: Args, workspace: Workspace): Fields {
  const { channel, message } = target(args, workspace);
  if (isPinned(message)) throw new SlackError('already_pinned');
  message.pinned_to = [channel.id];
  const pinned_ts = Math.floor(workspace.clock.now() / 1000);
  message.pinned_info = { channel: channel.id, pinned_by: bot.user, pinned_ts };
  workspace.store.changed(channel.id, message);
  return {};
}

function remove(args: Args, workspace: Workspace): Fields {
  const { channel, message } = target(args, workspace);
  if (!isPinned(message)) throw new SlackError('no_pin');
  delete message.pinned_to;
  delete message.pinned_info;
  workspace.store.changed(channel.id, message);
  return {};
}

function list(args: Args, workspace: Workspace): Fields {
  const { id } = reachable(args, workspace);
  const items = pinnedIn(workspace.store.messages(id)).map((message) => ({
    type: 'message',
    channel: id,
    created: message.pinned_info?.pinned_ts,
    created_by: message.pinned_info?.pinned_by,
    message: messageShape(workspace, id, message),
  }));
  return { items: items.reverse() };
}

export const pins: Methods = {
  'pins.add': { token: 'bot', scopes: ['pins:write'], tier: 2, run: add },
  'pins.list': { token: 'bot', scopes: ['pins:read'], tier: 2, run: list },
  'pins.remove': { token: 'bot', scopes: ['pins:write'], tier: 2, run: remove },
};
