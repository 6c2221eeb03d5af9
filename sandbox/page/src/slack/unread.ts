import { useEffect, useRef } from 'react';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import { useSession } from '../live/session.tsx';
import { useStored } from '../live/stored.ts';
import type { Message } from '../live/types.ts';

/** How many messages of others this person has not seen in a channel; remembered by the browser. */
export function useUnread(channel: string): number {
  const { me } = useSession();
  const [seen] = useStored(keyOf(me.id, channel), '0');
  const messages = useLive<{ messages: Message[] }>(paths.messages(channel))?.messages ?? [];
  return messages.filter(({ ts, user }) => user !== me.id && Number(ts) > Number(seen)).length;
}

/** Remembers that what is shown has been seen. */
export function useSeen(channel: string, messages: readonly Message[] | undefined): void {
  const { me } = useSession();
  const [seen, setSeen] = useStored(keyOf(me.id, channel), '0');
  const last = messages?.findLast(({ is_ephemeral: isEphemeral }) => !isEphemeral)?.ts;
  useEffect(() => {
    if (last !== undefined && Number(last) > Number(seen)) setSeen(last);
  }, [last, seen, setSeen]);
}

/** Calls back for each message that comes in while the page is open. */
export function useArrivals(channel: string | undefined, arrived: (message: Message) => void): void {
  const messages = useLive<{ messages: Message[] }>(channel && paths.messages(channel))?.messages;
  const newest = useRef<{ channel: string | undefined; ts: number }>(undefined);
  useEffect(() => {
    if (!messages) return;
    const before = newest.current?.channel === channel ? newest.current?.ts : undefined;
    newest.current = { channel, ts: Number(messages.at(-1)?.ts ?? 0) };
    if (before === undefined) return;
    for (const message of messages) if (Number(message.ts) > before) arrived(message);
  }, [messages, channel, arrived]);
}

const keyOf = (user: string, channel: string) => `lamplighter.seen.${user}.${channel}`;
