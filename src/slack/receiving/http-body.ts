/** The request is not what Slack would send. */
export class BadBody extends Error {
  override readonly name = 'BadBody';
}

/**
 * A body of Slack's: JSON, a form, or JSON inside a form's `payload`. Told apart by their look, since
 * proxies rewrite the content type. Throws BadBody for anything else.
 */
export function bodyOf(raw: string): Readonly<Record<string, unknown>> {
  if (raw.trimStart().startsWith('{')) return json(raw);
  const form = new URLSearchParams(raw);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : json(payload);
}

function json(text: string): Readonly<Record<string, unknown>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new BadBody('not_json');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BadBody('not_an_object');
  return { ...parsed };
}
