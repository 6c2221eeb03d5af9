import type { KeyboardEvent, ReactNode } from 'react';

/** Items under each other; arrow keys move among them. The first has the focus when it opens. */
export function Menu({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div ref={focusFirst} role="menu" aria-label={label} className="menu" onKeyDown={walk}>
      {children}
    </div>
  );
}

export interface MenuItemProps {
  readonly onPick: () => void;
  /** Present where one of several holds. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

export function MenuItem({
  onPick,
  checked,
  disabled = false,
  danger = false,
  hint,
  children,
}: MenuItemProps) {
  const shared = {
    type: 'button' as const,
    className: danger ? 'menu-item danger' : 'menu-item',
    disabled,
    onClick: onPick,
  };
  const inside = (
    <>
      <span className="menu-words">{children}</span>
      {hint !== undefined && <small>{hint}</small>}
    </>
  );
  return checked === undefined ? (
    <button {...shared} role="menuitem">
      {inside}
    </button>
  ) : (
    <button {...shared} role="menuitemradio" aria-checked={checked}>
      {inside}
    </button>
  );
}

export function MenuHeading({ children }: { readonly children: ReactNode }) {
  return <h3 className="menu-heading">{children}</h3>;
}

function focusFirst(menu: HTMLElement | null): void {
  const items = menu?.querySelectorAll<HTMLElement>('[role^=menuitem]:enabled');
  const current = menu?.querySelector<HTMLElement>('[aria-checked=true]');
  (current ?? items?.[0])?.focus();
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]:enabled')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}
