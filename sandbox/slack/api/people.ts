import { SlackError } from '../errors.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { type Methods, page } from './method.ts';
import { groupShape, userShape } from './shapes.ts';

function userInfo(args: Args, workspace: Workspace): Fields {
  const user = workspace.store.state.users.find((each) => each.id === args.text('user'));
  if (!user) throw new SlackError('user_not_found');
  return { user: shaped(user.id, workspace) };
}

function shaped(id: string, { store, app, url }: Workspace): Fields {
  const user = store.user(id);
  if (!user) throw new SlackError('user_not_found');
  const shape = userShape(user, url);
  if (app.scopes.includes('users:read.email')) return shape;
  const { email: _, ...profile } = shape.profile as Fields;
  return { ...shape, profile };
}

function usersList(args: Args, workspace: Workspace): Fields {
  const { items, response_metadata } = page(workspace.store.state.users, args, 1000);
  const members = items.map((user) => shaped(user.id, workspace));
  return { members, cache_ts: Math.floor(workspace.clock.now() / 1000), response_metadata };
}

function byEmail(args: Args, workspace: Workspace): Fields {
  const email = args.required('email');
  const user = workspace.store.state.users.find((each) => each.email === email);
  if (!user) throw new SlackError('users_not_found');
  return { user: shaped(user.id, workspace) };
}

function groupsList(args: Args, { store }: Workspace): Fields {
  const withUsers = args.flag('include_users');
  const usergroups = store.state.groups.map((group) => ({
    ...groupShape(group),
    ...(withUsers ? { users: group.users } : {}),
  }));
  return { usergroups };
}

function groupUsers(args: Args, { store }: Workspace): Fields {
  const group = store.state.groups.find((each) => each.id === args.text('usergroup'));
  if (!group) throw new SlackError('no_such_subteam');
  return { users: group.users };
}

export const people: Methods = {
  'users.info': { token: 'bot', scopes: ['users:read'], tier: 4, run: userInfo },
  'users.list': { token: 'bot', scopes: ['users:read'], tier: 2, run: usersList },
  'users.lookupByEmail': { token: 'bot', scopes: ['users:read.email'], tier: 3, run: byEmail },
  'usergroups.list': { token: 'bot', scopes: ['usergroups:read'], tier: 2, run: groupsList },
  'usergroups.users.list': { token: 'bot', scopes: ['usergroups:read'], tier: 2, run: groupUsers },
};
