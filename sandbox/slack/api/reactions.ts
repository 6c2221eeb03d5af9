import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import type { Fields, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { reachable } from './reach.ts';

function target(args: Args, workspace: Workspace): { channel: string; message: Message; name: string } {
  const name = args.required('name').replaceAll(':', '');
  const channel = reachable(args, workspace).id;
  const message = workspace.store.message(channel, args.required('timestamp'));
  if (!message) throw new SlackError('message_not_found');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new SlackError('invalid_name');
  return { channel, message, name };
}

function add(args: Args, workspace: Workspace): Fields {
  const { channel, message, name } = target(args, workspace);
  const reactions = message.reactions ?? [];
  const reaction = reactions.find((each) => each.name === name);
  if (reaction?.users.includes(bot.user)) throw new SlackError('already_reacted');
  if (reaction) reaction.users.push(bot.user);
  else reactions.push({ name, users: [bot.user] });
  message.reactions = reactions;
  workspace.store.changed(channel, message);
  return {};
}

function remove(args: Args, workspace: Workspace): Fields {
  const { channel, message, name } = target(args, workspace);
  const reaction = message.reactions?.find((each) => each.name === name);
  if (!reaction?.users.includes(bot.user)) throw new SlackError('no_reaction');
  reaction.users = reaction.users.filter((user) => user !== bot.user);
  message.reactions = (message.reactions ?? []).filter((each) => each.users.length > 0);
  workspace.store.changed(channel, message);
  return {};
}

export const reactions: Methods = {
  'reactions.add': { token: 'bot', scopes: ['reactions:write'], tier: 3, run: add },
  'reactions.remove': { token: 'bot', scopes: ['reactions:write'], tier: 2, run: remove },
};
