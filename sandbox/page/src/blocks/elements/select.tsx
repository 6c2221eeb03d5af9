import type { Element } from 'slack-blocks-to-jsx';
import { useSession } from '../../live/session.tsx';
import { Dropdown } from '../../ui/dropdown.tsx';
import { Icon } from '../../ui/icon.tsx';
import { isExternal, isMultiple, type Option, optionLists } from '../held.ts';
import { useSurface } from '../surface.ts';
import type { FieldProps } from './field-props.ts';
import { Picker } from './picker.tsx';

/** A menu of one choice or of several; its options stand in it, or the app suggests them as one types. */
export function Select({ element, id, label, at, held, invalid = false, onHeld }: FieldProps<Element>) {
  const session = useSession();
  const { suggest } = useSurface();
  const chosen = typeof held === 'string' ? [] : held;
  const multiple = isMultiple(element);
  const placeholder =
    'placeholder' in element && element.placeholder ? element.placeholder.text : 'Select an option';
  const has = (option: Option) => chosen.some(({ value }) => value === option.value);
  const without = (option: Option) => chosen.filter(({ value }) => value !== option.value);
  const shown = chosen.map(({ text }) => text.text).join(', ') || placeholder;

  return (
    <div className={`select ${invalid ? 'invalid' : ''}`} id={id}>
      {multiple &&
        chosen.map((option) => (
          <button
            key={option.value}
            type="button"
            className="chip"
            aria-label={`Remove ${option.text.text}`}
            onClick={() => onHeld(without(option))}
          >
            {option.text.text} <Icon name="close" size={12} />
          </button>
        ))}
      <Dropdown
        className={chosen.length > 0 && !multiple ? 'button select-button' : 'button select-button unset'}
        label={shown === label ? label : `${label}: ${shown}`}
        opens="listbox"
        button={
          <>
            <span>{multiple && chosen.length > 0 ? 'Add another' : shown}</span>
            <Icon name="chevron" />
          </>
        }
      >
        {(close) => (
          <Picker
            label={label}
            multiple={multiple}
            chosen={chosen}
            source={
              isExternal(element)
                ? { suggest: (typed) => suggest(at, typed), from: minimum(element) }
                : { lists: optionLists(element, session) }
            }
            onPick={(option) => {
              if (!multiple) {
                close();
                onHeld([option]);
              } else onHeld(has(option) ? without(option) : [...chosen, option]);
            }}
          />
        )}
      </Dropdown>
    </div>
  );
}

/** How many letters the app wants before it suggests anything; Slack's default is 3. */
function minimum(element: Element): number {
  return 'min_query_length' in element ? (element.min_query_length ?? 3) : 0;
}
