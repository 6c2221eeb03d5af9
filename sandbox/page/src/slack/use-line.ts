import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useSession } from '../live/session.tsx';
import { type Completion, completionsOf } from './completion.ts';
import { useHistory } from './history.ts';

/** A line that is being typed, with what it may become. */
export interface Line {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly offers: readonly Completion[];
  /** Which offer Enter takes. */
  readonly at: number;
  write(text: string): void;
  accept(offer: Completion): void;
  /** Empties the field and remembers what stood in it. */
  take(): string;
  onKey(event: KeyboardEvent): void;
}

/** Keys: ↑ and ↓ go through the offers or the history, Tab and Enter accept, Escape hides, Enter sends. */
export function useLine(text: string, onText: (text: string) => void, onSend: () => void): Line {
  const session = useSession();
  const history = useHistory(session.me.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const [at, setAt] = useState(0);
  const [hidden, setHidden] = useState(false);
  const offers = hidden ? [] : completionsOf(text, session);
  const isEmpty = text === '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: who is given a line goes on with it
  useEffect(() => field.current?.focus(), [isEmpty]);

  const write = (next: string, hide = false) => {
    onText(next);
    setAt(0);
    setHidden(hide);
  };
  const accept = ({ text: completed }: Completion) => {
    write(completed);
    field.current?.focus();
  };
  const recall = (by: -1 | 1): boolean => {
    const line = isEmpty || !isWithin(field.current) ? history.step(by) : undefined;
    if (line !== undefined) write(line, true);
    return line !== undefined;
  };

  /** Whether the key meant something here. */
  const used = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const offer = offers[at];
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const by = key === 'ArrowUp' ? -1 : 1;
      if (!offer) return recall(by);
      setAt((at + by + offers.length) % offers.length);
    } else if (offer && (key === 'Tab' || (key === 'Enter' && offer.text.trim() !== text))) accept(offer);
    else if (offer && key === 'Escape') setHidden(true);
    else if (key === 'Enter' && !shiftKey) onSend();
    else return false;
    return true;
  };

  return {
    field,
    offers,
    at,
    write,
    accept,
    take() {
      history.add(text.trim());
      write('');
      return text.trim();
    },
    onKey(event) {
      if (!event.nativeEvent.isComposing && used(event)) event.preventDefault();
    },
  };
}

/** Whether the cursor stands within the text, where ↑ and ↓ move it. */
function isWithin(field: HTMLTextAreaElement | null): boolean {
  if (!field) return false;
  return (
    field.value.includes('\n') || (field.selectionStart > 0 && field.selectionStart < field.value.length)
  );
}
