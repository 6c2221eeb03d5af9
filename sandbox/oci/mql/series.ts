import type { Stream } from '../metrics.ts';
import type { Dimensions } from './streams.ts';
import type { Operator } from './syntax.ts';

/** What a query says of one group of streams, moment by moment. */
export interface Series {
  readonly dimensions: Dimensions;
  readonly streams: readonly Stream[];
  readonly points: ReadonlyMap<number, number>;
}

type Side = readonly Series[] | number;

const operations: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
};

/**
 * Arithmetic, comparisons (1 for true, 0 for false) and joins. A number goes with every series; series go with
 * those that have the same dimensions, and one without any goes with all. Where one side has no point there is
 * none, but for `||`, for which it is false.
 */
export function combine(operator: Operator, left: Side, right: Side): Side {
  const apply = operations[operator];
  if (typeof left === 'number')
    return typeof right === 'number' ? apply(left, right) : onAll(right, (value) => apply(left, value));
  if (typeof right === 'number') return onAll(left, (value) => apply(value, right));
  return pairs(left, right, operator === '||').map(([a, b]) => {
    const moments = new Set([...(a?.points.keys() ?? []), ...(b?.points.keys() ?? [])]);
    const points = [...moments]
      .sort((one, other) => one - other)
      .map((at) => [at, joined(operator, a?.points.get(at), b?.points.get(at))] as const);
    return {
      dimensions: { ...b?.dimensions, ...a?.dimensions },
      streams: [...(a?.streams ?? []), ...(b?.streams ?? [])],
      points: finite(points),
    };
  });
}

function joined(operator: Operator, left: number | undefined, right: number | undefined): number {
  if (operator === '||') return operations[operator](left ?? 0, right ?? 0);
  return left === undefined || right === undefined ? Number.NaN : operations[operator](left, right);
}

function onAll(all: readonly Series[], change: (value: number) => number): readonly Series[] {
  return all.map((series) => ({
    ...series,
    points: finite([...series.points].map(([at, value]) => [at, change(value)] as const)),
  }));
}

/** What is divided by nothing has no value that JSON could hold: there is no point. */
function finite(points: readonly (readonly [number, number])[]): ReadonlyMap<number, number> {
  return new Map(points.filter(([, value]) => Number.isFinite(value)));
}

type Pair = readonly [Series | undefined, Series | undefined];

function pairs(left: readonly Series[], right: readonly Series[], isOuter: boolean): readonly Pair[] {
  const partners = (of: Series, among: readonly Series[]) =>
    among.filter((each) => isAlike(of.dimensions, each.dimensions));
  const met = left.flatMap((a) => partners(a, right).map((b): Pair => [a, b]));
  if (!isOuter) return met;
  const alone = (all: readonly Series[], others: readonly Series[]) =>
    all.filter((each) => partners(each, others).length === 0);
  return [
    ...met,
    ...alone(left, right).map((a): Pair => [a, undefined]),
    ...alone(right, left).map((b): Pair => [undefined, b]),
  ];
}

function isAlike(a: Dimensions, b: Dimensions): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)];
  if (left.length === 0 || right.length === 0) return true;
  return left.length === right.length && left.every(([name, value]) => b[name] === value);
}
