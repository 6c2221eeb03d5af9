import type { Block, Fields } from './types.ts';

/**
 * What somebody typed as the one rich_text block that Slack makes of it. `text` is as it was sent, with
 * entities and `<@U…>`; `id` becomes the block's.
 */
export function richTextOf(text: string, id: string): readonly Block[] {
  const elements = pieces(text);
  return [{ type: 'rich_text', block_id: id, elements: [{ type: 'rich_text_section', elements }] }];
}

const token = /<([^<>]+)>|:([a-z0-9_+'-]+):/g;

function pieces(text: string): Fields[] {
  const found: Fields[] = [];
  let from = 0;
  const plain = (until: number) => {
    if (until > from) found.push({ type: 'text', text: decoded(text.slice(from, until)) });
  };
  for (const match of text.matchAll(token)) {
    const [whole, inner, emoji] = match;
    plain(match.index);
    found.push(emoji ? { type: 'emoji', name: emoji } : reference(inner ?? ''));
    from = match.index + whole.length;
  }
  plain(text.length);
  return found;
}

/** `@U…`, `#C…|name`, `!subteam^S…`, `!here` or an address, each with a label perhaps. */
function reference(inner: string): Fields {
  const [to = '', label] = inner.split('|');
  if (to.startsWith('@')) return { type: 'user', user_id: to.slice(1) };
  if (to.startsWith('#')) return { type: 'channel', channel_id: to.slice(1) };
  if (to.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: to.slice('!subteam^'.length) };
  if (to.startsWith('!')) return { type: 'broadcast', range: to.slice(1) };
  return { type: 'link', url: decoded(to), ...(label ? { text: decoded(label) } : {}) };
}

const decoded = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
