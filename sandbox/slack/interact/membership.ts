import { bot, team } from '../seed.ts';
import { channelShape } from '../shapes.ts';
import type { Channel, Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { emit } from './event.ts';

/** Who is in a channel, and what becomes of channels: each change, and the event that tells the app of it. */

const channelType = ({ kind }: Channel) => (kind === 'public' ? 'C' : 'G');

export function joined(workspace: Workspace, channel: Channel, user: string, inviter?: string): void {
  if (channel.members.includes(user)) return;
  channel.members.push(user);
  workspace.store.tell({ kind: 'channels' });
  const event = { type: 'member_joined_channel', ...of(workspace, channel, user) };
  if (sees(channel)) tell(workspace, inviter && inviter !== user ? { ...event, inviter } : event);
}

export function left(workspace: Workspace, channel: Channel, user: string): void {
  const wasSeen = sees(channel);
  if (!channel.members.includes(user)) return;
  channel.members = channel.members.filter((each) => each !== user);
  workspace.store.tell({ kind: 'channels' });
  if (wasSeen) tell(workspace, { type: 'member_left_channel', ...of(workspace, channel, user) });
}

const of = ({ store }: Workspace, channel: Channel, user: string): Fields => ({
  user,
  channel: channel.id,
  channel_type: channelType(channel),
  team: team.id,
  event_ts: store.nextTs(),
});

/** What happens to a private channel is told as `group_…`, and only to an app that is in it. */
export function happened(
  workspace: Workspace,
  channel: Channel,
  what: 'created' | 'rename' | 'archive' | 'unarchive',
  by: string,
): void {
  workspace.store.tell({ kind: 'channels' });
  if (channel.kind === 'private' && (what === 'created' || !sees(channel))) return;
  const whole = what === 'created' || what === 'rename';
  tell(workspace, {
    type: `${channel.kind === 'private' ? 'group' : 'channel'}_${what}`,
    channel: whole ? channelShape(channel) : channel.id,
    ...(whole ? {} : { user: by }),
    event_ts: workspace.store.nextTs(),
  });
}

const sees = (channel: Channel) => channel.members.includes(bot.user);

function tell(workspace: Workspace, event: Fields): void {
  void emit(workspace, String(event.type), event);
}
