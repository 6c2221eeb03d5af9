/** A thousand resources stopped by the engine over the SDK, against an emulator that answers 20 ms late and limits each operation. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SandboxClock } from '../sandbox/clock.ts';
import { entryOf } from './apps.ts';
import { regions, slowly, startCloud } from './cloud.ts';
import { fleet, limits, perSecond, times } from './fleet.ts';

/** How often one operation was called in one region. */
export interface Calls {
  readonly operation: string;
  readonly region: string;
  readonly made: number;
  readonly refused: number;
}

export interface Stopping {
  readonly seconds: number;
  readonly stopped: number;
  readonly status: string;
  readonly calls: readonly Calls[];
}

/** Runs it once, the emulator in this process and the engine in one of its own. */
export async function measureStop(clock: SandboxClock, folder: string): Promise<Stopping> {
  const cloud = await startCloud(clock, folder, { lists: fleet(regions), limits, times });
  try {
    await slowly(cloud);
    const store = join(folder, 'store');
    mkdirSync(store);
    const child = spawn(process.execPath, [entryOf('bench/stopping.js')], {
      env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', TZ: 'UTC', STORE: store, ...cloud.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [answer, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    if (code !== 0) throw new Error(`stopping everything ended with ${code}`);
    return JSON.parse(answer) as Stopping;
  } finally {
    await cloud.close();
  }
}

/**
 * How the run stands to its limits. The calls that are needed are those that cannot be left out, of the operation that
 * has most of them: one act for each, with one read before it that gives it its etag.
 * Of several runs the one in the middle, and how long each took.
 */
export function showStop(runs: readonly Stopping[]): string {
  const sorted = runs.toSorted((a, b) => a.seconds - b.seconds);
  const middle = sorted[sorted.length >> 1];
  if (!middle) throw new Error('nothing was stopped');
  const all = sorted.map(({ seconds }) => seconds.toFixed(1)).join(', ');
  return `${showRun(middle)}\n  the median of ${sorted.length} runs: ${all} s`;
}

function showRun({ seconds, stopped, status, calls }: Stopping): string {
  const slowest = calls.reduce((most, each) => (needed(each) > needed(most) ? each : most));
  const least = needed(slowest) / perSecond;
  const made = calls.reduce((sum, each) => sum + each.made, 0);
  const refused = calls.reduce((sum, each) => sum + each.refused, 0);
  const useful = 1 - refused / made;
  const verdict = (isKept: boolean) => (isKept ? 'ok' : 'TOO MUCH');
  return [
    `stop ${stopped} resources in 2 regions (${status})   ${seconds.toFixed(1)} s, ${(seconds / least).toFixed(2)}x of ${least.toFixed(1)} s (≤ 1.15x) ${verdict(seconds <= 1.15 * least)}`,
    `  ${needed(slowest)} × ${slowest.operation} in ${slowest.region} at ${perSecond} a second are the least that it takes`,
    `  useful calls: ${(100 * useful).toFixed(2)} % of ${made}, ${refused} throttled (≥ 99 %) ${verdict(useful >= 0.99)}`,
  ].join('\n');
}

const acts = /\.(InstanceAction|DbNodeAction|Stop\w+|Update\w+|SoftstopInstancePool)$/;

function needed({ operation, made, refused }: Calls): number {
  return acts.test(operation) ? made - refused : 0;
}
