import { z } from 'zod';
import type { Call, Reply } from './call.ts';
import { invalid } from './errors.ts';
import type { Resource } from './resources/resources.ts';

const LARGEST = 1000;

const token = z.object({ after: z.string(), at: z.int().min(0) });

/**
 * One page of a list: `limit` of them, from where the `page` token says. The reply's `opc-next-page`
 * is there only when more follow.
 * @throws OciError 400 for a limit or a token that the sandbox never gave.
 */
export function page<T>(call: Call, all: readonly T[], idOf: (item: T) => string, usual = 100) {
  const limit = limitOf(call, usual);
  const from = startOf(call.query.get('page'), all, idOf);
  const items = all.slice(from, from + limit);
  const last = items.at(-1);
  const more = last !== undefined && from + limit < all.length;
  const headers: Record<string, string> = more
    ? { 'opc-next-page': write({ after: idOf(last), at: from + limit }) }
    : {};
  return { items, headers };
}

/** A page as a plain array, as core, identity and database answer. */
export function arrayReply<T>(
  call: Call,
  all: readonly T[],
  idOf: (item: T) => string,
  view: (item: T) => object,
): Reply {
  const { items, headers } = page(call, all, idOf);
  return { status: 200, headers, body: items.map(view) };
}

/** The same with how many there are on all pages, as Digital Assistant answers. */
export function countedReply<T>(
  call: Call,
  all: readonly T[],
  idOf: (item: T) => string,
  view: (item: T) => object,
): Reply {
  const { headers, ...reply } = arrayReply(call, all, idOf, view);
  return { ...reply, headers: { ...headers, 'opc-total-items': String(all.length) } };
}

/** A page as `{"items": […]}`, as the younger services answer. */
export function collectionReply<T>(
  call: Call,
  all: readonly T[],
  idOf: (item: T) => string,
  view: (item: T) => object,
): Reply {
  const { items, headers } = page(call, all, idOf);
  return { status: 200, headers, body: { items: items.map(view) } };
}

/** Filters and sorts by the query parameters that all lists of resources share. */
export function chosen<R extends Resource>(call: Call, resources: readonly R[]): R[] {
  const { query } = call;
  const wanted = (name: string) => query.get(name) || undefined;
  const displayName = wanted('displayName') ?? wanted('name');
  const states = query.getAll('lifecycleState').filter(Boolean);
  const domain = wanted('availabilityDomain');
  const found = resources.filter(
    (each) =>
      (displayName === undefined || each.displayName === displayName) &&
      (states.length === 0 || states.some((state) => each.lifecycleState === state.toUpperCase())) &&
      (domain === undefined || !('availabilityDomain' in each) || each.availabilityDomain === domain),
  );
  return sorted(found, wanted('sortBy'), wanted('sortOrder'));
}

function sorted<R extends Resource>(resources: readonly R[], by = 'timeCreated', order?: string): R[] {
  const field = by.toUpperCase().replaceAll('_', '');
  const byName = field === 'DISPLAYNAME' || field === 'NAME';
  if (!byName && field !== 'TIMECREATED') throw invalid(`sortBy: ${by} is not supported.`);
  if (order !== undefined && !/^(asc|desc)$/i.test(order)) throw invalid(`sortOrder: ${order}`);
  const up = order === undefined ? byName : order.toUpperCase() === 'ASC';
  const compare = (a: R, b: R) =>
    byName ? compareText(a.displayName, b.displayName) : a.timeCreated - b.timeCreated;
  return [...resources].sort((a, b) => (up ? compare(a, b) : compare(b, a)) || compareText(a.ocid, b.ocid));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function limitOf(call: Call, usual: number): number {
  const text = call.query.get('limit');
  if (text === null) return usual;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > LARGEST)
    throw invalid(`limit: must be between 1 and ${LARGEST}.`);
  return limit;
}

/** Where the last page ended, even if its last item has gone since. */
function startOf<T>(text: string | null, all: readonly T[], idOf: (item: T) => string): number {
  if (!text) return 0;
  const { after, at } = read(text);
  const found = all.findIndex((item) => idOf(item) === after);
  return found < 0 ? Math.min(at, all.length) : found + 1;
}

function write(value: z.infer<typeof token>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function read(text: string): z.infer<typeof token> {
  try {
    return token.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw invalid('page: the token is not valid.');
  }
}
