/**
 * A command line as Slack really sends it, made plain: curly quotes, the dashes that phones make of
 * `--`, no-break spaces, `<@U…|name>`, `<#C…|name>`, `<!subteam^S…>` and `<url|label>` links, and the
 * three entities that Slack escapes. Ids stay ids: `<@U012|ana>` becomes `U012`.
 * Source: docs.slack.dev, slash commands (should_escape) and formatting.
 */
export function plainLine(sent: string): string {
  return withoutControls(
    sent
      .replace(/<[@#]([A-Z0-9]+)(?:\|[^>]*)?>/g, '$1')
      .replace(/<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g, '$1')
      .replace(/<(?:https?|mailto|tel):[^>|]*\|([^>]*)>/g, '$1')
      .replace(/<((?:https?|mailto|tel):[^>|]*)>/g, '$1')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&')
      .replace(/[\u2018\u2019\u201A\u2032]/g, "'")
      .replace(/[\u201C\u201D\u201E\u00AB\u00BB\u2033]/g, '"')
      .replace(/(^|\s)[\u2012-\u2015\u2212](?=\w)/g, '$1--')
      .replace(/[\s\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g, ' '),
  ).trim();
}

/** Without what cannot be seen: control characters, zero-width ones, and marks that turn the direction of writing. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, '');
}

/** Without its full stop, so that a sentence can go on or end with its own. */
export function unstopped(text: string): string {
  return text.trim().replace(/\.+$/, '');
}

/** Ends as a sentence does: with one full stop, unless it ends with a mark of its own. Whatever is joined ends here. */
export function stopped(text: string): string {
  const plain = unstopped(text);
  return /[?!…]$/.test(plain) ? plain : `${plain}.`;
}

/** Without sentences that one before them says too, with more around it. */
export function saidOnce(sentences: readonly string[]): readonly string[] {
  return sentences.filter(
    (each, at) => !sentences.slice(0, at).some((before) => before.includes(unstopped(each))),
  );
}

/** `store-1, store-2`; of many the first ones and how many more. */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
