/** What deciding costs: for all of a large tenancy, for a year ahead, and in memory. Pure, in a process of its own. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { entryOf } from './apps.ts';

export interface Deciding {
  /** Milliseconds of one decide for all, the median. */
  readonly decide: number;
  /** Of the first one, which knows nothing of any timetable. */
  readonly first: number;
  /** Of every transition of a year of every policy, each read anew. */
  readonly year: number;
  readonly transitions: number;
  /** MiB of heap in use after a collection: after the warm-up, and after ten thousand decides more. */
  readonly heap: readonly [number, number];
}

const budget = 200;

export async function measureDecide(): Promise<Deciding> {
  const run = await promisify(execFile)(process.execPath, ['--expose-gc', entryOf('bench/deciding.js')]);
  return JSON.parse(run.stdout) as Deciding;
}

export function showDecide({ decide, first, year, transitions, heap: [before, after] }: Deciding): string {
  const line = (what: string, ms: number) =>
    `${what.padEnd(58)} ${ms.toFixed(0).padStart(6)} ms (< ${budget} ms) ${ms < budget ? 'ok' : 'TOO MUCH'}`;
  const grown = after - before;
  return [
    line('decide for 10,000 resources and 500 policies, median', decide),
    `  the first in a fresh process, with nothing known and nothing compiled: ${first.toFixed(0)} ms`,
    line(`${transitions} transitions of a year of 500 policies`, year),
    `heap after 10,000 decides, collected: ${before.toFixed(1)} → ${after.toFixed(1)} MiB (+ ≤ 1 MiB) ${grown <= 1 ? 'ok' : 'TOO MUCH'}`,
  ].join('\n');
}
