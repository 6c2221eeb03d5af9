import { limits } from '../limits.ts';
import {
  boolean,
  list,
  object,
  oneField,
  oneOf,
  pattern,
  type Rule,
  text,
  typed,
  union,
  where,
} from './rules.ts';

/** The composition objects that blocks and elements are made of. */

const literal = (type: string) => oneOf(type);

export function plainText(max: number): Rule {
  return typed(() => ({
    plain_text: object({ type: literal('plain_text'), text: text(max) }, { emoji: boolean }),
  }));
}

export function mrkdwn(max: number): Rule {
  return typed(() => ({
    mrkdwn: object({ type: literal('mrkdwn'), text: text(max) }, { verbatim: boolean }),
  }));
}

export function eitherText(max: number): Rule {
  return union(
    typed(() => ({
      plain_text: object({ type: literal('plain_text'), text: text(max) }, { emoji: boolean }),
      mrkdwn: object({ type: literal('mrkdwn'), text: text(max) }, { verbatim: boolean }),
    })),
  );
}

export const id = text(limits.id);
export const url = where(text(limits.url), pattern(/^https?:\/\/\S+$/, 'a valid URL'));
export const link = where(text(limits.url), pattern(/^(https?|mailto|tel|slack):\S+$/, 'a valid URL'));
export const style = oneOf('primary', 'danger');

export const confirm = object(
  { text: eitherText(limits.confirm.text) },
  {
    title: plainText(limits.confirm.title),
    confirm: plainText(limits.confirm.button),
    deny: plainText(limits.confirm.button),
    style,
  },
);

function optionOf(
  label: Rule,
  extra: Record<string, Rule> = {},
  description = plainText(limits.option.description),
): Rule {
  return object({ text: label, value: text(limits.option.value) }, { description, ...extra });
}

export const option = optionOf(plainText(limits.option.text));
export const overflowOption = optionOf(plainText(limits.option.text), { url: link });
/** Checkboxes and radio buttons may use mrkdwn. */
export const richOption = optionOf(eitherText(limits.option.text), {}, eitherText(limits.option.description));

export const options = list(option, limits.select.options);
export const optionGroups = list(
  object({ label: plainText(limits.option.text), options }),
  limits.select.groups,
);

const slackFile = where(
  object({}, { id: text(limits.id), url: text(limits.url) }),
  oneField('must provide either `id` or `url`', ['id', 'url'], true),
);
export const imageSource = { image_url: url, slack_file: slackFile };
export const oneSource = oneField(
  'must provide either `image_url` or `slack_file`',
  ['image_url', 'slack_file'],
  true,
);

export const image = where(
  object({ type: oneOf('image'), alt_text: text(limits.alt) }, imageSource),
  oneSource,
);
