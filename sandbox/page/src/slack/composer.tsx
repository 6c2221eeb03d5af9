import { useId, useState } from 'react';
import { useSession } from '../live/session.tsx';
import type { Channel } from '../live/types.ts';
import { Icon } from '../ui/icon.tsx';
import { say, sentenceOf } from './acts.ts';
import { hintOf } from './completion.ts';
import { Offers } from './offers.tsx';
import { Shortcuts } from './shortcuts.tsx';
import { useLine } from './use-line.ts';

export interface ComposerProps {
  readonly channel: Channel;
  readonly thread?: string;
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Where messages and commands are typed. Enter sends, Shift+Enter breaks the line, ↑ brings lines back. */
export function Composer({ channel, thread, label, text, onText }: ComposerProps) {
  const id = useId();
  const { me } = useSession();
  const [trouble, setTrouble] = useState('');
  const [sending, setSending] = useState(false);
  const line = useLine(text, onText, () => void send());
  const hint = hintOf(text);
  const isEmpty = text.trim() === '';

  const send = async () => {
    if (isEmpty || sending) return;
    setSending(true);
    setTrouble('');
    const outcome = await say(line.take(), { user: me.id, channel: channel.id, thread });
    setSending(false);
    // An unanswered command is said in the channel, as Slack does.
    if (!outcome.ok && outcome.acked === undefined) setTrouble(sentenceOf(outcome));
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Offers id={id} offers={line.offers} at={line.at} onAccept={line.accept} />
      <div className="composer-box">
        <Shortcuts />
        <div className="composer-field">
          <textarea
            ref={line.field}
            rows={1}
            value={text}
            aria-label={label}
            placeholder={label}
            role="combobox"
            aria-expanded={line.offers.length > 0}
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={line.offers.length > 0 ? `${id}-${line.at}` : undefined}
            spellCheck={false}
            onChange={({ target }) => line.write(target.value)}
            onKeyDown={line.onKey}
          />
          {hint && (
            <span className="hint" aria-hidden="true">
              <span>{text}</span>
              {hint}
            </span>
          )}
        </div>
        <button type="submit" className="send" aria-label="Send" disabled={isEmpty}>
          <Icon name="send" />
        </button>
      </div>
      <p className="composer-foot" role="status">
        {trouble || (sending ? 'Sending…' : <Keys all={!thread} />)}
      </p>
    </form>
  );
}

function Keys({ all }: { readonly all: boolean }) {
  return (
    <>
      <kbd>Enter</kbd> to send <kbd>↑</kbd> for earlier lines
      {all && (
        <>
          {' '}
          <kbd>Ctrl K</kbd> to go elsewhere
        </>
      )}
    </>
  );
}
