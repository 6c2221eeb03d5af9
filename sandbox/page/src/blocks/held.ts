import type { Element, OptionGroupObject, OptionObject } from 'slack-blocks-to-jsx';
import type { Session } from '../live/session.tsx';

export type Option = OptionObject;

/** Options under a heading; without one where the app groups nothing. */
export interface OptionList {
  readonly heading?: string;
  readonly options: readonly Option[];
}

/** What an element holds: text as typed, or the options that are chosen. */
export type Held = string | readonly Option[];

/** What the control API is told about a choice. */
export type Choice = string | number | null | Option | readonly (string | Option)[];

export const isMenu = ({ type }: Element): boolean => type.includes('select') || type === 'overflow';
export const isMultiple = ({ type }: Element): boolean => type.startsWith('multi_') || type === 'checkboxes';
export const isExternal = ({ type }: Element): boolean => type.includes('external');

/** What the element holds before anybody touches it. */
export function initialHeld(element: Element, session: Session, here?: string): Held {
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return element.initial_value ?? '';
    case 'datepicker':
      return element.initial_date ?? '';
    case 'timepicker':
      return element.initial_time ?? '';
    case 'datetimepicker':
      return element.initial_date_time === undefined ? '' : String(element.initial_date_time);
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return element.initial_option && 'value' in element.initial_option ? [element.initial_option] : [];
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return element.initial_options ?? [];
    case 'users_select':
      return people(session, [element.initial_user]);
    case 'multi_users_select':
      return people(session, element.initial_users);
    case 'channels_select':
      return places(session, [element.initial_channel]);
    case 'multi_channels_select':
      return places(session, element.initial_channels);
    case 'conversations_select':
      return places(session, [
        element.initial_conversation ?? (element.default_to_current_conversation ? here : undefined),
      ]);
    case 'multi_conversations_select':
      return places(session, element.initial_conversations);
    default:
      return '';
  }
}

/** As the control API takes it. */
export function choiceOf(element: Element, held: Held): Choice {
  if (typeof held === 'string') {
    if (held === '') return null;
    return element.type === 'datetimepicker' ? Number(held) : held;
  }
  // Only the app knows what it suggested, so its options go back whole.
  const chosen = isExternal(element) ? held : held.map(({ value }) => value);
  return isMultiple(element) ? chosen : (chosen[0] ?? null);
}

/** What there is to choose from, except in menus that the app fills. */
export function optionLists(element: Element, session: Session): readonly OptionList[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return listsOf(element);
    case 'overflow':
    case 'radio_buttons':
    case 'checkboxes':
      return [{ options: element.options }];
    case 'users_select':
    case 'multi_users_select':
      return [
        {
          options: people(
            session,
            session.state.users.map(({ id }) => id),
          ),
        },
      ];
    case 'channels_select':
    case 'multi_channels_select':
      return [
        {
          options: places(
            session,
            session.channels.map(({ id }) => id),
          ),
        },
      ];
    case 'conversations_select':
    case 'multi_conversations_select':
      return [
        {
          heading: 'Channels',
          options: places(
            session,
            session.channels.map(({ id }) => id),
          ),
        },
        { heading: 'Direct messages', options: places(session, [session.dm?.id]) },
      ];
    default:
      return [];
  }
}

export function listsOf(from: {
  readonly options?: readonly Option[];
  readonly option_groups?: readonly OptionGroupObject[];
}): readonly OptionList[] {
  if (from.option_groups)
    return from.option_groups.map(({ label, options }) => ({ heading: label.text, options }));
  return [{ options: from.options ?? [] }];
}

const option = (value: string, text: string): Option => ({ value, text: { type: 'plain_text', text } });

function people(session: Session, ids: readonly (string | undefined)[] = []): Option[] {
  return ids.flatMap((id) => {
    const user = id === undefined ? undefined : session.user(id);
    return user ? [option(user.id, user.real_name)] : [];
  });
}

function places(session: Session, ids: readonly (string | undefined)[] = []): Option[] {
  return ids.flatMap((id) => {
    const channel = id === undefined ? undefined : session.channel(id);
    if (!channel) return [];
    return [option(channel.id, channel.kind === 'dm' ? 'Lamplighter' : `#${channel.name}`)];
  });
}
