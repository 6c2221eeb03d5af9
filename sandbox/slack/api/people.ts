import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import { locale, slackbotShape, userShape } from '../shapes.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { type Methods, page } from './method.ts';

function userInfo(args: Args, workspace: Workspace): Fields {
  return { user: shaped(args.text('user') ?? '', workspace, args.flag('include_locale')) };
}

/** @throws SlackError user_not_found */
function shaped(id: string, { store, app, url }: Workspace, withLocale = false): Fields {
  const user = store.state.users.find((each) => each.id === id);
  if (!user && id !== 'USLACKBOT') throw new SlackError('user_not_found');
  const whole = user ? userShape(user, url) : slackbotShape(url);
  const shape: Fields = withLocale ? { ...whole, locale } : whole;
  if (app.scopes.includes('users:read.email')) return shape;
  const { email: _, ...profile } = shape.profile as Fields;
  return { ...shape, profile };
}

function usersList(args: Args, workspace: Workspace): Fields {
  const ids = [...workspace.store.state.users.map(({ id }) => id), 'USLACKBOT'];
  const { items, response_metadata } = page(ids, args, 1000);
  const members = items.map((id) => shaped(id, workspace, args.flag('include_locale')));
  return { members, cache_ts: Math.floor(workspace.clock.now() / 1000), response_metadata };
}

function byEmail(args: Args, workspace: Workspace): Fields {
  const email = args.required('email');
  const user = workspace.store.state.users.find((each) => each.email === email);
  if (!user) throw new SlackError('users_not_found');
  return { user: shaped(user.id, workspace) };
}

function profile(args: Args, workspace: Workspace): Fields {
  const { profile: found } = shaped(args.text('user') ?? bot.user, workspace);
  return { profile: found };
}

/** Everybody here is always at their desk; only of itself is the app told more. */
function presence(args: Args, { store }: Workspace): Fields {
  const id = args.text('user') ?? bot.user;
  if (!store.state.users.some((each) => each.id === id)) throw new SlackError('user_not_found');
  const own = { online: true, auto_away: false, manual_away: false, connection_count: 1 };
  return { presence: 'active', ...(id === bot.user ? own : {}) };
}

function setPresence(args: Args): Fields {
  if (!['auto', 'away'].includes(args.required('presence'))) throw new SlackError('invalid_presence');
  return {};
}

/** Nobody here has asked not to be disturbed. */
const undisturbed = { dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 };

function disturbable(args: Args): Fields {
  const users = args.required('users').split(',');
  return { users: Object.fromEntries(users.map((each) => [each, undisturbed])) };
}

export const people: Methods = {
  'users.info': { token: 'bot', scopes: ['users:read'], tier: 4, run: userInfo },
  'users.list': { token: 'bot', scopes: ['users:read'], tier: 2, run: usersList },
  'users.lookupByEmail': { token: 'bot', scopes: ['users:read.email'], tier: 3, run: byEmail },
  'users.getPresence': { token: 'bot', scopes: ['users:read'], tier: 3, run: presence },
  'users.setPresence': { token: 'bot', scopes: ['users:write'], tier: 2, run: setPresence },
  'users.profile.get': { token: 'bot', scopes: ['users.profile:read'], tier: 4, run: profile },
  'dnd.info': { token: 'bot', scopes: ['dnd:read'], tier: 3, run: () => undisturbed },
  'dnd.teamInfo': { token: 'bot', scopes: ['dnd:read'], tier: 2, run: disturbable },
};
