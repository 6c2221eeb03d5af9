import type { Threshold } from './app.ts';

/** What a measured value has to be: `< 1`, `>= 99.5`, `== 0`. */

const written = /^\s*(<=|>=|==|<|>|=|≤|≥)\s*(-?\d+(?:\.\d+)?)\s*$/;
const signs: Readonly<Record<string, Threshold['is']>> = { '=': '==', '≤': '<=', '≥': '>=' };

/** The problem is a sentence without a full stop. */
export function readThreshold(text: string): Threshold | { readonly problem: string } {
  const [, sign = '', number = ''] = written.exec(text) ?? [];
  if (sign === '') return { problem: `"${text}" is not a threshold such as < 1, >= 99.5 or == 0` };
  return { is: signs[sign] ?? (sign as Threshold['is']), value: Number(number) };
}

export function showThreshold({ is, value }: Threshold): string {
  return `${is} ${value}`;
}

/** What is not a number holds for nothing. */
export function holds({ is, value }: Threshold, measured: number): boolean {
  if (is === '<') return measured < value;
  if (is === '<=') return measured <= value;
  if (is === '>') return measured > value;
  return is === '>=' ? measured >= value : measured === value;
}

/** Holds for exactly the numbers for which the other does not; nothing is the opposite of `==`. */
export function opposite({ is, value }: Threshold): Threshold | undefined {
  const other = ({ '<': '>=', '<=': '>', '>': '<=', '>=': '<', '==': undefined } as const)[is];
  return other && { is: other, value };
}

/** Whether some number would be both. */
export function overlap(one: Threshold, other: Threshold): boolean {
  const edges = [one.value, other.value];
  const far = Math.max(...edges.map(Math.abs)) + 1;
  return [...edges, (one.value + other.value) / 2, far, -far].some(
    (value) => holds(one, value) && holds(other, value),
  );
}
