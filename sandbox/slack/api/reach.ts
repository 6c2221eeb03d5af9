import { SlackError } from '../errors.ts';
import { bot } from '../seed.ts';
import type { Channel } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';

/** Which conversations the app's token reaches. */

/**
 * The conversation that `channel` means: an id, a #name, or a person's id for the direct message.
 * @throws SlackError channel_not_found, also for a private channel that the app is not in
 */
export function reachable(args: Args, { store }: Workspace, name = 'channel'): Channel {
  const asked = args.text(name);
  if (asked === undefined) throw new SlackError('channel_not_found');
  const channel = store.user(asked) ? store.directMessage(store.user(asked)?.id ?? '') : store.channel(asked);
  if (!channel) throw new SlackError('channel_not_found');
  if (channel.kind === 'private' && !channel.members.includes(bot.user))
    throw new SlackError('channel_not_found');
  return channel;
}

/** @throws SlackError not_in_channel, is_archived */
export function mayPost(channel: Channel, { app }: Workspace): void {
  if (channel.archived) throw new SlackError('is_archived');
  const open = channel.kind === 'public' && app.scopes.includes('chat:write.public');
  if (!channel.members.includes(bot.user) && !open) throw new SlackError('not_in_channel');
}

const families = { public: 'channels', private: 'groups', im: 'im', mpim: 'mpim' } as const;

/** @throws SlackError missing_scope, when the token has not the scope for this kind of conversation */
export function needsScope(channel: Channel, what: 'read' | 'history', { app }: Workspace): void {
  const needed = `${families[channel.kind]}:${what}`;
  if (!app.scopes.includes(needed)) throw missingScope([needed], app.scopes);
}

export function missingScope(needed: readonly string[], provided: readonly string[]): SlackError {
  return new SlackError('missing_scope', { needed: needed.join(','), provided: provided.join(',') });
}
