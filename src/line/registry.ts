import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command, NamedCommand } from '../command.ts';

/**
 * Every command, sorted by name: one file in commands/ each, named as it is typed. A folder is a family:
 * `schedule/list.ts` is the command `schedule list`. Throws when a file has no declaration as its
 * default export. A command may be a family too: `deploy shop` and `deploy lock shop`.
 */
export async function loadCommands(folder: string): Promise<readonly NamedCommand[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const families = entries.filter((entry) => entry.isDirectory() && /^[a-z][a-z-]*$/.test(entry.name));
  const alone = commandFiles(entries.filter((entry) => entry.isFile()).map(({ name }) => name));
  const inFamilies = await Promise.all(
    families.map(async ({ name }) =>
      commandFiles(await readdir(join(folder, name))).map((file) => `${name}/${file}`),
    ),
  );
  const commands = await Promise.all([...alone, ...inFamilies.flat()].map((file) => load(folder, file)));
  return commands.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function commandFiles(files: readonly string[]): readonly string[] {
  return files.filter((file) => /^[a-z][a-z-]*\.(ts|js)$/.test(file));
}

async function load(folder: string, file: string): Promise<NamedCommand> {
  const module = (await import(pathToFileURL(join(folder, file)).href)) as { default?: Command };
  if (!module.default?.type)
    throw new Error(`commands/${file} must export query(…), change(…) or control(…) as its default`);
  return { ...module.default, name: file.slice(0, -extname(file).length).replace('/', ' ') };
}
