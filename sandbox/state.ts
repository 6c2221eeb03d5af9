import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { BadStart } from './options.ts';

/** What survives a stop: both emulators' snapshots and how far the clock was moved. */
export interface State {
  readonly version: 1;
  /** Milliseconds between the sandbox clock and real time. */
  readonly offset: number;
  readonly slack: unknown;
  readonly oci: unknown;
  /** sha-256 of the seed that the cloud grew from; another seed means another cloud. */
  readonly seed: string;
}

/** Real milliseconds between two writes at the most. */
const WRITE_BEHIND = 250;

export function readState(file: string): State | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const state = parse(text);
  if (state) return state;
  throw new BadStart(`The sandbox's state in ${file} cannot be read. Add --fresh to start over.`);
}

function parse(text: string): State | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is State {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    value.version === 1 &&
    'offset' in value &&
    typeof value.offset === 'number' &&
    'seed' in value &&
    typeof value.seed === 'string'
  );
}

/** Writes the state some time after a change, and for the last time when it is closed. */
export class StateFile {
  readonly #file: string;
  readonly #take: () => State;
  readonly #say: (sentence: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(file: string, take: () => State, say: (sentence: string) => void) {
    this.#file = file;
    this.#take = take;
    this.#say = say;
  }

  /** Something changed: write within 250 ms, together with whatever else changes until then. */
  touch(): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => this.write(), WRITE_BEHIND);
  }

  /**
   * Writes now. A reader, or a start after a crash, finds the old state or the new one, never half of it.
   * Where it cannot be written, the sandbox goes on and says so.
   */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const whole = `${this.#file}.new`;
    try {
      writeFileSync(whole, JSON.stringify(this.#take()), { mode: 0o600 });
      renameSync(whole, this.#file);
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      this.#say(`The state of the sandbox could not be kept: ${because}.`);
    }
  }

  /** The last write. */
  close(): void {
    this.write();
    this.#closed = true;
  }
}
