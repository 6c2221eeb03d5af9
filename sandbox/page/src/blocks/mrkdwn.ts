import type { RichTextBlockElement, RichTextSectionElement, TextObject } from 'slack-blocks-to-jsx';

/*
 * Slack's own text marks, as rich text, which the library draws. Its own reading of them shows an escaped
 * `&lt;!channel&gt;` as a mention of everybody and the time 10:30:45 as an emoji.
 * https://docs.slack.dev/messaging/formatting-message-text
 */

interface Style {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

/** A text object as paragraphs, quotes and code. */
export function richText({ type, text, emoji, verbatim }: TextObject): RichTextBlockElement[] {
  if (type === 'plain_text')
    return [section(emoji === false ? words(text, {}) : inline(text, {}, [emojiMark]))];
  const marks = verbatim ? allMarks : [...allMarks, addressMark];
  // Every second piece stood between fences.
  return text.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((piece, at) => {
    if (piece === '') return [];
    return at % 2 === 1
      ? [{ type: 'rich_text_preformatted', elements: plain(piece) }]
      : paragraphs(piece, marks);
  });
}

/** Lines that begin with `>` are quotes. */
function paragraphs(text: string, marks: readonly Mark[]): RichTextBlockElement[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, quote] = /^(?:&gt;|>) ?(.*)$/.exec(line) ?? [];
    const last = runs.at(-1);
    if (last?.quoted === (quote !== undefined)) last.lines.push(quote ?? line);
    else runs.push({ quoted: quote !== undefined, lines: [quote ?? line] });
  }
  return runs.map(({ quoted, lines }) => {
    const elements = inline(lines.join('\n'), {}, marks);
    return quoted ? { type: 'rich_text_quote', elements } : section(elements);
  });
}

/** What one kind of mark looks like, and what it means; undefined when it means nothing after all. */
interface Mark {
  readonly pattern: RegExp;
  read(found: RegExpExecArray, style: Style, marks: readonly Mark[]): RichTextSectionElement[] | undefined;
}

const emojiMark: Mark = {
  // A name has a letter in it or is +1 or -1: the minutes in 10:30:45 are no emoji.
  pattern: /:([+-]1|[a-z0-9_'+-]*[a-z][a-z0-9_'+-]*):/,
  read: ([, name = '']) => [{ type: 'emoji', name }],
};

const addressMark: Mark = {
  pattern: /\bhttps?:\/\/[^\s<>|*~`]*[^\s<>|*~`.,;:!?'")]/,
  read: ([address], style) => [{ type: 'link', url: decoded(address), style }],
};

const codeMark: Mark = {
  pattern: /`([^`\n]+)`/,
  read: ([, code = ''], style) => words(code, { ...style, code: true }),
};

const angleMark: Mark = {
  pattern: /<([^<>\n]+)>/,
  read: ([, inside = ''], style) => reference(inside, style),
};

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const;

/** Words between two of the same sign, which stands at their edges and not within a word. */
const styleMark: Mark = {
  pattern: /(?<![\p{L}\p{N}*_~])([*_~])(?!\1)(?=\S)([^\n]*?[^\s\n])\1(?![\p{L}\p{N}*_~])/u,
  read([, sign = '', inside = ''], style, marks) {
    const name = styles[sign as keyof typeof styles];
    return style[name] ? undefined : inline(inside, { ...style, [name]: true }, marks);
  },
};

const allMarks: readonly Mark[] = [codeMark, angleMark, styleMark, emojiMark];

/** The text up to the first mark, what that means, and so on. */
function inline(text: string, style: Style, marks: readonly Mark[]): RichTextSectionElement[] {
  let first: { found: RegExpExecArray; mark: Mark } | undefined;
  for (const mark of marks) {
    const found = mark.pattern.exec(text);
    if (found && (!first || found.index < first.found.index)) first = { found, mark };
  }
  if (!first) return words(text, style);
  const { found, mark } = first;
  const end = found.index + found[0].length;
  return [
    ...words(text.slice(0, found.index), style),
    ...(mark.read(found, style, marks) ?? words(found[0], style)),
    ...inline(text.slice(end), style, marks),
  ];
}

/** What stands between `<` and `>`: a person, a channel, a group, everybody, a moment, or a link. */
function reference(inside: string, style: Style): RichTextSectionElement[] {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  const [, sigil, name = ''] = /^([@#]|!subteam\^|!date\^|!)(.*)$/.exec(target) ?? [];
  const { code: _, ...seen } = style;
  switch (sigil) {
    case '@':
      return [{ type: 'user', user_id: name, style: seen }];
    case '#':
      return [{ type: 'channel', channel_id: name, style: seen }];
    case '!subteam^':
      return [{ type: 'usergroup', usergroup_id: name, style: seen }];
    case '!date^':
      return moment(name, label ?? '', style);
    case '!':
      if (name === 'here' || name === 'channel' || name === 'everyone')
        return [{ type: 'broadcast', range: name, style }];
      return words(label ?? name, style);
    default:
      return [
        { type: 'link', url: decoded(target), text: decoded(label ?? target.replace(/^mailto:/, '')), style },
      ];
  }
}

function moment(date: string, fallback: string, style: Style): RichTextSectionElement[] {
  const [seconds, format] = date.split('^');
  const timestamp = Number(seconds);
  if (!format || !Number.isInteger(timestamp)) return words(fallback, style);
  return [{ type: 'date', timestamp, format, style }];
}

const section = (elements: RichTextSectionElement[]): RichTextBlockElement => ({
  type: 'rich_text_section',
  elements,
});

function words(text: string, style: Style): RichTextSectionElement[] {
  return text === '' ? [] : [{ type: 'text', text: decoded(text), style }];
}

const plain = (text: string): RichTextSectionElement[] => [{ type: 'text', text: decoded(text) }];

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
