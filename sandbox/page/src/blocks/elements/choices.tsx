import { useId } from 'react';
import type { CheckboxesElement, RadioButtonsElement } from 'slack-blocks-to-jsx';
import type { Option } from '../held.ts';
import type { FieldProps } from './field-props.ts';

/** Radio buttons or checkboxes under each other. */
export function Choices({
  element,
  label,
  held,
  describedBy,
  onHeld,
}: FieldProps<CheckboxesElement | RadioButtonsElement>) {
  const name = useId();
  const chosen = typeof held === 'string' ? [] : held;
  const isRadio = element.type === 'radio_buttons';
  const has = (option: Option) => chosen.some(({ value }) => value === option.value);
  const toggle = (option: Option) => {
    if (isRadio) onHeld([option]);
    else onHeld(has(option) ? chosen.filter(({ value }) => value !== option.value) : [...chosen, option]);
  };
  return (
    <fieldset className="choices" aria-label={label} aria-describedby={describedBy}>
      {element.options.map((option) => (
        <label key={option.value}>
          <input
            type={isRadio ? 'radio' : 'checkbox'}
            name={name}
            checked={has(option)}
            onChange={() => toggle(option)}
          />
          <span>
            {option.text.text}
            {option.description && <small>{option.description.text}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
