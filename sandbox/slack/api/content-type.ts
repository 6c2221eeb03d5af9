/** What Slack makes of the content type of a call: it refuses some, and warns of others beside its answer. */
export interface Judgement {
  /** The call is not made. */
  readonly error?: 'missing_post_type' | 'invalid_post_type' | 'invalid_charset';
  /** It is made all the same. */
  readonly warning?: 'missing_charset' | 'superfluous_charset';
}

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';
const known: readonly string[] = [json, form, 'multipart/form-data', 'text/plain'];
const charsets: readonly string[] = ['utf-8', 'utf8', 'iso-8859-1'];

/**
 * JSON without a charset and a form with one are warned of; only a POST that carries something needs a type.
 * Source: docs.slack.dev, using the Web API; the errors that every method has.
 */
export function judgeContentType({ method, headers }: Request): Judgement {
  if (method !== 'POST') return {};
  const given = headers.get('content-type') ?? '';
  const [type = '', ...parameters] = given.split(';').map((part) => part.trim().toLowerCase());
  if (type === '') return hasBody(headers) ? { error: 'missing_post_type' } : {};
  if (!known.includes(type)) return { error: 'invalid_post_type' };
  const charset = parameters.find((each) => each.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !charsets.includes(charset.replaceAll('"', '')))
    return { error: 'invalid_charset' };
  if (type === json && charset === undefined) return { warning: 'missing_charset' };
  if (type === form && charset !== undefined) return { warning: 'superfluous_charset' };
  return {};
}

const hasBody = (headers: Headers) =>
  headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0;
