import type { DatePickerElement, DateTimePickerElement, TimePickerElement } from 'slack-blocks-to-jsx';
import type { FieldProps } from './field-props.ts';

type MomentElement = DatePickerElement | DateTimePickerElement | TimePickerElement;

const types = { datepicker: 'date', timepicker: 'time', datetimepicker: 'datetime-local' } as const;

/** A date, a time of day or both, by the browser's own picker. A `datetimepicker` holds seconds since 1970. */
export function MomentField({
  element,
  id,
  label,
  held,
  invalid,
  describedBy,
  onHeld,
}: FieldProps<MomentElement>) {
  const text = typeof held === 'string' ? held : '';
  const isBoth = element.type === 'datetimepicker';
  return (
    <input
      id={id}
      className="text-field moment"
      type={types[element.type]}
      value={isBoth ? localMoment(text) : text}
      aria-label={id ? undefined : label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={({ target }) => onHeld(isBoth ? secondsOf(target.value) : target.value)}
    />
  );
}

/** `2026-11-21T19:00`, in the browser's time zone. */
function localMoment(seconds: string): string {
  if (seconds === '') return '';
  const moment = new Date(Number(seconds) * 1000);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function secondsOf(local: string): string {
  return local === '' ? '' : String(new Date(local).getTime() / 1000);
}
