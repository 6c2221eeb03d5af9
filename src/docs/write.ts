import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadCommands } from '../registry.ts';
import { packageRoot } from '../root.ts';
import { commandReference } from './commands.ts';
import { configurationReference } from './configuration.ts';

/** `npm run docs`: writes what is generated in docs/. A test holds the files against these generators. */
const commands = await loadCommands(join(import.meta.dirname, '../../commands'));
await writeFile(join(packageRoot, 'docs/commands.md'), commandReference(commands));
await writeFile(join(packageRoot, 'docs/configuration.md'), configurationReference());
