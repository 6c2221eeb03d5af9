import { factsOf, type Kind } from '../kinds/all.ts';

/** Words that the reports of schedules share. */

/** `3 compute instances, 1 Autonomous Database`, the most numerous first. */
export function countsByKind(rows: readonly { readonly kind: Kind }[]): string {
  const counts = new Map<Kind, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([kind, count]) => counted(count, factsOf(kind).title))
    .join(', ');
}

/** `1 resource`, `12 resources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `web-1, web-2, web-3 and 9 more`. One more is named rather than counted. */
export function someOf(names: readonly string[], most = 8): string {
  const shown = names.length <= most + 1 ? names : names.slice(0, most);
  const hidden = names.length - shown.length;
  return hidden > 0 ? `${shown.join(', ')} and ${hidden} more` : listed(shown);
}

/** `a`, `a and b`, `a, b and c`; or with `or`. */
export function listed(words: readonly string[], joined: 'and' | 'or' = 'and'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${joined} ${last}`;
}

/** `dev-evenings`, `dev-evenings and shop`, `a, b, c and 4 more policies`. */
export function policyNames(policies: readonly string[]): string {
  const most = 3;
  if (policies.length <= most) return listed(policies);
  const hidden = policies.length - most;
  return `${policies.slice(0, most).join(', ')} and ${hidden} more ${hidden === 1 ? 'policy' : 'policies'}`;
}

/** `€4.10`, `US$4.10`, `CHF 4.10`; what is no ISO 4217 code stands behind the number. */
export function money(amount: number, currency: string): string {
  if (!/^[A-Z]{3}$/.test(currency)) return `${amount.toFixed(2)} ${currency}`.trim();
  return new Intl.NumberFormat('en-GB', { style: 'currency', currency })
    .format(amount)
    .replaceAll('\u00A0', ' ');
}

/** The wall clock in a zone: `19:00`. */
export function wallClock(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** The date in a zone: `2026-11-25`. */
export function calendarDate(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);
}

export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Rows that have the same key, in the order of their first ones. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}
