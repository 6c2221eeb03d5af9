import { useId } from 'react';

export interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly count?: number }[];
  readonly current: T;
  readonly onPick: (tab: T) => void;
}

/** Tabs; arrow keys go from one to the next. */
export function Tabs<T extends string>({ label, tabs, current, onPick }: TabsProps<T>) {
  const id = useId();
  const step = (by: number) => {
    const next = tabs.at((tabs.findIndex((tab) => tab.id === current) + by) % tabs.length);
    if (!next) return;
    onPick(next.id);
    document.getElementById(`${id}${next.id}`)?.focus();
  };
  return (
    <div
      className="tabs"
      role="tablist"
      aria-label={label}
      onKeyDown={({ key }) => {
        if (key === 'ArrowRight') step(1);
        if (key === 'ArrowLeft') step(-1);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          id={`${id}${tab.id}`}
          type="button"
          role="tab"
          aria-selected={tab.id === current}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onPick(tab.id)}
        >
          {tab.label}
          {tab.count !== undefined && <small className="count">{tab.count}</small>}
        </button>
      ))}
    </div>
  );
}
