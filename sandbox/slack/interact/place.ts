import { SlackError } from '../errors.ts';
import { messageShape } from '../shapes.ts';
import type { Block, Channel, Ephemeral, Fields, Message, User, View } from '../types.ts';
import { viewShape } from '../views.ts';
import { somewhere, type Workspace } from '../workspace.ts';
import { channelName, newResponseUrl } from './common.ts';
import { initialValues, type Values } from './values.ts';

/** Where an element stands: in a message, in an ephemeral message, or in a view. */
export interface PlaceAsked {
  readonly channel?: string;
  readonly ts?: string;
  readonly view_id?: string;
}

export interface Place {
  readonly blocks: readonly Block[];
  /** The key under which a person's picks are kept until the blocks change. */
  readonly key: string;
  /** The view, if it is one: a trigger from here may push on top of it. */
  readonly view?: View;
  readonly channel?: Channel;
  readonly message?: Message | Ephemeral;
  readonly ephemeral?: boolean;
}

/**
 * What the person sees there. @throws SlackError no_such_message, no_such_view, channel_not_found
 */
export function placeOf(workspace: Workspace, user: User, asked: PlaceAsked): Place {
  if (asked.view_id !== undefined) return viewPlace(workspace, user, asked.view_id);
  if (asked.ts === undefined && asked.channel !== undefined)
    throw new SlackError('no_such_message', { hint: 'Say which message of the channel: give its ts.' });
  if (asked.ts === undefined) return homePlace(workspace, user);
  const { store } = workspace;
  const ephemeral = store.ephemeral(user.id, asked.ts);
  if (ephemeral) {
    const channel = somewhere(workspace, ephemeral.channel);
    return {
      blocks: ephemeral.blocks ?? [],
      key: keyOf(user, ephemeral.ts),
      channel,
      message: ephemeral,
      ephemeral: true,
    };
  }
  const channel = somewhere(workspace, asked.channel ?? '');
  const message = store.message(channel.id, asked.ts);
  if (!message || !channel.members.includes(user.id)) throw new SlackError('no_such_message');
  return {
    blocks: message.blocks ?? [],
    key: keyOf(user, `${message.ts} ${message.edited?.ts ?? ''}`),
    channel,
    message,
  };
}

const keyOf = (user: User, thing: string) => `${user.id} ${thing}`;

function viewPlace({ store }: Workspace, user: User, id: string): Place {
  const view = store.state.views[id] ?? Object.values(store.state.homes).find((home) => home.id === id);
  if (!view || view.user !== user.id) throw new SlackError('no_such_view');
  return { blocks: view.blocks, key: keyOf(user, view.id), view };
}

function homePlace({ store }: Workspace, user: User): Place {
  const view = store.state.homes[user.id];
  if (!view) throw new SlackError('no_such_view', { hint: 'The app has published no home yet.' });
  return { blocks: view.blocks, key: keyOf(user, view.id), view };
}

/** `container`, and the view or message with its channel, as payloads carry them. */
export function contextOf(workspace: Workspace, place: Place, values: Values): Fields {
  const { view, channel, message } = place;
  if (view) return { container: { type: 'view', view_id: view.id }, view: viewShape(view, values) };
  if (!channel || !message) return {};
  const thread = message.thread_ts ? { thread_ts: message.thread_ts } : {};
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: place.ephemeral === true,
      ...thread,
    },
    channel: { id: channel.id, name: channelName(channel) },
    // Slack does not say what an ephemeral message was.
    ...('type' in message ? { message: messageShape(workspace, channel.id, message) } : {}),
    state: { values },
  };
}

/** Messages carry a response_url, views don't. */
export function responseUrlOf(
  workspace: Workspace,
  user: User,
  { channel, message, ephemeral }: Place,
): Fields {
  if (!channel || !message) return {};
  const response_url = newResponseUrl(workspace, 'actions', {
    user: user.id,
    channel: channel.id,
    ...(message.thread_ts ? { thread_ts: message.thread_ts } : {}),
    original: { ts: message.ts, ephemeral: ephemeral === true },
  });
  return { response_url };
}

/** What each person has picked and not yet sent; it lives as long as the client that shows it. */
export class Picks {
  readonly #values = new Map<string, Values>();

  of(place: Place): Values {
    return merged(initialValues(place.blocks), this.#values.get(place.key) ?? {});
  }

  keep(place: Place, values: Values): void {
    this.#values.set(place.key, values);
    if (this.#values.size > 500) for (const key of this.#values.keys()) return void this.#values.delete(key);
  }
}

/** The fields that are there now, with what was picked in them before. */
function merged(initial: Values, picked: Values): Values {
  return Object.fromEntries(
    Object.entries(initial).map(([block, fields]) => [
      block,
      Object.fromEntries(
        Object.entries(fields).map(([action, value]) => [action, picked[block]?.[action] ?? value]),
      ),
    ]),
  );
}
