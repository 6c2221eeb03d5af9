import type {
  EmailInputElement,
  NumberInputElement,
  PlainTextInputElement,
  UrlTextInputElement,
} from 'slack-blocks-to-jsx';
import type { FieldProps } from './field-props.ts';

type TextElement = EmailInputElement | NumberInputElement | PlainTextInputElement | UrlTextInputElement;

const types = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
} as const;

/** One line or several. Numbers are typed as text, as Slack takes them. */
export function TextField({
  element,
  id,
  label,
  held,
  invalid,
  describedBy,
  onHeld,
  onEnter,
}: FieldProps<TextElement>) {
  const text = typeof held === 'string' ? held : '';
  const max = element.type === 'plain_text_input' ? element.max_length : undefined;
  const shared = {
    id,
    value: text,
    placeholder: element.placeholder?.text,
    maxLength: max,
    'aria-label': id ? undefined : label,
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    'data-autofocus': element.focus_on_load,
  };
  return element.type === 'plain_text_input' && element.multiline ? (
    <div className="text-area">
      <textarea {...shared} rows={4} onChange={({ target }) => onHeld(target.value)} />
      {max !== undefined && <small>{max - text.length}</small>}
    </div>
  ) : (
    <input
      {...shared}
      className="text-field"
      type={types[element.type]}
      inputMode={element.type === 'number_input' ? 'decimal' : undefined}
      onChange={({ target }) => onHeld(target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !onEnter) return;
        event.preventDefault();
        onEnter(text);
      }}
    />
  );
}
