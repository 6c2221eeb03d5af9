import type { BlockAction, SlashCommand } from '@slack/bolt';
import type { AppMentionEvent } from '@slack/types';
import { pressedId } from '../rendering/actions.ts';
import type { Line, Press } from './incoming.ts';

/** A slash command. Slack sends none from within threads. */
export function lineFrom(body: SlashCommand): Line {
  return {
    type: 'line',
    line: body.text ?? '',
    user: body.user_id,
    channel: body.channel_id,
    channelName: body.channel_name,
    responseUrl: body.response_url,
  };
}

/** `@lamplighter stop web-1`: the line behind the first mention. Undefined for what another app wrote. */
export function mentionFrom(event: AppMentionEvent): Line | undefined {
  if (!event.user || event.bot_id) return undefined;
  return {
    type: 'line',
    line: event.text.replace(/^[\s\S]*?<@[A-Z0-9]+(?:\|[^>]*)?>\s*/, ''),
    user: event.user,
    channel: event.channel,
    ...(event.thread_ts ? { thread: event.thread_ts } : {}),
  };
}

/** A button or menu, or undefined for what only opens a link or fills a form. */
export function pressFrom(body: BlockAction): Press | undefined {
  const [used] = body.actions;
  const value = used && pressedValue(used);
  if (value === undefined || body.view?.type === 'modal') return undefined;
  const { channel, message, response_url: responseUrl, container } = body;
  // a message that was answered has the thread that it begins; it stands in the channel all the same
  const thread: unknown = message?.thread_ts === message?.ts ? undefined : message?.thread_ts;
  return {
    type: 'press',
    action: pressedId(used?.action_id ?? ''),
    value,
    user: body.user.id,
    channel: channel?.id ?? '',
    ...(channel?.name ? { channelName: channel.name } : {}),
    ...(typeof thread === 'string' ? { thread } : {}),
    ...(responseUrl ? { responseUrl } : {}),
    ...(container?.is_ephemeral === true ? { ephemeral: true } : {}),
  };
}

function pressedValue(used: BlockAction['actions'][number]): string | undefined {
  if (used.type === 'button') return used.url ? undefined : (used.value ?? '');
  if (used.type === 'static_select' || used.type === 'overflow') return used.selected_option?.value;
  return undefined;
}
