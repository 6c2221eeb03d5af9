import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Output } from './screen.ts';

export interface PromptOptions {
  readonly stdin: Readable;
  readonly stdout: Output;
  /** Whether a person sits there: then there is a prompt, editing, completion and history. */
  readonly isTerminal: boolean;
  /** Newest first. */
  readonly history: readonly string[];
  onHistory(lines: readonly string[]): void;
  complete(line: string): Promise<[string[], string]>;
}

/** Lines and answers from one input. Ctrl-C drops what is typed, or aborts what runs; Ctrl-D ends it. */
export class Prompt {
  readonly #lines: Interface;
  #running = new AbortController();
  #busy = false;
  #asking = false;
  #closed = false;

  constructor(options: PromptOptions) {
    this.#lines = createInterface({
      input: options.stdin,
      output: options.stdout,
      terminal: options.isTerminal,
      prompt: options.isTerminal ? 'lamplighter> ' : '',
      history: [...options.history],
      historySize: 1000,
      removeHistoryDuplicates: true,
      completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
        options.complete(line).then(
          (found) => done(null, found),
          () => done(null, [[], line]),
        );
      },
    });
    this.#lines.on('history', (lines: string[]) => {
      if (this.#asking) lines.shift();
      else options.onHistory(lines);
    });
    this.#lines.on('SIGINT', () => this.#interrupt());
    this.#lines.on('close', () => {
      this.#closed = true;
    });
  }

  /** Each line, with a signal that aborts on Ctrl-C while the line is being worked on. */
  async *lines(): AsyncGenerator<{ readonly line: string; readonly signal: AbortSignal }> {
    this.#prompt();
    for await (const line of this.#lines) {
      this.#running = new AbortController();
      this.#busy = true;
      yield { line, signal: this.#running.signal };
      this.#busy = false;
      this.#prompt();
    }
  }

  /** The answer; nothing when the person leaves instead. An answer does not become history. */
  ask(question: string): Promise<string> {
    if (this.#closed) return Promise.resolve('');
    const { signal } = this.#running;
    this.#asking = true;
    return new Promise<string>((resolve) => {
      signal.addEventListener('abort', () => resolve(''), { once: true });
      this.#lines.once('close', () => resolve(''));
      this.#lines.question(question, { signal }, resolve);
    }).finally(() => {
      this.#asking = false;
    });
  }

  close(): void {
    if (!this.#closed) this.#lines.close();
  }

  #prompt(): void {
    if (!this.#closed) this.#lines.prompt();
  }

  #interrupt(): void {
    if (this.#busy) this.#running.abort();
    else {
      this.#lines.write(null, { ctrl: true, name: 'e' });
      this.#lines.write(null, { ctrl: true, name: 'u' });
      this.#prompt();
    }
  }
}
