import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import { dayOf, timeOf, useNow } from '../live/times.ts';
import type { Message as MessageData } from '../live/types.ts';
import { Message } from './message.tsx';
import { entriesOf } from './timeline.ts';

/** Somebody who is so many pixels above the end is still at the end. */
const NEAR = 120;

export interface MessageListProps {
  readonly label: string;
  readonly channel: string;
  readonly messages: readonly MessageData[];
  readonly onThread?: (ts: string) => void;
  /** Replies stand close together in time: no lines with the day. */
  readonly inThread?: boolean;
  /** What stands before the first message. */
  readonly beginning: ReactNode;
}

/** Messages, the newest at the end, where it stays unless the person has scrolled up. */
export function MessageList({
  label,
  channel,
  messages,
  onThread,
  inThread = false,
  beginning,
}: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const now = useNow();
  const entries = useMemo(() => entriesOf(messages), [messages]);

  useLayoutEffect(() => {
    const scroller = list.current;
    if (!scroller || !content.current) return;
    let atEnd = true;
    let lastTop = 0;
    const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight });
    const onScroll = () => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      // Growth alone leaves the end behind too; only who goes up wants to stay there.
      if (scrollHeight - scrollTop - clientHeight < NEAR) atEnd = true;
      else if (scrollTop < lastTop) atEnd = false;
      lastTop = scrollTop;
    };
    toEnd();
    // Messages grow when they are edited, and images when they have come.
    const grows = new ResizeObserver(() => atEnd && toEnd());
    grows.observe(content.current);
    grows.observe(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      grows.disconnect();
      scroller.removeEventListener('scroll', onScroll);
    };
  }, []);

  return (
    <div ref={list} className="message-list" role="log" aria-relevant="additions" aria-label={label}>
      <div ref={content}>
        {beginning}
        {entries.map(({ message, newDay, continues }) => (
          <div key={message.ts}>
            {newDay && !inThread && (
              <p className="day">
                <span>{dayOf(timeOf(message.ts), now)}</span>
              </p>
            )}
            <Message
              message={message}
              channel={channel}
              continues={continues}
              {...(onThread ? { onThread } : {})}
            />
          </div>
        ))}
      </div>
    </div>
  );
}
