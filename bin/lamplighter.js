#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Hands this process to the compiled terminal: nothing below src/ reads the environment by itself. */
const compiled = new URL('../dist/src/terminal/main.js', import.meta.url);

if (existsSync(compiled)) {
  const interrupted = new AbortController();
  process.on('SIGINT', () => interrupted.abort());
  // who reads along has read enough: `lamplighter list | head`
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { main } = await import(compiled.href);
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    user: userInfo().username,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal: interrupted.signal,
  });
} else {
  process.stderr.write('Lamplighter is not built yet. Run npm run build first.\n');
  process.exitCode = 1;
}
