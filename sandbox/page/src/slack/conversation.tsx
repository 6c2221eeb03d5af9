import { useState } from 'react';
import { go } from '../live/route.ts';
import { useSession } from '../live/session.tsx';
import type { Channel } from '../live/types.ts';
import { Icon } from '../ui/icon.tsx';
import { Composer } from './composer.tsx';
import { FirstSteps } from './first-steps.tsx';
import { MessageList } from './message-list.tsx';
import { useMessages } from './timeline.ts';
import { useSeen } from './unread.ts';

/** A channel: its name, what was said, and where to say more. */
export function Conversation({ channel }: { readonly channel: Channel }) {
  const { me, bot } = useSession();
  const people = channel.members.length;
  return (
    <section className="conversation" aria-label={`#${channel.name}`}>
      <header className="place-head">
        <h1>
          <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} size={17} />
          {channel.name}
        </h1>
        <p>{channel.topic}</p>
        <small>
          {people} members{bot && !channel.members.includes(bot.id) && ', without Lamplighter'}
        </small>
      </header>
      <Talk
        channel={channel}
        name={`#${channel.name}`}
        onThread={(ts) => go({ me: me.name, place: channel.name, detail: ts })}
      />
    </section>
  );
}

export interface TalkProps {
  readonly channel: Channel;
  /** What the conversation is called: `#ops`. */
  readonly name: string;
  /** What it is called in a sentence, where that is something else. */
  readonly intro?: string;
  readonly onThread?: (ts: string) => void;
}

/** The messages of a conversation and the field to write in. */
export function Talk({ channel, name, intro = name, onThread }: TalkProps) {
  const messages = useMessages(channel.id);
  const [draft, setDraft] = useState('');
  useSeen(channel.id, messages);
  return (
    <>
      {messages ? (
        <MessageList
          label={`Messages in ${name}`}
          channel={channel.id}
          messages={messages}
          beginning={<FirstSteps name={intro} isNew={messages.length === 0} onTry={setDraft} />}
          {...(onThread ? { onThread } : {})}
        />
      ) : (
        <div className="message-list" aria-busy="true" />
      )}
      <Composer channel={channel} label={`Message ${name}`} text={draft} onText={setDraft} />
    </>
  );
}
