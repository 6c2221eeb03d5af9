/**
 * The process that the real bot runs in, so that it can be killed like one. It is forked by the
 * supervisor with the clock's offset as its argument, and lives by the parent's clock. When the parent
 * is gone, however that happened, it goes too.
 */
import { start } from '../src/start.ts';
import { SandboxClock } from './clock.ts';
import type { FromBot, ToBot } from './messages.ts';

const clock = new SandboxClock(Number(process.argv[2] ?? 0));

process.on('disconnect', () => process.exit(1));
// Ctrl-C reaches the whole process group; the parent decides what it means.
process.on('SIGINT', () => {});
process.once('SIGTERM', stop);
process.on('message', (message: ToBot) => {
  if (message.type === 'stop') return stop();
  clock.offset = message.offset;
  tell({ type: 'moved', move: message.move });
});

const running = start({ env: process.env, clock });

running.then(
  (bot) => tell({ type: 'ready', url: bot.url }),
  (error: unknown) => {
    if (!isExpected(error)) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    process.send?.({ type: 'failed', because: sentences(error) } satisfies FromBot, () => process.exit(1));
  },
);

/** The two refusals that start() documents; anything else is a bug, and its stack belongs in the log. */
function isExpected(error: unknown): boolean {
  return error instanceof Error && ['ConfigError', 'Refusal'].includes(error.name);
}

/** The message, and the next thing to do where the error names one. */
function sentences(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'hint' in error && error.hint ? `${error.message}\n${error.hint}` : error.message;
}

function stop(): void {
  running.then((bot) => bot.stop()).finally(() => process.exit(0));
}

function tell(message: FromBot): void {
  process.send?.(message);
}
