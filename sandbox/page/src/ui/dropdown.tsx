import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

/** Room that a list should have below its button before it opens upwards, in pixels. */
const ROOM = 260;

export interface DropdownProps {
  /** What the button shows. */
  readonly button: ReactNode;
  /** What the button is called, where what it shows does not say it. */
  readonly label?: string | undefined;
  readonly className?: string;
  readonly opens: 'menu' | 'listbox' | 'dialog';
  readonly disabled?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

/**
 * A button that opens something next to it. The browser's own popover does the rest: it lies above
 * everything, closes at Escape or a click elsewhere, and gives the focus back.
 */
export function Dropdown({
  button,
  label,
  className = '',
  opens,
  disabled = false,
  children,
}: DropdownProps) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useLayoutEffect(() => {
    if (open && trigger.current && panel.current) place(trigger.current, panel.current);
  }, [open]);

  return (
    <>
      <button
        ref={trigger}
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup={opens}
        aria-expanded={open}
        aria-label={label}
        title={label}
        disabled={disabled}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="dropdown"
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {open && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function place(trigger: HTMLElement, panel: HTMLElement): void {
  const { left, right, top, bottom, width } = trigger.getBoundingClientRect();
  const below = innerHeight - bottom - 12;
  const up = below < ROOM && top > below;
  panel.style.minWidth = `${Math.min(width, 420)}px`;
  panel.style.maxHeight = `${Math.min(560, up ? top - 12 : below)}px`;
  panel.style.top = up ? 'auto' : `${bottom + 4}px`;
  panel.style.bottom = up ? `${innerHeight - top + 4}px` : 'auto';
  const overflows = left + panel.offsetWidth > innerWidth - 8;
  panel.style.left = overflows ? 'auto' : `${left}px`;
  panel.style.right = overflows ? `${Math.max(8, innerWidth - right)}px` : 'auto';
}
