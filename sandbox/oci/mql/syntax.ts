/** What a query of Monitoring's language (MQL) says. Times are milliseconds. */
export type Expression =
  | Metric
  | Nested
  | Binary
  | Within
  | { readonly kind: 'number'; readonly value: number };

/** `HttpRequests[1m]{backendSetName = "api"}.groupBy(lbName).sum()` */
export interface Metric {
  readonly kind: 'metric';
  readonly name: string;
  readonly interval: number;
  readonly filters: readonly Filter[];
  /** The first one is over time, any more are over what the one before it says at each moment. */
  readonly stages: readonly Stage[];
}

/** `(…).grouping().sum()` */
export interface Nested {
  readonly kind: 'nested';
  readonly of: Expression;
  readonly stages: readonly Stage[];
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `in (1, 5)` and `not in (1, 5)`, the ends included. */
export interface Within {
  readonly kind: 'within';
  readonly of: Expression;
  readonly not: boolean;
  readonly least: number;
  readonly most: number;
}

export interface Filter {
  readonly dimension: string;
  /** `=~`: `*` stands for anything, `|` is between alternatives. */
  readonly fuzzy: boolean;
  readonly value: string;
}

export interface Stage {
  /** `grouping()` is by none; absent for every stream by itself. */
  readonly by?: readonly string[];
  readonly statistic: Statistic;
  /** The share of `percentile(0.95)`, the milliseconds of `absent(20m)`. */
  readonly argument?: number;
}

export const statistics = [
  'absent',
  'avg',
  'count',
  'first',
  'increment',
  'last',
  'max',
  'mean',
  'min',
  'percentile',
  'rate',
  'sum',
] as const;
export type Statistic = (typeof statistics)[number];

/** Weakest first; those of one line bind alike, from the left. */
export const precedence = [
  ['||'],
  ['&&'],
  ['>=', '<=', '==', '!=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;
export type Operator = (typeof precedence)[number][number];

/** A query that is none. The message says what is wrong, and where. */
export class BadQuery extends Error {}
