import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { bot, team } from '../seed.ts';
import type { Bookmark, Channel, Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { reachable } from './reach.ts';

/** @throws SlackError channel_not_found, not_in_channel */
function within(args: Args, workspace: Workspace): Channel {
  const channel = reachable(args, workspace, 'channel_id');
  if (!channel.members.includes(bot.user)) throw new SlackError('not_in_channel');
  return channel;
}

/** What is said of a bookmark; what is not given stays. @throws SlackError invalid_link */
function said(args: Args): Partial<Pick<Bookmark, 'title' | 'link' | 'emoji'>> {
  const link = args.text('link');
  if (link !== undefined && !URL.canParse(link)) throw new SlackError('invalid_link');
  const [title, emoji] = [args.text('title'), args.text('emoji')];
  return { ...(title ? { title } : {}), ...(link ? { link } : {}), ...(emoji ? { emoji } : {}) };
}

function add(args: Args, workspace: Workspace): Fields {
  const channel = within(args, workspace);
  const title = args.required('title');
  if (args.required('type') !== 'link') throw new SlackError('invalid_bookmark_type');
  const now = Math.floor(workspace.clock.now() / 1000);
  const bookmark: Bookmark = {
    id: newId('Bk'),
    channel_id: channel.id,
    title,
    link: args.required('link'),
    emoji: '',
    icon_url: '',
    type: 'link',
    entity_id: null,
    date_created: now,
    date_updated: 0,
    rank: 'U',
    last_updated_by_user_id: bot.user,
    last_updated_by_team_id: team.id,
    shortcut_id: null,
    app_id: bot.app,
    ...said(args),
  };
  channel.bookmarks = [...(channel.bookmarks ?? []), bookmark];
  workspace.store.tell({ kind: 'channels' });
  return { bookmark };
}

function found(args: Args, channel: Channel): Bookmark {
  const id = args.required('bookmark_id');
  const bookmark = channel.bookmarks?.find((each) => each.id === id);
  if (!bookmark) throw new SlackError('not_found');
  return bookmark;
}

function edit(args: Args, workspace: Workspace): Fields {
  const channel = within(args, workspace);
  const before = found(args, channel);
  const bookmark = { ...before, ...said(args), date_updated: Math.floor(workspace.clock.now() / 1000) };
  channel.bookmarks = (channel.bookmarks ?? []).map((each) => (each === before ? bookmark : each));
  workspace.store.tell({ kind: 'channels' });
  return { bookmark };
}

function remove(args: Args, workspace: Workspace): Fields {
  const channel = within(args, workspace);
  const gone = found(args, channel);
  channel.bookmarks = (channel.bookmarks ?? []).filter((each) => each !== gone);
  workspace.store.tell({ kind: 'channels' });
  return {};
}

function list(args: Args, workspace: Workspace): Fields {
  return { bookmarks: within(args, workspace).bookmarks ?? [] };
}

export const bookmarks: Methods = {
  'bookmarks.add': { token: 'bot', scopes: ['bookmarks:write'], tier: 2, run: add },
  'bookmarks.edit': { token: 'bot', scopes: ['bookmarks:write'], tier: 2, run: edit },
  'bookmarks.list': { token: 'bot', scopes: ['bookmarks:read'], tier: 3, run: list },
  'bookmarks.remove': { token: 'bot', scopes: ['bookmarks:write'], tier: 2, run: remove },
};
