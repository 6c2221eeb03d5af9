import { Scanner } from './scanner.ts';
import {
  BadQuery,
  type Expression,
  type Filter,
  type Metric,
  precedence,
  type Stage,
  type Statistic,
  statistics,
} from './syntax.ts';

const minute = 60_000;
const units: Readonly<Record<string, number>> = { m: minute, h: 60 * minute, d: 24 * 60 * minute };
/** So many brackets within one another are a mistake, and not worth the stack. */
const deepest = 50;

/**
 * Source: docs.oracle.com, Monitoring/Reference/mql.htm, and Tasks/query-metric-{dimension,groupby,nested}.htm.
 * @throws BadQuery
 */
export function parseQuery(text: string): Expression {
  const parser = new Parser(new Scanner(text));
  return parser.whole();
}

/** `1m` to `60m`, `1h` to `24h`, `1d`, as milliseconds. @throws BadQuery for any other. */
export function parseInterval(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,4})([mhd])$/.exec(text) ?? [];
  const count = Number(digits);
  const most = { m: 60, h: 24, d: 1 }[unit] ?? 0;
  if (count < 1 || count > most) throw new BadQuery(`${text} is no interval: 1m-60m, 1h-24h, 1d`);
  return count * (units[unit] ?? 0);
}

class Parser {
  readonly #scan: Scanner;
  #depth = 0;

  constructor(scan: Scanner) {
    this.#scan = scan;
  }

  whole(): Expression {
    const expression = this.#level(0);
    if (!this.#scan.isAtEnd) throw this.#scan.wrong('the end');
    if (!hasMetric(expression)) throw new BadQuery('the query names no metric');
    return expression;
  }

  /** All operators that bind as weakly as those of this line, or more strongly. */
  #level(line: number): Expression {
    const operators = precedence[line];
    if (!operators) return this.#operand();
    let left = this.#level(line + 1);
    for (;;) {
      const within = line === 2 ? this.#within(left) : undefined;
      const operator = within ? undefined : this.#scan.word(operators);
      if (within) left = within;
      else if (operator) left = { kind: 'binary', operator, left, right: this.#level(line + 1) };
      else return left;
    }
  }

  #within(of: Expression): Expression | undefined {
    const word = this.#scan.take(/(not\s+)?in\b/);
    if (!word) return undefined;
    this.#scan.expect('(');
    const least = this.#number();
    this.#scan.expect(',');
    const most = this.#number();
    this.#scan.expect(')');
    return { kind: 'within', of, not: word[1] !== undefined, least, most };
  }

  #operand(): Expression {
    if (this.#scan.word(['('])) {
      this.#depth += 1;
      if (this.#depth > deepest) throw new BadQuery('too many brackets within one another');
      const of = this.#level(0);
      this.#depth -= 1;
      this.#scan.expect(')');
      const stages = this.#stages();
      return stages.length > 0 ? { kind: 'nested', of, stages } : of;
    }
    const metric = this.#scan.attempt(() => this.#metric());
    return metric ?? { kind: 'number', value: this.#number() };
  }

  #metric(): Metric | undefined {
    const name = this.#scan.take(/[A-Za-z][\w.$-]*/)?.[0];
    if (name === undefined) return undefined;
    const interval = this.#scan.take(/\[\s*(\w*)\s*\]/)?.[1];
    if (interval === undefined) throw this.#scan.wrong(`an interval such as [1m] after ${name}`);
    const filters = this.#scan.word(['{']) ? this.#filters() : [];
    const stages = this.#stages();
    if (stages.length === 0) throw this.#scan.wrong('a statistic such as .mean()');
    return { kind: 'metric', name, interval: parseInterval(interval), filters, stages };
  }

  #filters(): Filter[] {
    const filters: Filter[] = [];
    do {
      const dimension = this.#scan.take(/[^\s=~{},"]+/)?.[0];
      if (dimension === undefined) throw this.#scan.wrong('a dimension');
      const operator = this.#scan.word(['=~', '=']);
      if (!operator) throw this.#scan.wrong('= or =~');
      filters.push({ dimension, fuzzy: operator === '=~', value: this.#value(operator === '=~') });
    } while (this.#scan.word([',']));
    this.#scan.expect('}');
    return filters;
  }

  /** Quotes can be left away where the value has no blanks and is not fuzzy. */
  #value(fuzzy: boolean): string {
    const quoted = this.#scan.take(/"((?:[^"\\]|\\.)*)"/)?.[1];
    if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
    const bare = fuzzy ? undefined : this.#scan.take(/[^\s,{}"]+/)?.[0];
    if (bare === undefined) throw this.#scan.wrong('a value between double quotes');
    return bare;
  }

  #stages(): Stage[] {
    const stages: Stage[] = [];
    while (this.#scan.word(['.'])) stages.push(this.#stage());
    return stages;
  }

  #stage(): Stage {
    const by = this.#grouping();
    if (by) this.#scan.expect('.');
    const name = this.#scan.take(/[A-Za-z]\w*/)?.[0] ?? '';
    const statistic = statistics.find((each) => each === name);
    if (!statistic) throw new BadQuery(`"${name}" is no statistic: ${statistics.join(', ')}`);
    this.#scan.expect('(');
    const argument = this.#argument(statistic);
    this.#scan.expect(')');
    return { statistic, ...(by && { by }), ...(argument !== undefined && { argument }) };
  }

  #grouping(): readonly string[] | undefined {
    const word = this.#scan.take(/(grouping|groupBy)\s*\(/)?.[1];
    if (word === undefined) return undefined;
    const by: string[] = [];
    if (word === 'groupBy')
      do {
        const dimension = this.#scan.take(/"?([^\s,()"]+)"?/)?.[1];
        if (dimension === undefined) throw this.#scan.wrong('a dimension to group by');
        by.push(dimension);
      } while (this.#scan.word([',']));
    this.#scan.expect(')');
    return by;
  }

  #argument(statistic: Statistic): number | undefined {
    if (statistic === 'percentile') {
      const share = this.#number();
      if (share <= 0 || share >= 1) throw new BadQuery('percentile takes a number between 0 and 1');
      return share;
    }
    if (statistic !== 'absent') return undefined;
    const [, digits, unit = ''] = this.#scan.take(/(\d{1,4})([mhd])/) ?? [];
    return digits === undefined ? undefined : Number(digits) * (units[unit] ?? 0);
  }

  #number(): number {
    const digits = this.#scan.take(/[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/)?.[0];
    if (digits === undefined) throw this.#scan.wrong('a metric or a number');
    return Number(digits);
  }
}

function hasMetric(expression: Expression): boolean {
  switch (expression.kind) {
    case 'metric':
      return true;
    case 'number':
      return false;
    case 'binary':
      return hasMetric(expression.left) || hasMetric(expression.right);
    default:
      return hasMetric(expression.of);
  }
}
