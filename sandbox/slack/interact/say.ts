import { newUuid } from '../ids.ts';
import type { Fields } from '../types.ts';
import { someone, somewhere, type Workspace } from '../workspace.ts';
import { hearPosted } from './heard.ts';
import { asSent } from './typed.ts';

export interface MessageAsked {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
}

/** A person writes; the app hears of it where it is, and of a mention. */
export async function say(workspace: Workspace, asked: MessageAsked): Promise<Fields> {
  const user = someone(workspace, asked.user);
  const channel = somewhere(workspace, asked.channel);
  const message = workspace.store.post(channel.id, {
    user: user.id,
    text: asSent(workspace, asked.text, 'message'),
    client_msg_id: newUuid(),
    ...(asked.thread_ts ? { thread_ts: asked.thread_ts } : {}),
  });
  const deliveries = await hearPosted(workspace, channel, message);
  return { ok: true, ts: message.ts, channel: channel.id, deliveries };
}
