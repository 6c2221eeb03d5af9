import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import type { Channel, Fields, Message } from '../types.ts';
import { someone, somewhere, type Workspace } from '../workspace.ts';
import { emit } from './event.ts';

/** What is reacted to, by whom. */
export interface Reacting {
  readonly channel: Channel;
  readonly message: Message;
  readonly name: string;
  readonly user: string;
}

/** @throws SlackError already_reacted */
export function addReaction(workspace: Workspace, reacting: Reacting): void {
  const { message, name, user } = reacting;
  const reactions = message.reactions ?? [];
  const reaction = reactions.find((each) => each.name === name);
  if (reaction?.users.includes(user)) throw new SlackError('already_reacted');
  if (reaction) reaction.users.push(user);
  else reactions.push({ name, users: [user] });
  message.reactions = reactions;
  tell(workspace, 'reaction_added', reacting);
}

/** @throws SlackError no_reaction */
export function removeReaction(workspace: Workspace, reacting: Reacting): void {
  const { message, name, user } = reacting;
  const reaction = message.reactions?.find((each) => each.name === name);
  if (!reaction?.users.includes(user)) throw new SlackError('no_reaction');
  reaction.users = reaction.users.filter((each) => each !== user);
  message.reactions = (message.reactions ?? []).filter((each) => each.users.length > 0);
  tell(workspace, 'reaction_removed', reacting);
}

function tell(
  workspace: Workspace,
  type: 'reaction_added' | 'reaction_removed',
  { channel, message, name, user }: Reacting,
): void {
  workspace.store.changed(channel.id, message);
  if (!channel.members.includes(bot.user)) return;
  void emit(workspace, type, {
    type,
    user,
    reaction: name,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.user,
    event_ts: workspace.store.nextTs(),
  });
}

export interface ReactAsked {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  /** `eyes`, without its colons. */
  readonly name: string;
  readonly remove?: boolean;
}

/** A person reacts to a message, or takes that back. */
export function react(workspace: Workspace, asked: ReactAsked): Fields {
  const user = someone(workspace, asked.user).id;
  const channel = somewhere(workspace, asked.channel);
  const message = workspace.store.message(channel.id, asked.ts);
  if (!message) throw new SlackError('no_such_message');
  const reacting = { channel, message, name: asked.name, user };
  if (asked.remove) removeReaction(workspace, reacting);
  else addReaction(workspace, reacting);
  return { ok: true };
}
