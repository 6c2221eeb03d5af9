import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Violation } from '../reading/violation.ts';
import { readYaml } from '../reading/yaml.ts';
import type { Sheet } from './sheets.ts';

/** The folder beside the configuration file in which teams keep their policies. */
const folder = 'policies';

/** The teams' files by name, and those that cannot be read. No folder is no file. */
export function readPolicyFiles(configFile: string): {
  readonly sheets: readonly Sheet[];
  readonly violations: readonly Violation[];
} {
  const sheets: Sheet[] = [];
  const violations: Violation[] = [];
  const complain = (file: string, error: unknown) => {
    const { message } = error as NodeJS.ErrnoException;
    violations.push(new Violation({ file, path: [], sentence: `cannot be read: ${message}` }));
  };
  let names: readonly string[] = [];
  try {
    names = readdirSync(join(dirname(configFile), folder)).filter((name) => /^[^.].*\.ya?ml$/.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') complain(folder, error);
  }
  for (const name of names.toSorted()) {
    const path = join(dirname(configFile), folder, name);
    const shown = `${folder}/${name}`;
    try {
      sheets.push({ source: readYaml(readFileSync(path, 'utf8'), shown), readBeside: besides(path) });
    } catch (error) {
      complain(shown, error);
    }
  }
  return { sheets, violations };
}

/** Reads a file that stands where the path, unless it is whole, begins beside another file. */
export function besides(file: string): (path: string) => string {
  return (path) => readFileSync(resolve(dirname(file), path), 'utf8');
}

/** The same for a file that may not be text. */
export function bytesBeside(file: string): (path: string) => Uint8Array {
  return (path) => readFileSync(resolve(dirname(file), path));
}
