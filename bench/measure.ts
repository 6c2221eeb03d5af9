/** Small statistics and process readings, shared by the benchmarks. */
import { readFileSync } from 'node:fs';

/** The value below which `part` (0 to 1) of the sample lies; nearest rank. */
export function percentile(sample: readonly number[], part: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN;
}

export function median(sample: readonly number[]): number {
  return percentile(sample, 0.5);
}

/** Resident memory of a process in MiB, from /proc. */
export function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

export interface Line {
  readonly what: string;
  readonly bare: number;
  readonly ours: number;
  readonly unit: string;
  readonly limit: number;
}

/** One line a measure: both values, their ratio, and whether it keeps its limit. */
export function show({ what, bare, ours, unit, limit }: Line): string {
  const ratio = ours / bare;
  const verdict = ratio <= limit ? 'ok' : 'TOO MUCH';
  const value = (number: number) => `${number.toFixed(number < 10 ? 2 : 0)} ${unit}`;
  return `${what.padEnd(44)} ${value(bare).padStart(10)} ${value(ours).padStart(10)}   ${ratio.toFixed(2)}x (≤ ${limit}x) ${verdict}`;
}
