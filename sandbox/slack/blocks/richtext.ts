import { limits } from '../limits.ts';
import { link } from './parts.ts';
import { anything, boolean, integer, list, object, oneOf, type Rule, text, typed } from './rules.ts';

const many = 10_000;
const style = object(
  {},
  {
    bold: boolean,
    code: boolean,
    italic: boolean,
    strike: boolean,
    underline: boolean,
    highlight: boolean,
    client_highlight: boolean,
    unlink: boolean,
  },
);

function inline(type: string, required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return object({ type: oneOf(type), ...required }, { style, ...optional });
}

const id = text(limits.id);
const inlineElement = typed(() => ({
  text: inline('text', { text: text(many) }),
  link: inline('link', { url: link }, { text: text(many), unsafe: boolean }),
  user: inline('user', { user_id: id }),
  usergroup: inline('usergroup', { usergroup_id: id }),
  channel: inline('channel', { channel_id: id }),
  team: inline('team', { team_id: id }),
  emoji: inline('emoji', { name: id }, { unicode: id, skin_tone: integer(1, 6), url: link }),
  broadcast: inline('broadcast', { range: oneOf('here', 'channel', 'everyone') }),
  color: inline('color', { value: id }),
  date: inline('date', { timestamp: anything, format: id }, { url: link, fallback: id }),
}));

const elements = list(inlineElement, many, 0);
const border = oneOf('0', '1');
const section = object({ type: oneOf('rich_text_section'), elements });
const preformatted = typed(() => ({
  text: inline('text', { text: text(many) }),
  link: inline('link', { url: link }, { text: text(many), unsafe: boolean }),
}));

export const richText = object(
  {
    type: oneOf('rich_text'),
    elements: list(
      typed(() => ({
        rich_text_section: section,
        rich_text_list: object(
          {
            type: oneOf('rich_text_list'),
            style: oneOf('bullet', 'ordered'),
            elements: list(section, many, 0),
          },
          { indent: integer(0, 8), offset: integer(0, many), border },
        ),
        rich_text_quote: object({ type: oneOf('rich_text_quote'), elements }, { border }),
        rich_text_preformatted: object(
          { type: oneOf('rich_text_preformatted'), elements: list(preformatted, many, 0) },
          { border, language: id },
        ),
      })),
      many,
    ),
  },
  { block_id: id },
);
