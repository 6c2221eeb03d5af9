import type { Readable } from 'node:stream';
import type { Actor } from '../core/actor.ts';
import { complete } from './complete.ts';
import { textFace } from './face.ts';
import { History } from './history.ts';
import type { Bot } from './ports.ts';
import { Prompt } from './prompt.ts';
import type { Display, Output } from './screen.ts';
import { exits, type Face, type Outcome, runLine } from './session.ts';
import { trouble } from './trouble.ts';

export interface Shell {
  readonly bot: Bot;
  readonly actor: Actor;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly display: Display;
}

/**
 * One line after the other until Ctrl-D, `exit` or the end of the input. Ctrl-C drops the line that is
 * typed, or stops following the operation that runs. Resolves with the exit code: 0 for a person, that of
 * the last line for a script.
 */
export async function runShell({ bot, actor, stdin, stdout, display }: Shell): Promise<number> {
  const history = new History(bot.folder);
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  const prompt = new Prompt({
    stdin,
    stdout,
    isTerminal,
    history: isTerminal ? history.read() : [],
    onHistory: (lines) => history.write(lines),
    complete: (line) => complete(bot, actor, line),
  });
  const face = textFace(display, isTerminal ? (question) => prompt.ask(question) : undefined);
  if (isTerminal) display.print(['help shows what you can do, Ctrl-D leaves.']);
  let last: Outcome = 'done';
  for await (const { line, signal } of prompt.lines()) {
    if (/^\s*(exit|quit)\s*$/.test(line)) break;
    if (line.trim() !== '') last = await take(bot, actor, face, line, signal);
  }
  prompt.close();
  return isTerminal ? exits.done : exits[last];
}

async function take(bot: Bot, actor: Actor, face: Face, line: string, signal: AbortSignal): Promise<Outcome> {
  const yes = / --yes(\s|$)/.test(line);
  const bare = line.replace(/ --yes(?=\s|$)/g, '');
  try {
    return (await runLine(bot, actor, bare, face, { yes, signal })).outcome;
  } catch (error) {
    const { outcome, report } = trouble(error);
    face.show(report);
    return outcome;
  }
}
