import { createServer } from 'node:net';
import { BadStart } from './options.ts';

/** One port for each part of the sandbox; 0 is any free one. */
export interface Ports {
  readonly page: number;
  readonly slack: number;
  readonly oci: number;
  readonly bot: number;
}

const anyFree: Ports = { page: 0, slack: 0, oci: 0, bot: 0 };

/**
 * Four ports in a row from the first. When one is taken: throws BadStart if the first was asked for,
 * otherwise says so and answers any free ones.
 */
export async function choosePorts(
  first: number,
  asked: boolean,
  say: (sentence: string) => void,
): Promise<Ports> {
  if (first === 0) return anyFree;
  const ports = { page: first, slack: first + 1, oci: first + 2, bot: first + 3 };
  for (const port of Object.values(ports)) {
    if (await isFree(port)) continue;
    if (asked) throw new BadStart(`Port ${port} is taken. Give another --port, or 0 for any free ones.`);
    say(`Port ${port} is taken, so other ports are used.`);
    return anyFree;
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
