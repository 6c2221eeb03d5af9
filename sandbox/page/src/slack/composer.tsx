import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSession } from '../live/session.tsx';
import type { Channel, Outcome } from '../live/types.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { act, actAndTell, sentenceOf } from './acts.ts';
import { type Completion, completionsOf, hintOf } from './completion.ts';
import { useHistory } from './history.ts';

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
  const session = useSession();
  const { me } = session;
  const history = useHistory(me.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState(false);
  const [trouble, setTrouble] = useState('');
  const [sending, setSending] = useState(false);
  const offers = closed ? [] : completionsOf(text, session);
  const hint = hintOf(text);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a text that comes from elsewhere is for going on
  useEffect(() => field.current?.focus(), [channel.id, text !== '']);

  const write = (next: string) => {
    onText(next);
    setAt(0);
    setClosed(false);
    setTrouble('');
  };

  const send = async () => {
    const line = text.trim();
    if (line === '' || sending) return;
    write('');
    history.add(line);
    setSending(true);
    const outcome = await dispatch(line, { user: me.id, channel: channel.id, thread });
    setSending(false);
    // An unanswered command is said in the channel, as Slack does.
    if (!outcome.ok && outcome.acked === undefined) setTrouble(sentenceOf(outcome));
  };

  const accept = ({ text: completed }: Completion) => {
    write(completed);
    field.current?.focus();
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const offer = offers[at];
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (by && offer) setAt((at + by + offers.length) % offers.length);
    else if (by && !text.includes('\n') && (text === '' || by === 1 || !edited(field.current))) {
      const line = history.step(by);
      if (line === undefined) return;
      write(line);
      setClosed(true);
    } else if (offer && (event.key === 'Tab' || (event.key === 'Enter' && offer.text.trim() !== text)))
      accept(offer);
    else if (offer && event.key === 'Escape') setClosed(true);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else return;
    event.preventDefault();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {offers.length > 0 && (
        <div id={id} className="offers" role="listbox" aria-label="Suggestions" tabIndex={-1}>
          {offers.map((offer, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and the keys
            <div
              key={offer.label}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={index === at ? 'option active' : 'option'}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => accept(offer)}
            >
              <span className="menu-words">
                {offer.label}
                <small>{offer.about}</small>
              </span>
            </div>
          ))}
        </div>
      )}
      <div className="composer-box">
        {SHORTCUTS.length > 0 && <Shortcuts />}
        <div className="composer-field">
          <textarea
            ref={field}
            rows={1}
            value={text}
            aria-label={label}
            placeholder={label}
            role="combobox"
            aria-expanded={offers.length > 0}
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={offers.length > 0 ? `${id}-${at}` : undefined}
            spellCheck={false}
            onChange={({ target }) => write(target.value)}
            onKeyDown={onKey}
          />
          {hint && (
            <span className="hint" aria-hidden="true">
              <span>{text}</span>
              {hint}
            </span>
          )}
        </div>
        <button type="submit" className="send" aria-label="Send" disabled={text.trim() === ''}>
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

function dispatch(
  line: string,
  { user, channel, thread }: { user: string; channel: string; thread: string | undefined },
): Promise<Outcome> {
  if (!line.startsWith('/'))
    return act('message', { user, channel, text: line, ...(thread ? { thread_ts: thread } : {}) });
  if (!thread) return act('command', { user, channel, text: line });
  const [command = ''] = line.split(' ');
  return Promise.resolve({ ok: false, error: `${command} is not supported in threads. Sorry!` });
}

/** Whether ↑ would move within the line: it stands neither at its beginning nor at its end. */
function edited(field: HTMLTextAreaElement | null): boolean {
  return field !== null && field.selectionStart > 0 && field.selectionStart < field.value.length;
}

/** What the app offers besides commands. */
function Shortcuts() {
  const { me } = useSession();
  return (
    <Dropdown button={<Icon name="fault" />} label="Shortcuts" className="quiet" opens="menu">
      {(close) => (
        <Menu label="Shortcuts">
          {SHORTCUTS.filter(({ type }) => type === 'global').map(({ name, callback_id, description }) => (
            <MenuItem
              key={callback_id}
              hint={description}
              onPick={() => {
                close();
                void actAndTell('shortcut', { user: me.id, callback_id });
              }}
            >
              {name}
            </MenuItem>
          ))}
        </Menu>
      )}
    </Dropdown>
  );
}
