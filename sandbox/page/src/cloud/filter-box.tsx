import { Icon } from '../ui/icon.tsx';

export interface FilterBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function FilterBox({ label, value, onValue }: FilterBoxProps) {
  return (
    <div className="filter">
      <Icon name="search" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        spellCheck={false}
        onChange={({ target }) => onValue(target.value)}
      />
    </div>
  );
}

/** Whether each word typed occurs somewhere in the texts. */
export function hasWords(typed: string, texts: readonly string[]): boolean {
  const all = texts.join(' ').toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
