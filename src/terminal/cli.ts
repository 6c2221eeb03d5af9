import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';
import type { Actor } from '../core/actor.ts';
import { plainText } from '../core/report.ts';
import { silentFace, textFace } from './face.ts';
import { type Options, readOptions } from './options.ts';
import type { Bot } from './ports.ts';
import { Display, type Output } from './screen.ts';
import { type Ending, exits, type Face, runLine } from './session.ts';
import { runShell } from './shell.ts';
import { trouble } from './trouble.ts';

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
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const actor: Actor = { kind: 'terminal', user: terminal.user, zone };
  let bot: Bot | undefined;
  try {
    bot = await terminal.start();
    if (options.line.trim() === '' && !options.json) return await shell(bot, actor, terminal);
    return exits[(await oneLine(bot, actor, terminal, options)).outcome];
  } catch (error) {
    return sayTrouble(terminal, options, trouble(error));
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
function document({ outcome, report, operation, plan }: Ending): string {
  return JSON.stringify({
    outcome,
    exit: exits[outcome],
    title: plainText(report.title),
    report,
    ...(operation ? { operation } : {}),
    ...(plan ? { plan } : {}),
  });
}

/** The answer to a question; nothing when the person leaves instead (Ctrl-C, Ctrl-D). */
async function askOnce(
  stdin: Readable,
  output: Output,
  question: string,
  signal: AbortSignal,
): Promise<string> {
  const left = new AbortController();
  const asked = createInterface({ input: stdin, output });
  asked.on('SIGINT', () => left.abort());
  asked.on('close', () => left.abort());
  try {
    return await asked.question(question, { signal: AbortSignal.any([signal, left.signal]) });
  } catch {
    output.write('\n');
    return '';
  } finally {
    asked.close();
  }
}

function sayTrouble({ stdout, stderr, env }: Terminal, { json }: Options, ending: Ending): number {
  if (json) stdout.write(`${document(ending)}\n`);
  else textFace(new Display(stderr, env), undefined).show(ending.report);
  return exits[ending.outcome];
}
