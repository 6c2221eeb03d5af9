/**
 * What the bot costs beside a bare Bolt app, as ratios measured in one run on one machine, in turns
 * (bare, ours, bare, ours …), so that what else the machine does falls on both. Prints how it measured.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SandboxClock } from '../sandbox/clock.ts';
import { startSlack } from '../sandbox/slack/server.ts';
import { type App, command, entryOf, launch, type Running } from './apps.ts';
import { startCloud } from './cloud.ts';
import { measureList } from './list.ts';
import { median, percentile, residentMiB, show } from './measure.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const commands = 1_000;
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
const ours = (round: number): App => ({
  name: 'ours',
  entry: entryOf('src/main.js'),
  env: {
    ...shared,
    ...cloud.env,
    LAMPLIGHTER_STORE: join(folder, `store-${round}`),
    PORT: '0',
    LOG_LEVEL: 'warn',
  },
});

interface Sample {
  readonly ready: number;
  readonly sequential: number;
  readonly concurrent: number;
  readonly resident: number;
}

async function sample(app: App): Promise<Sample> {
  const running: Running = await launch(app, slack);
  await pause(3_000);
  const resident = residentMiB(running.pid);
  await times(200, 1);
  const sequential = percentile(await times(commands, 1), 0.5);
  await pause(2_000);
  const concurrent = percentile(await times(commands, atOnce), 0.99);
  await running.stop();
  return { ready: running.readyAfter, sequential, concurrent, resident };
}

/** The milliseconds to each acknowledgement, `lanes` commands under way at a time. */
async function times(count: number, lanes: number): Promise<number[]> {
  const taken: number[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) taken.push((await command(slack, 'whoami')).ack_ms);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return taken;
}

const samples: { bare: Sample; ours: Sample }[] = [];
for (let round = 0; round < rounds; round++) {
  samples.push({ bare: await sample(bare), ours: await sample(ours(round)) });
  console.error(`round ${round + 1} of ${rounds}`);
}

const line = (what: string, key: keyof Sample, unit: string, limit: number) =>
  show({
    what,
    unit,
    limit,
    bare: median(samples.map((each) => each.bare[key])),
    ours: median(samples.map((each) => each.ours[key])),
  });
const seconds = await measureList({ slack, cloud, launch: () => launch(ours(rounds), slack) });

console.log(`${' '.repeat(44)} ${'bare Bolt'.padStart(10)} ${'ours'.padStart(10)}`);
console.log(line('command → ack, one after another, p50', 'sequential', 'ms', 1.25));
console.log(line(`command → ack, ${atOnce} at once, p99`, 'concurrent', 'ms', 1.5));
console.log(line('spawn → first command answered', 'ready', 'ms', 2));
console.log(line('resident memory, idle 3 s after start', 'resident', 'MiB', 2));
console.log(
  `list over 2,000 resources, 20 ms API latency   ${seconds.toFixed(2)} s (≤ 2 s) ${seconds <= 2 ? 'ok' : 'TOO MUCH'}`,
);
console.log(
  `\nMedians of ${rounds} rounds in turns; ${commands} commands each; times taken in the emulator, Socket Mode on loopback;\n` +
    `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, Node ${process.version}.`,
);

await cloud.close();
await slack.close();
rmSync(folder, { recursive: true, force: true });
