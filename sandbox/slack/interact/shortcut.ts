import { SlackError } from '../errors.ts';
import { messageShape } from '../shapes.ts';
import type { Fields } from '../types.ts';
import { someone, somewhere, type Workspace } from '../workspace.ts';
import { channelName, interaction, newResponseUrl } from './common.ts';

export interface ShortcutAsked {
  readonly user: string;
  readonly callback_id: string;
  /** Both are given for a message shortcut. */
  readonly channel?: string;
  readonly ts?: string;
}

/** A person runs a global shortcut, or one on a message. */
export async function shortcut(workspace: Workspace, asked: ShortcutAsked): Promise<Fields> {
  const user = someone(workspace, asked.user);
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  const onMessage = asked.channel !== undefined && asked.ts !== undefined;
  const at = onMessage ? somewhere(workspace, asked.channel ?? '').id : undefined;
  const trigger_id = workspace.triggers.issue(user.id, undefined, at);
  const delivered = await workspace.delivery.deliver('interactive', {
    ...interaction(onMessage ? 'message_action' : 'shortcut', user),
    callback_id: asked.callback_id,
    trigger_id,
    action_ts: workspace.store.nextTs(),
    ...(onMessage ? theMessage(workspace, user.id, asked) : {}),
  });
  const { acked, envelope, ms: ack_ms } = delivered;
  return {
    ok: acked,
    acked,
    ack_ms,
    trigger_id,
    envelope,
    ...(delivered.acked ? {} : { error: delivered.reason }),
  };
}

function theMessage(
  workspace: Workspace,
  user: string,
  { channel: named = '', ts = '' }: ShortcutAsked,
): Fields {
  const channel = somewhere(workspace, named);
  const message = workspace.store.message(channel.id, ts);
  if (!message) throw new SlackError('no_such_message');
  return {
    channel: { id: channel.id, name: channelName(channel) },
    message_ts: ts,
    message: messageShape(workspace, channel.id, message),
    response_url: newResponseUrl(workspace, 'app', {
      user,
      channel: channel.id,
      original: { ts, ephemeral: false },
    }),
  };
}
