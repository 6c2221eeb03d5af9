import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { packageRoot } from '../../sandbox/root.ts';

/** Where Linux keeps files in memory. What tests write has to outlive a kill -9, but no loss of power. */
const memory = '/dev/shm';
/** Bytes. Containers often have 64 MiB there, which full disks and databases would fill. */
const enough = 2 ** 30;

/** Vitest's global setup: the bot runs in a process of its own, compiled, so it is built once before. */
export default function build(): void {
  if (!process.env.TMPDIR && hasRoom(memory)) process.env.TMPDIR = memory;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['build.js'], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The build failed.\n${stdout}${stderr}`);
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > enough;
  } catch {
    return false;
  }
}
