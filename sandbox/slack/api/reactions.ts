import { SlackError } from '../errors.ts';
import { addReaction, type Reacting, removeReaction } from '../interact/reaction.ts';
import { bot } from '../seed.ts';
import { messageShape } from '../shapes.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { type Methods, page } from './method.ts';
import { reachable } from './reach.ts';

function target(args: Args, workspace: Workspace): Reacting {
  const name = args.required('name').replaceAll(':', '');
  const channel = reachable(args, workspace);
  const message = workspace.store.message(channel.id, args.required('timestamp'));
  if (!message) throw new SlackError('message_not_found');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  return { channel, message, name, user: bot.user };
}

function add(args: Args, workspace: Workspace): Fields {
  addReaction(workspace, target(args, workspace));
  return {};
}

function remove(args: Args, workspace: Workspace): Fields {
  removeReaction(workspace, target(args, workspace));
  return {};
}

function get(args: Args, workspace: Workspace): Fields {
  const { id } = reachable(args, workspace);
  const message = workspace.store.message(id, args.required('timestamp'));
  if (!message) throw new SlackError('message_not_found');
  return { type: 'message', channel: id, message: messageShape(workspace, id, message) };
}

/** Everything that one person has reacted to, the latest first. */
function list(args: Args, workspace: Workspace): Fields {
  const user = args.text('user') ?? bot.user;
  const { channels, messages } = workspace.store.state;
  const found = channels
    .filter((channel) => channel.members.includes(bot.user))
    .flatMap(({ id }) => (messages[id] ?? []).map((message) => ({ id, message })))
    .filter(({ message }) => message.reactions?.some((each) => each.users.includes(user)))
    .sort((a, b) => Number(b.message.ts) - Number(a.message.ts));
  const { items, response_metadata } = page(found, args, 100);
  return {
    items: items.map(({ id, message }) => ({
      type: 'message',
      channel: id,
      message: messageShape(workspace, id, message),
    })),
    response_metadata,
  };
}

export const reactions: Methods = {
  'reactions.add': { token: 'bot', scopes: ['reactions:write'], tier: 3, run: add },
  'reactions.get': { token: 'bot', scopes: ['reactions:read'], tier: 3, run: get },
  'reactions.list': { token: 'bot', scopes: ['reactions:read'], tier: 2, run: list },
  'reactions.remove': { token: 'bot', scopes: ['reactions:write'], tier: 2, run: remove },
};
