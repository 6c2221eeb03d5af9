import { checkView } from '../blocks/validate.ts';
import { SlackError } from '../errors.ts';
import { showable } from '../showable.ts';
import { type Fields, isFields, type View } from '../types.ts';
import { open, publish, push, rewrite, viewShape } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';

/** @throws SlackError invalid_arguments, view_too_large */
function view(args: Args, workspace: Workspace, type: 'modal' | 'home'): Fields {
  const asked = checkView(args.json('view', 'invalid_arguments'), showable(workspace));
  if (asked.type !== type)
    throw SlackError.invalid('invalid_arguments', [`must be ${type} [json-pointer:/view/type]`]);
  return asked;
}

function trigger(args: Args, { triggers }: Workspace) {
  return triggers.exchange(args.text('interactivity_pointer') ?? args.required('trigger_id'));
}

function opens(args: Args, workspace: Workspace): Fields {
  const asked = view(args, workspace, 'modal');
  const { user, channel } = trigger(args, workspace);
  return { view: viewShape(open(workspace, user, withCurrent(asked, channel))) };
}

function pushes(args: Args, workspace: Workspace): Fields {
  const asked = view(args, workspace, 'modal');
  const by = trigger(args, workspace);
  return { view: viewShape(push(workspace, by.user, withCurrent(asked, by.channel), by.view)) };
}

/** Menus of conversations that start with the one in which the person has just acted. */
function withCurrent(part: Fields, channel: string | undefined): Fields {
  if (channel === undefined) return part;
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    return isFields(value) ? withCurrent(value, channel) : value;
  };
  const copy = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, within(value)]));
  if (part.default_to_current_conversation !== true) return copy;
  return part.type === 'conversations_select'
    ? { initial_conversation: channel, ...copy }
    : { initial_conversations: [channel], ...copy };
}

function updates(args: Args, workspace: Workspace): Fields {
  const before = found(args, workspace);
  const asked = view(args, workspace, before.type);
  sameHash(args, before);
  rewrite(workspace, before, asked);
  return { view: viewShape(before) };
}

function found(args: Args, { store }: Workspace): View {
  const id = args.text('view_id');
  const external = id ? undefined : args.required('external_id');
  const all = [...Object.values(store.state.views), ...Object.values(store.state.homes)];
  const view = all.find((each) => (id ? each.id === id : each.external_id === external));
  if (!view) throw new SlackError('not_found');
  return view;
}

function publishes(args: Args, workspace: Workspace): Fields {
  const { store } = workspace;
  const asked = view(args, workspace, 'home');
  const user = store.user(args.required('user_id'));
  if (!user || user.bot)
    throw SlackError.invalid('invalid_arguments', ['invalid `user_id` [json-pointer:/user_id]']);
  const before = store.state.homes[user.id];
  if (before) sameHash(args, before);
  return { view: viewShape(publish(workspace, user.id, asked)) };
}

/** @throws SlackError hash_conflict, when the view was changed since the caller saw it */
function sameHash(args: Args, before: View): void {
  const hash = args.text('hash');
  if (hash !== undefined && hash !== before.hash) throw new SlackError('hash_conflict');
}

const bot = { token: 'bot', scopes: [], tier: 4 } as const;

export const views: Methods = {
  'views.open': { ...bot, run: opens },
  'views.push': { ...bot, run: pushes },
  'views.update': { ...bot, run: updates },
  'views.publish': { ...bot, run: publishes },
};
