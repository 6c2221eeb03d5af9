import { ConfigError } from './config/reading/violation.ts';
import { Refusal } from './core/refusal.ts';
import { systemClock } from './program/clock.ts';
import { verifyHere } from './program/verify-audit.ts';
import { start } from './start.ts';

await run(process.argv[2]);

/** `node dist/src/main.js` runs the bot until SIGINT or SIGTERM; with `audit:verify` it proves the audit. */
async function run(task: string | undefined): Promise<void> {
  try {
    if (task === 'audit:verify') {
      process.exitCode = await verifyHere(process.env, process.cwd(), (text) => process.stdout.write(text));
      return;
    }
    const { stop } = await start({ env: process.env, clock: systemClock });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => stop().finally(() => process.exit(0)));
    }
  } catch (error) {
    process.stderr.write(`${lastWords(error)}\n`, () => process.exit(1));
  }
}

/** A sentence where the error is one that a person can put right; the stack where it is a bug. */
function lastWords(error: unknown): string {
  if (error instanceof Refusal) return [error.message, error.hint].filter(Boolean).join('\n');
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
