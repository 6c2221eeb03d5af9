import { systemClock } from '../program/clock.ts';
import { runTerminal, type Terminal } from './cli.ts';
import { openBot } from './open.ts';

/** `npx lamplighter`: what bin/lamplighter.js calls with its process. Resolves with the exit code. */
export function main(given: Omit<Terminal, 'start'> & { readonly cwd: string }): Promise<number> {
  return runTerminal({ ...given, start: () => openBot({ ...given, clock: systemClock }) });
}
