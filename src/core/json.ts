/** A value that survives the store, the audit chain and the wire unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One text for one value: keys sorted, no white space, `undefined` members left out. What is hashed
 * (plan digests, the audit chain) is hashed over this text, so that two stores agree.
 */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonical(each ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** The value as JSON has it: what only types know is gone, and so is what is undefined. */
export function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
