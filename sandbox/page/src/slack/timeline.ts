import { useMemo } from 'react';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import { useSession } from '../live/session.tsx';
import { isSameDay, timeOf } from '../live/times.ts';
import type { Message } from '../live/types.ts';

/** Messages of one person within so many milliseconds stand under one name. */
const TOGETHER = 5 * 60_000;

export interface Entry {
  readonly message: Message;
  /** Whether a line with the day comes before it. */
  readonly newDay: boolean;
  /** Whether it stands under the name of the one before. */
  readonly continues: boolean;
}

/**
 * What this person sees in a channel, oldest first; undefined until it is there. What only they see is
 * that of the channel itself, or that of a thread.
 */
export function useMessages(channel: string, thread?: string): readonly Message[] | undefined {
  const { me } = useSession();
  const posted = useLive<{ messages: Message[] }>(paths.messages(channel));
  const ephemerals = useLive<{ messages: Message[] }>(paths.ephemerals(me.id));
  return useMemo(() => {
    if (!posted) return undefined;
    const here =
      ephemerals?.messages.filter((each) => each.channel === channel && each.thread_ts === thread) ?? [];
    return [...posted.messages, ...here].sort((a, b) => Number(a.ts) - Number(b.ts));
  }, [posted, ephemerals, channel, thread]);
}

/** Messages as they stand under each other. */
export function entriesOf(messages: readonly Message[]): Entry[] {
  return messages.map((message, at) => {
    const before = messages[at - 1];
    const newDay = !before || !isSameDay(timeOf(before.ts), timeOf(message.ts));
    return { message, newDay, continues: !newDay && belongTogether(before, message) };
  });
}

function belongTogether(before: Message, message: Message): boolean {
  return (
    before.user === message.user &&
    timeOf(message.ts) - timeOf(before.ts) < TOGETHER &&
    !before.is_ephemeral &&
    !message.is_ephemeral
  );
}
