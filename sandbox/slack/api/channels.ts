import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { happened, joined, left } from '../interact/membership.ts';
import { limits } from '../limits.ts';
import { bot } from '../seed.ts';
import { channelShape } from '../shapes.ts';
import type { Channel, Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { missingScope, reachable } from './reach.ts';

/** What an app does with channels, rather than in them. */

const general = ({ name }: Channel) => name === 'general';

/**
 * A channel that the app may change, being in it.
 * @throws SlackError method_not_supported_for_channel_type, missing_scope, not_in_channel, is_archived
 */
function own(args: Args, workspace: Workspace): Channel {
  const channel = managed(args, workspace);
  if (channel.archived) throw new SlackError('is_archived');
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  return channel;
}

function managed(args: Args, workspace: Workspace): Channel {
  const channel = reachable(args, workspace);
  const { kind } = channel;
  if (kind === 'im' || kind === 'mpim') throw new SlackError('method_not_supported_for_channel_type');
  maySee(kind, workspace);
  return channel;
}

function maySee(kind: 'public' | 'private', { app }: Workspace): void {
  const needed = kind === 'private' ? 'groups:write' : 'channels:manage';
  if (!app.scopes.includes(needed)) throw missingScope([needed], app.scopes);
}

/** @throws SlackError invalid_name_required, invalid_name_maxlength, invalid_name_specials, name_taken */
function newName(args: Args, { store }: Workspace): string {
  const name = args.text('name')?.replace(/^#/, '') ?? '';
  if (name === '') throw new SlackError('invalid_name_required');
  if (name.length > limits.channel.name) throw new SlackError('invalid_name_maxlength');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new SlackError('invalid_name_specials');
  if (store.state.channels.some((each) => each.kind !== 'im' && each.name === name))
    throw new SlackError('name_taken');
  return name;
}

function create(args: Args, workspace: Workspace): Fields {
  const kind = args.flag('is_private') ? 'private' : 'public';
  maySee(kind, workspace);
  const name = newName(args, workspace);
  const channel: Channel = {
    id: newId('C'),
    name,
    kind,
    topic: '',
    creator: bot.user,
    created: Math.floor(workspace.clock.now() / 1000),
    members: [bot.user],
  };
  workspace.store.state.channels.push(channel);
  happened(workspace, channel, 'created', bot.user);
  return { channel: channelShape(channel) };
}

function rename(args: Args, workspace: Workspace): Fields {
  const channel = own(args, workspace);
  channel.name = newName(args, workspace);
  happened(workspace, channel, 'rename', bot.user);
  return { channel: channelShape(channel) };
}

function archive(args: Args, workspace: Workspace): Fields {
  const channel = managed(args, workspace);
  if (general(channel)) throw new SlackError('cant_archive_general');
  if (channel.archived) throw new SlackError('already_archived');
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  channel.archived = true;
  happened(workspace, channel, 'archive', bot.user);
  return {};
}

function unarchive(args: Args, workspace: Workspace): Fields {
  const channel = managed(args, workspace);
  if (!channel.archived) throw new SlackError('not_archived');
  channel.archived = false;
  happened(workspace, channel, 'unarchive', bot.user);
  return {};
}

/** All of them, or nobody: one error is the answer's, and each is in its list. */
function invite(args: Args, workspace: Workspace): Fields {
  const channel = own(args, workspace);
  const asked = args.required('users').split(',');
  const errors = asked.flatMap((user) => {
    const error = cannotInvite(user.trim(), channel, workspace);
    return error ? [{ ok: false, error, user }] : [];
  });
  if (errors[0]) throw new SlackError(errors[0].error, { errors });
  for (const user of asked) joined(workspace, channel, user.trim(), bot.user);
  return { channel: channelShape(channel) };
}

function cannotInvite(user: string, channel: Channel, { store }: Workspace): string | undefined {
  if (user === bot.user) return 'cant_invite_self';
  if (!store.state.users.some((each) => each.id === user)) return 'user_not_found';
  return channel.members.includes(user) ? 'already_in_channel' : undefined;
}

function kick(args: Args, workspace: Workspace): Fields {
  const channel = own(args, workspace);
  const user = args.required('user');
  if (user === bot.user) throw new SlackError('cant_kick_self');
  if (general(channel)) throw new SlackError('cant_kick_from_general');
  if (!workspace.store.state.users.some((each) => each.id === user)) throw new SlackError('user_not_found');
  if (!channel.members.includes(user)) throw new SlackError('not_in_channel');
  left(workspace, channel, user);
  return { errors: {} };
}

function leave(args: Args, workspace: Workspace): Fields {
  const channel = managed(args, workspace);
  if (general(channel)) throw new SlackError('cant_leave_general');
  if (!channel.members.includes(bot.user)) return { not_in_channel: true };
  left(workspace, channel, bot.user);
  return {};
}

function join(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  if (channel.kind !== 'public') throw new SlackError('method_not_supported_for_channel_type');
  if (channel.archived) throw new SlackError('is_archived');
  const already = channel.members.includes(bot.user);
  joined(workspace, channel, bot.user);
  return { channel: channelShape(channel), ...(already ? { warning: 'already_in_channel' } : {}) };
}

function describe(what: 'topic' | 'purpose') {
  return (args: Args, workspace: Workspace): Fields => {
    const channel = own(args, workspace);
    const words = args.text(what) ?? '';
    if (words.length > limits.channel.topic) throw new SlackError('too_long');
    channel[what] = words;
    workspace.store.tell({ kind: 'channels' });
    return { channel: channelShape(channel) };
  };
}

/** Where the app has read to: nobody sees it. */
function mark(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  if (!/^\d+\.\d+$/.test(args.required('ts'))) throw new SlackError('invalid_timestamp');
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  return {};
}

const manages = {
  token: 'bot',
  scopes: ['channels:manage', 'groups:write', 'im:write', 'mpim:write'],
} as const;

export const channels: Methods = {
  'conversations.archive': { ...manages, tier: 2, run: archive },
  'conversations.create': { ...manages, tier: 2, run: create },
  'conversations.invite': { ...manages, tier: 3, run: invite },
  'conversations.join': { token: 'bot', scopes: ['channels:join'], tier: 3, run: join },
  'conversations.kick': { ...manages, tier: 3, run: kick },
  'conversations.leave': { ...manages, tier: 3, run: leave },
  'conversations.mark': { ...manages, tier: 3, run: mark },
  'conversations.rename': { ...manages, tier: 2, run: rename },
  'conversations.setPurpose': { ...manages, tier: 2, run: describe('purpose') },
  'conversations.setTopic': { ...manages, tier: 2, run: describe('topic') },
  'conversations.unarchive': { ...manages, tier: 2, run: unarchive },
};
