import type { Stream } from '../metrics.ts';
import type { Filter } from './syntax.ts';

export type Dimensions = Readonly<Record<string, string>>;

/** What a query may narrow or group by: the dimensions, and two names that are not among them. */
function traitOf({ dimensions, resourceGroup, compartmentId }: Stream, name: string): string | undefined {
  if (name === 'resourceGroup') return resourceGroup;
  if (name === 'compartmentId') return compartmentId;
  return own(dimensions, name);
}

function own(dimensions: Dimensions, name: string): string | undefined {
  return Object.hasOwn(dimensions, name) ? dimensions[name] : undefined;
}

/**
 * Whether all filters let the stream through. One whose dimension none of the metric's streams has filters
 * nothing. Source: docs.oracle.com, Monitoring/Tasks/query-metric-dimension.htm.
 */
export function isMeant(stream: Stream, filters: readonly Filter[], all: readonly Stream[]): boolean {
  return filters.every((filter) => {
    const value = traitOf(stream, filter.dimension);
    if (value !== undefined) return matches(filter, value);
    return all.every((each) => traitOf(each, filter.dimension) === undefined);
  });
}

function matches({ fuzzy, value: wanted }: Filter, value: string): boolean {
  if (!fuzzy) return value === wanted;
  return wanted.split('|').some((pattern) => like(pattern, value));
}

/** `*` stands for anything: without a regular expression, that a query could make slow. */
function like(pattern: string, value: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return value === head;
  if (!value.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return value.length - tail.length >= at && value.endsWith(tail);
}

interface Member {
  readonly dimensions: Dimensions;
  /** Those that it is made of. */
  readonly streams: readonly Stream[];
}

export interface Grouped<M = unknown> {
  readonly dimensions: Dimensions;
  readonly streams: readonly Stream[];
  readonly members: readonly M[];
}

/** Those with the same values of `by` together; each by itself where nothing is said. */
export function group<M extends Member | Stream>(
  members: readonly M[],
  by: readonly string[] | undefined,
): readonly Grouped<M>[] {
  if (!by)
    return members.map((member) => ({
      dimensions: member.dimensions,
      streams: streamsOf(member),
      members: [member],
    }));
  const groups = new Map<string, { dimensions: Dimensions; members: M[] }>();
  for (const member of members) {
    const dimensions = Object.fromEntries(
      by.flatMap((name) => {
        const value = 'minutes' in member ? traitOf(member, name) : own(member.dimensions, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    );
    const key = JSON.stringify(dimensions);
    const known = groups.get(key);
    if (known) known.members.push(member);
    else groups.set(key, { dimensions, members: [member] });
  }
  return [...groups.values()].map((each) => ({ ...each, streams: each.members.flatMap(streamsOf) }));
}

function streamsOf(member: Member | Stream): readonly Stream[] {
  return 'minutes' in member ? [member] : member.streams;
}
