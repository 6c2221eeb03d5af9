/**
 * What the bot costs beside a bare Bolt app, as ratios measured in one run on one machine. Prints how it
 * measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SandboxClock } from '../sandbox/clock.ts';
import { startSlack } from '../sandbox/slack/server.ts';
import { type App, command, entryOf, launch } from './apps.ts';
import { startCloud } from './cloud.ts';
import { measureDecide, showDecide } from './decide.ts';
import { measureDeploys, showDeploys } from './deploys.ts';
import { measureList } from './list.ts';
import { median, percentile, residentMiB, show } from './measure.ts';
import { measureStop, type Stopping, showStop } from './stop.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const starts = 2 * rounds;
const commands = 1_000;
const bursts = 3;
const stopRounds = 3;
const atOnce = 50;

const folder = mkdtempSync(join(tmpdir(), 'lamplighter-bench-'));
const clock = new SandboxClock();
const slack = await startSlack({ clock, limits: 'off' });
const cloud = await startCloud(clock, folder);
const shared = {
  SLACK_API_URL: slack.apiUrl,
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_APP_TOKEN: slack.appToken,
};
const bare: App = { name: 'bare', entry: entryOf('bench/bare.js'), env: shared };
/** The bot with a store of its own, which it has to make first. */
const ours = (store: string): App => ({
  name: 'ours',
  entry: entryOf('src/main.js'),
  env: { ...shared, ...cloud.env, LAMPLIGHTER_STORE: join(folder, store), PORT: '0', LOG_LEVEL: 'warn' },
});

interface Sample {
  readonly resident: number;
  readonly sequential: number;
  /** The same of lines that may change something, which ours writes to the disk before. */
  readonly recorded: number;
  readonly concurrent: number;
}

async function sample(app: App): Promise<Sample> {
  const running = await launch(app, slack);
  try {
    await pause(3_000);
    const resident = residentMiB(running.pid);
    await times(200, 1);
    const sequential = percentile(await times(commands, 1), 0.5);
    const recorded = percentile(await times(commands / 10, 1, 'stop nothing-of-the-kind'), 0.5);
    const worst: number[] = [];
    for (let burst = 0; burst < bursts; burst++) {
      // the bot may still be answering the burst before, as it would have to
      await pause(2_000);
      worst.push(percentile(await times(commands, atOnce), 0.99));
    }
    return { resident, sequential, recorded, concurrent: median(worst) };
  } finally {
    await running.stop();
  }
}

/** The milliseconds to each acknowledgement, `lanes` commands under way at a time. */
async function times(count: number, lanes: number, text = 'whoami'): Promise<number[]> {
  const taken: number[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) {
      const { acked, ack_ms } = await command(slack, text);
      if (!acked) throw new Error('a command was not acknowledged');
      taken.push(ack_ms);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return taken;
}

/** Milliseconds from spawn to the first command acknowledged. */
async function startTime(app: App): Promise<number> {
  const running = await launch(app, slack);
  await running.stop();
  return running.readyAfter;
}

/** Measures both in turns, so that what else the machine does falls on both. */
async function inTurns<T>(count: number, measure: (app: App) => Promise<T>): Promise<Both<T>[]> {
  const pairs: Both<T>[] = [];
  for (let turn = 1; turn <= count; turn++) {
    pairs.push({ bare: await measure(bare), ours: await measure(ours(`${measure.name}-${turn}`)) });
    console.error(`${measure.name} ${turn} of ${count}`);
  }
  return pairs;
}

interface Both<T> {
  readonly bare: T;
  readonly ours: T;
}

try {
  const stops: Stopping[] = [];
  for (let turn = 1; turn <= stopRounds; turn++) {
    stops.push(await measureStop(clock, join(folder, `fleet-${turn}`)));
    console.error(`stopping everything ${turn} of ${stopRounds}`);
  }
  const deploying = await measureDeploys(clock, join(folder, 'deploys'));
  console.error('deploys');
  const deciding = await measureDecide();
  const seconds = await measureList({ slack, cloud, launch: () => launch(ours('list'), slack) });
  const ready = await inTurns(starts, startTime);
  const samples = await inTurns(rounds, sample);

  const line = (what: string, unit: string, limit: number, pairs: readonly Both<number>[]) =>
    show({
      what,
      unit,
      limit,
      bare: median(pairs.map((each) => each.bare)),
      ours: median(pairs.map((each) => each.ours)),
    });
  const of = (key: keyof Sample) => samples.map((each) => ({ bare: each.bare[key], ours: each.ours[key] }));
  console.log(`${' '.repeat(44)} ${'bare Bolt'.padStart(10)} ${'ours'.padStart(10)}`);
  console.log(line('command → ack, one after another, p50', 'ms', 1.25, of('sequential')));
  console.log(line(`command → ack, ${atOnce} at once, p99`, 'ms', 1.5, of('concurrent')));
  console.log(line('spawn → first command acknowledged', 'ms', 2, ready));
  console.log(line('resident memory, idle 3 s after start', 'MiB', 2, of('resident')));
  const recorded = of('recorded');
  console.log(
    `a line that may change something → ack, p50  ${median(recorded.map(({ bare }) => bare)).toFixed(2)} ms, ours ${median(recorded.map(({ ours }) => ours)).toFixed(2)} ms: once it is on the disk`,
  );
  console.log(
    `list over 2,000 resources, 20 ms API latency   ${seconds.toFixed(2)} s (≤ 2 s) ${seconds <= 2 ? 'ok' : 'TOO MUCH'}`,
  );
  console.log(showStop(stops));
  console.log(showDeploys(deploying));
  console.log(showDecide(deciding));
  console.log(`
In turns (bare, ours, bare …): ${starts} starts and ${rounds} rounds, medians. A round: ${commands} commands one after another,
then ${bursts} bursts of ${commands}, ${atOnce} at once, the median of their p99. Times to the ack are taken in the emulator, over
Socket Mode on loopback; ours also answers each command, the bare app only acknowledges. The bare app is loaded
from node_modules, ours is built as npm start runs it and makes its store first. The list: the slowest of five,
from the command to the answer in Slack.
${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}.`);
} finally {
  await cloud.close();
  await slack.close();
  rmSync(folder, { recursive: true, force: true });
}
