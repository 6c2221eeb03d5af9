import type { Span, Text } from '../../core/report.ts';

/**
 * Text as Slack's mrkdwn. Everything from outside is escaped, so that a resource named `<!channel>`
 * pages nobody. Source: docs.slack.dev, formatting message text.
 */
export function mrkdwn(text: Text): string {
  return typeof text === 'string' ? escaped(text) : text.map(span).join('');
}

/** The three characters that begin or end markup; control characters but line ends and tabs go. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}

/** The whole text in bold. An asterisk inside would end it, so it becomes the sign that looks like one. */
export function bold(text: Text): string {
  const inner = mrkdwn(text).replaceAll('*', '∗');
  return inner === '' ? '' : `*${inner}*`;
}

/** At most `max` characters, cut where no markup, entity or surrogate pair is torn. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = text.slice(0, max - 1);
  if (kept.lastIndexOf('<') > kept.lastIndexOf('>')) kept = kept.slice(0, kept.lastIndexOf('<'));
  kept = kept.replace(/&[a-z]{0,4}$/, '').replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}…`;
}

function span(part: Span): string {
  if (typeof part === 'string') return escaped(part);
  if ('strong' in part) return bold(part.strong);
  if ('code' in part) return code(part.code);
  if ('run' in part) return code(`/oci ${part.run}`);
  if ('user' in part) return isId(part.user, 'UW') ? `<@${part.user}>` : escaped(`@${part.user}`);
  if ('group' in part) return isId(part.group, 'S') ? `<!subteam^${part.group}>` : escaped(`@${part.group}`);
  if ('channel' in part) return isId(part.channel, 'CG') ? `<#${part.channel}>` : escaped(`#${part.channel}`);
  if ('time' in part) return time(part.time);
  return link(part.link, part.text);
}

/** A backtick cannot be escaped in a code span: it becomes an apostrophe. */
function code(text: string): string {
  const inner = escaped(text).replaceAll('`', "'").replace(/\s+/g, ' ').trim();
  return inner === '' ? '' : `\`${inner}\``;
}

/** Shown in each reader's own time zone; the fallback is UTC. */
function time(at: number): string {
  const moment = new Date(at);
  const utc = moment.toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} at {time}|${utc} UTC>`;
}

function link(url: string, text: string): string {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return escaped(text);
  const href = new URL(url).href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return `<${escaped(href)}|${escaped(text).replaceAll('|', '¦')}>`;
}

function isId(id: string, kinds: string): boolean {
  return kinds.includes(id.charAt(0)) && /^[A-Z0-9]{2,}$/.test(id);
}
