/** The two processes that are compared: a bare Bolt app and the bot, each as its user would start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SlackSandbox } from '../sandbox/slack/server.ts';
import { packageRoot } from '../src/root.ts';

export interface App {
  readonly name: 'bare' | 'ours';
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Running {
  readonly pid: number;
  /** Milliseconds from spawn until the app acknowledged its first command. */
  readonly readyAfter: number;
  stop(): Promise<void>;
}

export const entryOf = (file: string) => join(packageRoot, 'dist', file);

/** Spawns the app and waits until a command is acknowledged. */
export async function launch(app: App, slack: SlackSandbox): Promise<Running> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [app.entry], {
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production', TZ: 'UTC', ...app.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await command(slack, 'help')).acked) {
    if (child.exitCode !== null) throw new Error(`${app.name} ended with ${child.exitCode}`);
    await pause(5);
  }
  return { pid: child.pid ?? 0, readyAfter: performance.now() - startedAt, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}

export interface Acked {
  readonly acked: boolean;
  readonly ack_ms: number;
}

/** One slash command of Ana's in #ops, through the emulator; its time is taken inside the emulator. */
export async function command(slack: SlackSandbox, text: string): Promise<Acked> {
  const response = await slack.control.request('/command', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'ana', channel: 'ops', text: `/oci ${text}` }),
  });
  return (await response.json()) as Acked;
}
