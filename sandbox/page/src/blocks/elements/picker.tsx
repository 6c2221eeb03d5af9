import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { Option, OptionList } from '../held.ts';

/** Wait so many milliseconds for the next letter before the app is asked. */
const PAUSE = 180;

export type Source =
  | { readonly lists: readonly OptionList[] }
  | {
      readonly suggest: (typed: string) => Promise<readonly OptionList[]>;
      /** Letters needed before it is asked. */
      readonly from: number;
    };

export interface PickerProps {
  readonly label: string;
  readonly multiple: boolean;
  readonly chosen: readonly Option[];
  readonly source: Source;
  readonly onPick: (option: Option) => void;
}

/** Words to type above the options that have them. The arrow keys move among these, Enter picks. */
export function Picker({ label, multiple, chosen, source, onPick }: PickerProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const lists = useLists(source, typed);
  const options = (lists ?? []).flatMap((list) => list.options);
  const isChosen = ({ value }: Option) => chosen.some((each) => each.value === value);
  const wanting = 'from' in source && typed.length < source.from;

  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options[at];
    if (by !== undefined && options.length > 0) setAt((at + by + options.length) % options.length);
    else if (event.key === 'Enter' && option) onPick(option);
    else return;
    event.preventDefault();
  };

  return (
    <div className="picker">
      <div className="picker-search">
        <Icon name="search" />
        <input
          // The list was opened in order to choose from it; a dialog looks for the attribute.
          ref={(input) => input?.focus()}
          data-autofocus
          role="combobox"
          aria-label={`Search ${label}`}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={options[at] ? `${id}-${at}` : undefined}
          placeholder="Type to search"
          value={typed}
          onKeyDown={onKey}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
        />
      </div>
      <div id={id} role="listbox" aria-label={label} aria-multiselectable={multiple} tabIndex={-1}>
        {lists?.map(({ heading, options: listed }) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of options have no element of their own
          <div key={heading ?? ''} role="group" aria-label={heading ?? label}>
            {heading && listed.length > 0 && <h3 className="menu-heading">{heading}</h3>}
            {listed.map((option) => {
              const index = options.indexOf(option);
              return (
                <Row
                  key={option.value}
                  id={`${id}-${index}`}
                  option={option}
                  chosen={isChosen(option)}
                  active={index === at}
                  onPick={() => onPick(option)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {options.length === 0 && <p className="empty">{emptyWords(wanting, lists === undefined)}</p>}
    </div>
  );
}

function emptyWords(wanting: boolean, waiting: boolean): string {
  if (wanting) return 'Type to see suggestions';
  return waiting ? 'Looking…' : 'No matches';
}

interface RowProps {
  readonly id: string;
  readonly option: Option;
  readonly chosen: boolean;
  readonly active: boolean;
  readonly onPick: () => void;
}

function Row({ id, option, chosen, active, onPick }: RowProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above has the focus and the keys
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={active ? 'option active' : 'option'}
      onClick={onPick}
    >
      <span className="menu-words">
        {option.text.text}
        {option.description && <small>{option.description.text}</small>}
      </span>
      {chosen && <Icon name="tick" />}
    </div>
  );
}

/** The lists that have what is typed; undefined while the app is asked. */
function useLists(source: Source, typed: string): readonly OptionList[] | undefined {
  const [suggested, setSuggested] = useState<readonly OptionList[]>();
  const latest = useRef(source);
  latest.current = source;

  useEffect(() => {
    const { current } = latest;
    if (!('suggest' in current)) return;
    setSuggested(undefined);
    if (typed.length < current.from) return setSuggested([]);
    let live = true;
    const timer = setTimeout(async () => {
      const lists = await current.suggest(typed);
      if (live) setSuggested(lists);
    }, PAUSE);
    return () => {
      live = false;
      clearTimeout(timer);
    };
  }, [typed]);

  if ('suggest' in source) return suggested;
  const words = typed.trim().toLowerCase();
  return source.lists.map(({ heading, options }) => ({
    ...(heading ? { heading } : {}),
    options: options.filter(({ text }) => text.text.toLowerCase().includes(words)),
  }));
}
