import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import { channelShape, locale, messageShape } from '../shapes.ts';
import type { Channel, Fields, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { type Methods, page } from './method.ts';
import { pinnedIn } from './pins.ts';
import { needsScope, reachable } from './reach.ts';

const readScopes = ['channels:read', 'groups:read', 'im:read', 'mpim:read'] as const;
const historyScopes = ['channels:history', 'groups:history', 'im:history', 'mpim:history'] as const;
const kinds: Readonly<Record<string, Channel['kind']>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

/** @throws SlackError invalid_types */
function kindOf(type: string): Channel['kind'] {
  const kind = kinds[type];
  if (!kind) throw new SlackError('invalid_types');
  return kind;
}

function info(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  needsScope(channel, 'read', workspace);
  const { num_members, ...shape } = channelShape(channel);
  const counted = args.flag('include_num_members') && num_members !== undefined;
  return {
    channel: {
      ...shape,
      ...(counted ? { num_members } : {}),
      ...(args.flag('include_locale') ? { locale } : {}),
    },
  };
}

/**
 * What the token sees: public channels, and the private ones and direct messages it is in. With `membersOnly`
 * those of them that `user`, or else the app, is in.
 */
function visible(args: Args, workspace: Workspace, membersOnly: boolean): Channel[] {
  const who = args.text('user') ?? bot.user;
  if (membersOnly && !workspace.store.state.users.some((user) => user.id === who))
    throw new SlackError('user_not_found');
  const types = (args.text('types') ?? 'public_channel').split(',').map((type) => kindOf(type.trim()));
  return workspace.store.state.channels.filter((channel) => {
    const member = channel.members.includes(bot.user);
    if (!types.includes(channel.kind) || (args.flag('exclude_archived') && channel.archived)) return false;
    const seen = member || channel.kind === 'public';
    return seen && (!membersOnly || channel.members.includes(who));
  });
}

function list(membersOnly: boolean) {
  return (args: Args, workspace: Workspace): Fields => {
    const channels = visible(args, workspace, membersOnly);
    for (const channel of channels) needsScope(channel, 'read', workspace);
    const { items, response_metadata } = page(channels, args, 100);
    return { channels: items.map(channelShape), response_metadata };
  };
}

function members(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  needsScope(channel, 'read', workspace);
  const { items, response_metadata } = page(channel.members, args, 100);
  return { members: items, response_metadata };
}

function readable(args: Args, workspace: Workspace): Channel {
  const channel = reachable(args, workspace);
  needsScope(channel, 'history', workspace);
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  return channel;
}

const isTs = (text: string) => /^\d+(\.\d+)?$/.test(text);

/** Messages between `oldest` and `latest`, which only count themselves with `inclusive`. @throws SlackError */
function between(args: Args, messages: readonly Message[]): Message[] {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest') ?? '9999999999.999999';
  if (!isTs(oldest)) throw new SlackError('invalid_ts_oldest');
  if (!isTs(latest)) throw new SlackError('invalid_ts_latest');
  const inclusive = args.flag('inclusive');
  const compare = (a: string, b: string) => Number(a) - Number(b);
  return messages.filter(({ ts }) => {
    const above = compare(ts, oldest);
    const below = compare(latest, ts);
    return (above > 0 && below > 0) || (inclusive && above >= 0 && below >= 0);
  });
}

function shown(args: Args, workspace: Workspace, channel: Channel, message: Message): Fields {
  const { metadata, ...rest } = messageShape(workspace, channel.id, message);
  return args.flag('include_all_metadata') && metadata ? { ...rest, metadata } : rest;
}

function history(args: Args, workspace: Workspace): Fields {
  const channel = readable(args, workspace);
  const top = workspace.store
    .messages(channel.id)
    .filter((each) => !each.thread_ts || each.thread_ts === each.ts || each.subtype === 'thread_broadcast');
  const { items, response_metadata } = page(between(args, top).reverse(), args, 100);
  return {
    messages: items.map((each) => shown(args, workspace, channel, each)),
    has_more: response_metadata.next_cursor !== '',
    pin_count: pinnedIn(workspace.store.messages(channel.id)).length,
    response_metadata,
  };
}

function replies(args: Args, workspace: Workspace): Fields {
  const channel = readable(args, workspace);
  const ts = args.required('ts');
  const thread = workspace.store
    .messages(channel.id)
    .filter((each) => each.ts === ts || each.thread_ts === ts);
  if (thread.length === 0) throw new SlackError('thread_not_found');
  const { items, response_metadata } = page(between(args, thread), args, 1000);
  return {
    messages: items.map((each) => shown(args, workspace, channel, each)),
    has_more: response_metadata.next_cursor !== '',
    response_metadata,
  };
}

export const conversations: Methods = {
  'conversations.info': { token: 'bot', scopes: readScopes, tier: 3, run: info },
  'conversations.list': { token: 'bot', scopes: readScopes, tier: 2, run: list(false) },
  'users.conversations': { token: 'bot', scopes: readScopes, tier: 3, run: list(true) },
  'conversations.members': { token: 'bot', scopes: readScopes, tier: 4, run: members },
  'conversations.history': { token: 'bot', scopes: historyScopes, tier: 3, run: history },
  'conversations.replies': { token: 'bot', scopes: historyScopes, tier: 3, run: replies },
};
