import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const kept = 1000;

/** The lines that were typed into the shell, newest first, in a file that only its owner may read. */
export class History {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'terminal-history');
  }

  read(): string[] {
    try {
      return readFileSync(this.#file, 'utf8').split('\n').filter(Boolean).reverse();
    } catch {
      return [];
    }
  }

  /** Replaces the file at once, so that a shell that is killed leaves the old one or the new one. */
  write(lines: readonly string[]): void {
    const text = lines.slice(0, kept).toReversed().join('\n');
    mkdirSync(join(this.#file, '..'), { recursive: true });
    writeFileSync(`${this.#file}.new`, `${text}\n`, { mode: 0o600 });
    chmodSync(`${this.#file}.new`, 0o600);
    renameSync(`${this.#file}.new`, this.#file);
  }
}
