import { Choices } from './choices.tsx';
import type { FieldProps } from './field-props.ts';
import { MomentField } from './moment-field.tsx';
import { Overflow } from './overflow.tsx';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';

/** Any element that holds something. */
export function Field({ element, ...rest }: FieldProps) {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField element={element} {...rest} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <MomentField element={element} {...rest} />;
    case 'radio_buttons':
    case 'checkboxes':
      return <Choices element={element} {...rest} />;
    case 'overflow':
      return <Overflow element={element} {...rest} />;
    case 'static_select':
    case 'external_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
    case 'multi_static_select':
    case 'multi_external_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <Select element={element} {...rest} />;
    default:
      return <p className="field-hint">The sandbox does not show “{element.type}” elements.</p>;
  }
}
