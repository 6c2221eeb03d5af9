/** `npm run sandbox`: starts everything, says where it is, and ends everything when it is told to. */
import { relative } from 'node:path';
import { BadStart, help, type Options, readOptions } from './options.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { BotFailed } from './supervisor.ts';

process.exit(await main());

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.cwd());
    if (options === 'help') {
      process.stdout.write(help);
      return 0;
    }
    const stopped = signalled();
    const log = options.json ? { log: process.stderr } : {};
    const sandbox = await Promise.race([startSandbox({ ...options, ...log, say }), stopped]);
    // Told to stop before it was up: the bot's process notices that this one is gone.
    if (!sandbox) return 0;
    announce(sandbox, options);
    await stopped;
    await sandbox.stop();
    return 0;
  } catch (error) {
    if (error instanceof BadStart) say(error.message);
    else if (error instanceof BotFailed) say(`The bot did not start.\n${error.message}`);
    else throw error;
    return error instanceof BadStart ? 2 : 1;
  }
}

function announce({ info }: Sandbox, options: Options): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(info)}\n`);
    return;
  }
  const kept = relative(process.cwd(), options.data) || '.';
  process.stdout.write(
    `\n  Lamplighter sandbox: ${info.page}\n\n  State and logs: ${kept}. Ctrl-C ends it.\n\n`,
  );
}

/** Resolves at the first Ctrl-C or SIGTERM. A second one does not wait for anything. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      let told = false;
      process.on(signal, () => {
        if (told) process.exit(1);
        told = true;
        resolve();
      });
    }
  });
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
