import { useState } from 'react';
import type { Channel } from '../live/types.ts';
import { Icon } from '../ui/icon.tsx';
import { Composer } from './composer.tsx';
import { Message } from './message.tsx';
import { MessageList } from './message-list.tsx';
import { useMessages } from './timeline.ts';

export interface ThreadProps {
  readonly channel: Channel;
  readonly ts: string;
  readonly onClose: () => void;
}

/** A message with its replies, beside the channel. */
export function Thread({ channel, ts, onClose }: ThreadProps) {
  const messages = useMessages(channel.id, ts);
  const [draft, setDraft] = useState('');
  const parent = messages?.find((each) => each.ts === ts);
  const own = messages?.filter((each) => each.is_ephemeral) ?? [];
  const replies = [...(parent?.replies ?? []), ...own].sort((a, b) => Number(a.ts) - Number(b.ts));
  return (
    <aside className="thread" aria-label="Thread">
      <header className="place-head">
        <h1>Thread</h1>
        <p>#{channel.name}</p>
        <button type="button" className="quiet" aria-label="Close thread" onClick={onClose}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <MessageList
        label="Replies"
        inThread
        channel={channel.id}
        messages={replies}
        beginning={
          parent ? (
            <div className="thread-parent">
              <Message message={parent} channel={channel.id} />
              <p className="day">
                <span>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span>
              </p>
            </div>
          ) : (
            messages && <p className="empty">That message is not there any more.</p>
          )
        }
      />
      <Composer channel={channel} thread={ts} label="Reply" text={draft} onText={setDraft} />
    </aside>
  );
}
