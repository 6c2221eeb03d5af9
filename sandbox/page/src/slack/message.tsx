import { useMemo } from 'react';
import { Blocks } from '../blocks/blocks.tsx';
import { withEmoji } from '../blocks/emoji.ts';
import { type Surface, SurfaceContext } from '../blocks/surface.ts';
import { Text } from '../blocks/text.tsx';
import { useSession } from '../live/session.tsx';
import { longTime, shortTime, timeOf } from '../live/times.ts';
import type { Attachment, Message as MessageData } from '../live/types.ts';
import { Icon } from '../ui/icon.tsx';
import { actAndTell, suggestions } from './acts.ts';
import { Files } from './files.tsx';
import { Avatar, useNameOf } from './person.tsx';

export interface MessageProps {
  readonly message: MessageData;
  readonly channel: string;
  /** Stands under the name of the message before. */
  readonly continues?: boolean;
  /** Absent where no thread can be opened. */
  readonly onThread?: (ts: string) => void;
}

export function Message({ message, channel, continues = false, onThread }: MessageProps) {
  const { user } = useSession();
  const nameOf = useNameOf();
  const at = timeOf(message.ts);
  const name = message.username ?? nameOf(message.user);
  const replies = message.replies ?? [];
  const time = (
    <time dateTime={new Date(at).toISOString()} title={longTime(at)}>
      {shortTime(at)}
    </time>
  );
  return (
    <article
      className={`message ${continues ? 'continues' : ''} ${message.is_ephemeral ? 'ephemeral' : ''}`}
      aria-label={`${name} at ${shortTime(at)}`}
      data-ts={message.ts}
    >
      <div className="message-side">{continues ? time : <Avatar id={message.user} />}</div>
      <div className="message-main">
        {message.is_ephemeral && (
          <p className="only-you">
            <Icon name="eye" size={13} /> Only visible to you
          </p>
        )}
        {!continues && (
          <p className="message-head">
            <strong>{name}</strong>
            {user(message.user)?.isBot && <span className="badge">APP</span>}
            {time}
          </p>
        )}
        <Body message={message} channel={channel} />
        {message.edited && <small className="edited">(edited)</small>}
        {message.files && <Files files={message.files} />}
        <Reactions message={message} />
        {onThread && replies.length > 0 && (
          <button type="button" className="thread-link" onClick={() => onThread(message.ts)}>
            <Avatar id={replies.at(-1)?.user ?? ''} size={20} />
            {replies.length === 1 ? '1 reply' : `${replies.length} replies`}
          </button>
        )}
      </div>
      {onThread && !message.is_ephemeral && (
        <div className="message-tools">
          <button
            type="button"
            className="quiet"
            aria-label="Reply in thread"
            title="Reply in thread"
            onClick={() => onThread(message.ts)}
          >
            <Icon name="reply" />
          </button>
        </div>
      )}
    </article>
  );
}

function Body({ message, channel }: { readonly message: MessageData; readonly channel: string }) {
  const { me } = useSession();
  const { ts, text, blocks, attachments } = message;
  const surface = useMemo((): Surface => {
    const place = { user: me.id, channel, ts };
    return {
      channel,
      act: async ({ block_id, action_id: action }, option) => {
        await actAndTell('click', {
          ...place,
          block_id,
          action,
          ...(option === undefined ? {} : { option }),
        });
      },
      suggest: ({ block_id, action_id: action }, value) => suggestions({ ...place, block_id, action, value }),
    };
  }, [me.id, channel, ts]);
  return (
    <SurfaceContext value={surface}>
      {blocks ? <Blocks blocks={blocks} /> : text !== '' && <MarkedText text={text} />}
      {attachments?.map((attachment, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: attachments have no name and keep their order
        <Attached key={at} attachment={attachment} />
      ))}
    </SurfaceContext>
  );
}

/** Text with Slack's marks in it, as people and apps write it. */
function MarkedText({ text }: { readonly text: string }) {
  return (
    <div className="blocks">
      <Text text={{ type: 'mrkdwn', text }} />
    </div>
  );
}

function Attached({ attachment }: { readonly attachment: Attachment }) {
  const { color = 'd0d0d0', blocks, text, fallback = '' } = attachment;
  return (
    <div className="attached" style={{ borderColor: color.startsWith('#') ? color : `#${color}` }}>
      {blocks ? <Blocks blocks={blocks} /> : <MarkedText text={text ?? fallback} />}
    </div>
  );
}

function Reactions({ message: { reactions = [] } }: { readonly message: MessageData }) {
  const nameOf = useNameOf();
  if (reactions.length === 0) return null;
  return (
    <p className="reactions">
      {reactions.map(({ name, users }) => (
        <span key={name} title={`${users.map(nameOf).join(', ')}: ${name}`}>
          {withEmoji(`:${name}:`)} {users.length}
        </span>
      ))}
    </p>
  );
}
