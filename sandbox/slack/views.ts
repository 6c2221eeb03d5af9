import { SlackError } from './errors.ts';
import { newHash, newId } from './ids.ts';
import { limits } from './limits.ts';
import { bot, team } from './seed.ts';
import { identify } from './store.ts';
import { type Block, type Fields, isFields, type View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** A view that the app asked for, already checked, as a new view of the person. */
export function newView(
  { clock, store }: Workspace,
  user: string,
  asked: Fields,
  under?: { readonly root: string; readonly previous: string },
): View {
  const id = newId('V');
  const external = text(asked.external_id);
  if (external && Object.values(store.state.views).some((view) => view.external_id === external))
    throw new SlackError('duplicate_external_id');
  return {
    id,
    type: asked.type === 'home' ? 'home' : 'modal',
    user,
    root_view_id: under?.root ?? id,
    previous_view_id: under?.previous ?? null,
    hash: newHash(clock.now()),
    ...said(asked),
    external_id: external,
  };
}

/** The same view, saying something else. */
export function rewrite({ clock, store }: Workspace, view: View, asked: Fields): void {
  Object.assign(view, said(asked), { hash: newHash(clock.now()) });
  if (text(asked.external_id)) view.external_id = text(asked.external_id);
  store.tell({ kind: view.type === 'home' ? 'home' : 'views', user: view.user });
}

function said(
  asked: Fields,
): Omit<View, 'id' | 'type' | 'user' | 'root_view_id' | 'previous_view_id' | 'hash' | 'external_id'> {
  return {
    blocks: identify((asked.blocks ?? []) as Block[]),
    title: isFields(asked.title) ? asked.title : null,
    submit: isFields(asked.submit) ? asked.submit : null,
    close: isFields(asked.close) ? asked.close : null,
    private_metadata: text(asked.private_metadata),
    callback_id: text(asked.callback_id),
    clear_on_close: asked.clear_on_close === true,
    notify_on_close: asked.notify_on_close === true,
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Opens a modal in front of whatever the person had open. */
export function open(workspace: Workspace, user: string, asked: Fields): View {
  const view = newView(workspace, user, asked);
  clear(workspace, user);
  return put(workspace, view);
}

/** Puts a modal on top of another. @throws SlackError push_limit_reached, view_not_found */
export function push(workspace: Workspace, user: string, asked: Fields, on: string | undefined): View {
  const stack = workspace.store.state.stacks[user] ?? [];
  const below = workspace.store.state.views[on ?? stack.at(-1) ?? ''];
  if (!below) throw new SlackError('view_not_found');
  if (stack.length >= limits.view.stack) throw new SlackError('push_limit_reached');
  return put(workspace, newView(workspace, user, asked, { root: below.root_view_id, previous: below.id }));
}

function put({ store }: Workspace, view: View): View {
  store.state.views[view.id] = view;
  store.state.stacks[view.user] = [...(store.state.stacks[view.user] ?? []), view.id];
  store.tell({ kind: 'views', user: view.user });
  return view;
}

/** Takes one modal away, or all of the person's. */
export function close({ store }: Workspace, view: View): void {
  delete store.state.views[view.id];
  store.state.stacks[view.user] = (store.state.stacks[view.user] ?? []).filter((id) => id !== view.id);
  store.tell({ kind: 'views', user: view.user });
}

export function clear(workspace: Workspace, user: string): void {
  for (const view of openViews(workspace, user)) close(workspace, view);
}

/** The person's modals, the one in front last. */
export function openViews({ store }: Workspace, user: string): View[] {
  return (store.state.stacks[user] ?? []).flatMap((id) => store.state.views[id] ?? []);
}

export function publish(workspace: Workspace, user: string, asked: Fields): View {
  const before = workspace.store.state.homes[user];
  if (before) {
    rewrite(workspace, before, asked);
    return before;
  }
  const view = newView(workspace, user, asked);
  workspace.store.state.homes[user] = view;
  workspace.store.tell({ kind: 'home', user });
  return view;
}

/** A view as payloads and replies show it; `values` is what the person has put in. */
export function viewShape(view: View, values: Fields = {}): Fields {
  const { user: _, ...shown } = view;
  return {
    ...shown,
    team_id: team.id,
    app_id: bot.app,
    bot_id: bot.id,
    app_installed_team_id: team.id,
    state: { values },
  };
}
