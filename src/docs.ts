import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandReference } from './docs/commands.ts';
import { configurationReference } from './docs/configuration.ts';
import { loadCommands } from './line/registry.ts';
import { packageRoot } from './root.ts';

/** `npm run docs`: writes what is generated in docs/. A test holds the files against the generators. */
const commands = await loadCommands(join(import.meta.dirname, '../commands'));
await writeFile(join(packageRoot, 'docs/commands.md'), commandReference(commands));
await writeFile(join(packageRoot, 'docs/configuration.md'), configurationReference());
