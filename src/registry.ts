import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command, NamedCommand } from './command.ts';

/**
 * Every command, sorted by name: one file in commands/ each, named as it is typed. Throws when a file
 * has no declaration as its default export.
 */
export async function loadCommands(folder: string): Promise<readonly NamedCommand[]> {
  const files = (await readdir(folder)).filter((file) => /^[a-z][a-z-]*\.(ts|js)$/.test(file)).sort();
  return Promise.all(files.map((file) => loadCommand(folder, file)));
}

async function loadCommand(folder: string, file: string): Promise<NamedCommand> {
  const module = (await import(pathToFileURL(join(folder, file)).href)) as { default?: Command };
  if (!module.default?.type)
    throw new Error(`commands/${file} must export query(…), change(…) or control(…) as its default`);
  return { ...module.default, name: file.slice(0, -extname(file).length) };
}
