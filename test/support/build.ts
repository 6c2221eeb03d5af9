import { spawnSync } from 'node:child_process';
import { packageRoot } from '../../sandbox/root.ts';

/** Vitest's global setup: the bot runs in a process of its own, compiled, so it is built once before. */
export default function build(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build.js'], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`);
}
