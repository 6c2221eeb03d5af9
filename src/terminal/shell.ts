import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Actor } from '../core/actor.ts';
import { complete } from './complete.ts';
import { textFace } from './face.ts';
import { History } from './history.ts';
import type { Bot } from './ports.ts';
import type { Display, Output } from './screen.ts';
import { type Face, runLine } from './session.ts';

export interface Shell {
  readonly bot: Bot;
  readonly actor: Actor;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly display: Display;
}

/**
 * One line after the other until Ctrl-D, `exit` or the end of the input. Ctrl-C drops the line that is
 * typed, or stops following the operation that runs. Resolves with the exit code 0.
 */
export async function runShell({ bot, actor, stdin, stdout, display }: Shell): Promise<number> {
  const history = new History(bot.folder);
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  const lines = createInterface({
    input: stdin,
    output: stdout,
    terminal: isTerminal,
    prompt: isTerminal ? 'lamplighter> ' : '',
    history: history.read(),
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
      complete(bot, actor, line).then(
        (found) => done(null, found),
        () => done(null, [[], line]),
      );
    },
  });
  lines.on('history', (all: string[]) => history.write(all));
  const face = textFace(display, isTerminal ? (question) => asked(lines, question) : undefined);
  if (isTerminal) display.print([display.paint('quiet', 'help shows what you can do, Ctrl-D leaves.')]);
  return untilClosed(lines, (line, signal) => take({ bot, actor }, face, line, signal));
}

/** Hands each line to `run`, one at a time, and prompts in between. */
async function untilClosed(
  lines: Interface,
  run: (line: string, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  let running: AbortController | undefined;
  lines.on('SIGINT', () => {
    if (running) running.abort();
    else {
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
      lines.prompt();
    }
  });
  lines.prompt();
  for await (const line of lines) {
    if (/^\s*(exit|quit)\s*$/.test(line)) break;
    running = new AbortController();
    if (line.trim() !== '') await run(line, running.signal);
    running = undefined;
    lines.prompt();
  }
  lines.close();
  return 0;
}

async function take(
  { bot, actor }: Pick<Shell, 'bot' | 'actor'>,
  face: Face,
  line: string,
  signal: AbortSignal,
): Promise<void> {
  const yes = / --yes(\s|$)/.test(line);
  const bare = line.replace(/^\s*(\/oci|lamplighter)\s+/i, '').replace(/ --yes(?=\s|$)/g, '');
  await runLine(bot, actor, bare, face, { yes, signal });
}

function asked(lines: Interface, question: string): Promise<string> {
  return new Promise((resolve) => lines.question(question, resolve));
}
