/** `/oci list` over two thousand resources, each OCI call answering 20 ms late: seconds to the slowest answer in Slack. */
import { setTimeout as pause } from 'node:timers/promises';
import type { SlackSandbox } from '../sandbox/slack/server.ts';
import { command, type Running } from './apps.ts';
import { type BenchCloud, slowly } from './cloud.ts';

const repeats = 5;

export async function measureList(world: {
  readonly slack: SlackSandbox;
  readonly cloud: BenchCloud;
  readonly launch: () => Promise<Running>;
}): Promise<number> {
  const { slack, cloud } = world;
  await slowly(cloud);
  const running = await world.launch();
  try {
    await pause(1_000);
    const seconds: number[] = [];
    for (let at = 0; at < repeats; at++) seconds.push(await answerTime(slack));
    return Math.max(...seconds);
  } finally {
    await running.stop();
  }
}

async function answerTime(slack: SlackSandbox): Promise<number> {
  const before = (await answers(slack)).length;
  const startedAt = performance.now();
  await command(slack, 'list');
  for (;;) {
    const now = await answers(slack);
    if (now.length > before && now.at(-1)?.includes('2000 resources match')) break;
    await pause(5);
  }
  return (performance.now() - startedAt) / 1000;
}

/** What only Ana sees, oldest first. */
async function answers(slack: SlackSandbox): Promise<readonly string[]> {
  const response = await slack.control.request('/users/ana/ephemeral');
  const { messages } = (await response.json()) as { messages: readonly { text: string }[] };
  return messages.map(({ text }) => text);
}
