import { useSyncExternalStore } from 'react';
import { Icon } from './icon.tsx';

export interface Toast {
  readonly title: string;
  readonly text?: string;
  readonly tone?: 'plain' | 'bad';
  readonly onOpen?: () => void;
}

interface Shown extends Toast {
  readonly id: number;
}

const STAYS = 7_000;
const MOST = 3;

let shown: readonly Shown[] = [];
let number = 0;
const listeners = new Set<() => void>();

/** Says something at the edge of the page for a while. */
export function toast(what: Toast): void {
  number += 1;
  const id = number;
  show([...shown, { ...what, id }].slice(-MOST));
  setTimeout(() => dismiss(id), STAYS);
}

function dismiss(id: number): void {
  show(shown.filter((each) => each.id !== id));
}

function show(next: readonly Shown[]): void {
  shown = next;
  for (const tell of listeners) tell();
}

export function Toasts() {
  const all = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div className="toasts" role="status">
      {all.map(({ id, title, text, tone = 'plain', onOpen }) => (
        <div key={id} className={`toast ${tone}`}>
          <div>
            <strong>{title}</strong>
            {text && <p>{text}</p>}
          </div>
          {onOpen && (
            <button
              type="button"
              className="button"
              onClick={() => {
                dismiss(id);
                onOpen();
              }}
            >
              Show
            </button>
          )}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => dismiss(id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
