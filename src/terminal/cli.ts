import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import type { Actor } from '../core/actor.ts';
import { Refusal } from '../core/refusal.ts';
import { plainText, type Report } from '../core/report.ts';
import { silentFace, textFace } from './face.ts';
import { type Options, readOptions } from './options.ts';
import type { Bot } from './ports.ts';
import { Display, type Output } from './screen.ts';
import { type Ending, exits, type Face, runLine } from './session.ts';
import { runShell } from './shell.ts';

export interface Terminal {
  /** The words after `lamplighter`. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The name of the person at this machine. */
  readonly user: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborts when the person has had enough (Ctrl-C). */
  readonly signal: AbortSignal;
  /** Opens the store and wires the pipeline. Rejects with a Refusal or a ConfigError. */
  start(): Promise<Bot>;
}

/** Runs one line, or the shell where none is given. Resolves with the exit code; never rejects. */
export async function runTerminal(terminal: Terminal): Promise<number> {
  const options = readOptions(terminal.argv);
  const actor: Actor = { kind: 'terminal', user: terminal.user };
  let bot: Bot | undefined;
  try {
    bot = await terminal.start();
    if (options.line.trim() === '' && !options.json) return await shell(bot, actor, terminal);
    return exits[(await oneLine(bot, actor, terminal, options)).outcome];
  } catch (error) {
    return cannotStart(terminal, options, error);
  } finally {
    await bot?.stop();
  }
}

async function oneLine(bot: Bot, actor: Actor, terminal: Terminal, options: Options): Promise<Ending> {
  const { stdin, stdout, stderr, env, signal } = terminal;
  const someone = stdin.isTTY === true && stdout.isTTY === true;
  const ask = (question: string) => askOnce(stdin, stderr, question, signal);
  const face: Face = options.json
    ? silentFace
    : textFace(new Display(stdout, env), someone ? ask : undefined);
  const ending = await runLine(bot, actor, options.line, face, { yes: options.yes, signal });
  if (options.json) stdout.write(`${document(ending)}\n`);
  return ending;
}

function shell(bot: Bot, actor: Actor, { stdin, stdout, env }: Terminal): Promise<number> {
  return runShell({ bot, actor, stdin, stdout, display: new Display(stdout, env) });
}

/** What programs read: the report, the operation if there is one, and how it ended. */
function document({ outcome, report, operation }: Ending): string {
  return JSON.stringify({
    outcome,
    exit: exits[outcome],
    title: plainText(report.title),
    report,
    ...(operation ? { operation } : {}),
  });
}

async function askOnce(
  stdin: Readable,
  output: Output,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const asked = createInterface({ input: stdin, output });
  try {
    return await asked.question(question, { signal });
  } catch {
    return '';
  } finally {
    asked.close();
  }
}

/** The configuration is wrong, the store is locked or gone: said in a sentence, without a stack. */
function cannotStart({ stdout, stderr, env }: Terminal, { json }: Options, error: unknown): number {
  const known = error instanceof Refusal || (error instanceof Error && error.name === 'ConfigError');
  const report: Report = {
    title: known
      ? error.message
      : `Something broke: ${error instanceof Error ? error.message : String(error)}`,
    tone: 'failure',
    blocks: error instanceof Refusal && error.hint ? [{ type: 'text', text: error.hint }] : [],
  };
  const outcome = known ? 'refused' : 'failed';
  if (json) stdout.write(`${document({ outcome, report })}\n`);
  else textFace(new Display(stderr, env), undefined).show(report);
  return exits[outcome];
}
