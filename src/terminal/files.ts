import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ReadFile } from '../command.ts';
import { Refusal } from '../core/refusal.ts';
import { stopped } from '../core/text.ts';

/** Reads the files that a line names, as the person who types it: what is not whole begins at `cwd`. */
export function readerIn(cwd: string): ReadFile {
  return (path) => {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(resolve(cwd, path)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      const why = error instanceof Error ? error.message : String(error);
      throw new Refusal(`${path} cannot be read: ${stopped(why)}`, 'Name a text file that you may read.');
    }
  };
}
