import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { changeGroup, emit } from '../interact/event.ts';
import { groupShape } from '../shapes.ts';
import type { Fields, Group } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';

/** User groups: who is on call is what many bots keep in them. */

/** @throws SlackError no_such_subteam */
function group(args: Args, { store }: Workspace): Group {
  const found = store.state.groups.find((each) => each.id === args.text('usergroup'));
  if (!found) throw new SlackError('no_such_subteam');
  return found;
}

function shaped(found: Group, args: Args): Fields {
  return { ...groupShape(found), ...(args.flag('include_users') ? { users: found.users } : {}) };
}

function list(args: Args, { store }: Workspace): Fields {
  const usergroups = store.state.groups
    .filter((each) => each.disabled === undefined || args.flag('include_disabled'))
    .map((each) => shaped(each, args));
  return { usergroups };
}

function usersOf(args: Args, workspace: Workspace): Fields {
  const found = group(args, workspace);
  const hidden = found.disabled !== undefined && !args.flag('include_disabled');
  return { users: hidden ? [] : found.users };
}

/** What is given of its names. @throws SlackError name_already_exists, handle_already_exists */
function names(args: Args, { store }: Workspace, of?: Group): Partial<Pick<Group, 'name' | 'handle'>> {
  const [name, handle] = [args.text('name'), args.text('handle')];
  const others = store.state.groups.filter((each) => each !== of);
  if (others.some((each) => each.name === name)) throw new SlackError('name_already_exists');
  if (others.some((each) => each.handle === handle)) throw new SlackError('handle_already_exists');
  return { ...(name ? { name } : {}), ...(handle ? { handle } : {}) };
}

function create(args: Args, workspace: Workspace): Fields {
  const name = args.required('name');
  const handle = args.text('handle') ?? name.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  const made: Group = { id: newId('S'), name, handle, users: [], ...names(args, workspace) };
  workspace.store.state.groups.push(made);
  tell(workspace, 'subteam_created', made);
  return { usergroup: shaped(made, args) };
}

function update(args: Args, workspace: Workspace): Fields {
  const found = group(args, workspace);
  Object.assign(found, names(args, workspace, found));
  tell(workspace, 'subteam_updated', found);
  return { usergroup: shaped(found, args) };
}

function switched(on: boolean) {
  return (args: Args, workspace: Workspace): Fields => {
    const found = group(args, workspace);
    if (on === (found.disabled === undefined))
      throw new SlackError(on ? 'already_enabled' : 'already_disabled');
    if (on) delete found.disabled;
    else found.disabled = Math.floor(workspace.clock.now() / 1000);
    tell(workspace, 'subteam_updated', found);
    return { usergroup: shaped(found, args) };
  };
}

/** Replaces who is in it. */
function updateUsers(args: Args, workspace: Workspace): Fields {
  const found = group(args, workspace);
  const users = (args.text('users') ?? '').split(',').filter((each) => each !== '');
  if (users.length === 0) throw new SlackError('no_users_provided');
  const known = new Set(workspace.store.state.users.map(({ id }) => id));
  if (!users.every((each) => known.has(each))) throw new SlackError('invalid_users');
  void changeGroup(workspace, { group: found.id, users });
  tell(workspace, 'subteam_updated', found);
  return { usergroup: { ...groupShape(found), users: found.users } };
}

function tell(workspace: Workspace, type: 'subteam_created' | 'subteam_updated', changed: Group): void {
  workspace.store.tell({ kind: 'groups' });
  void emit(workspace, type, {
    type,
    subteam: { ...groupShape(changed), users: changed.users },
    event_ts: workspace.store.nextTs(),
  });
}

const reads = { token: 'bot', scopes: ['usergroups:read'], tier: 2 } as const;
const writes = { token: 'bot', scopes: ['usergroups:write'], tier: 2 } as const;

export const groups: Methods = {
  'usergroups.create': { ...writes, run: create },
  'usergroups.disable': { ...writes, run: switched(false) },
  'usergroups.enable': { ...writes, run: switched(true) },
  'usergroups.list': { ...reads, run: list },
  'usergroups.update': { ...writes, run: update },
  'usergroups.users.list': { ...reads, run: usersOf },
  'usergroups.users.update': { ...writes, run: updateUsers },
};
