import { bot } from '../seed.ts';
import type { Channel } from '../types.ts';
import { someone, type Workspace } from '../workspace.ts';
import { happened, joined, left } from './membership.ts';

export interface ChannelAsked {
  readonly archived?: boolean;
  /** Who is in it from now on. */
  readonly members?: readonly string[];
}

/** Somebody changes a channel. Newcomers are told of before those who leave. */
export function changeChannel(workspace: Workspace, channel: Channel, asked: ChannelAsked): void {
  const { archived, members } = asked;
  if (members) {
    const wanted = members.map((each) => someone(workspace, each).id);
    // The app first and last, so that it hears of the others.
    const appFirst = wanted.toSorted((a, b) => Number(b === bot.user) - Number(a === bot.user));
    for (const user of appFirst) joined(workspace, channel, user);
    const gone = channel.members.filter((each) => !wanted.includes(each));
    for (const user of gone.toSorted((a, b) => Number(a === bot.user) - Number(b === bot.user)))
      left(workspace, channel, user);
    channel.members = wanted;
  }
  if (archived !== undefined && archived !== (channel.archived === true)) {
    channel.archived = archived;
    happened(workspace, channel, archived ? 'archive' : 'unarchive', 'U0DANAWEISS');
  }
  workspace.store.tell({ kind: 'channels' });
}
