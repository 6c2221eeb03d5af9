import { nearest } from '../../core/suggest.ts';
import { type Env, variables } from '../environment.ts';
import type { Found } from './found.ts';
import type { Path } from './yaml.ts';

/** `${NAME}` and `${NAME:-text}`, from the environment of the bot; `$${` is the two characters. */

export interface Variables {
  readonly env: Env;
  /** Names and, with `*` at their end, how names begin: those that containers may know. */
  readonly allowed: readonly string[];
}

/** What Lamplighter, its libraries and Node read themselves, tokens among them: no list can let it out. */
const own = /^(LAMPLIGHTER_|SLACK_|OCI_|DATABASE_|PG[A-Z]|NODE_)/;

/** How a variable begins. */
const open = '$'.concat('{');

/** As it is written in the file. */
export function shown(name: string): string {
  return `${open}${name}}`;
}

export function isOwn(name: string): boolean {
  return Object.hasOwn(variables, name) || own.test(name);
}

/** The text with its variables filled in, or what is wrong with them: parts of sentences that have it as subject. */
export function interpolate(
  text: string,
  from: Variables,
): { readonly text: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const filled = text.replace(/\$\$\{|\$\{([^{}]*)\}|\$\{/g, (whole, inside: string | undefined) => {
    if (whole === `$${open}`) return open;
    const read = readVariable(inside, from);
    if (typeof read === 'string') return read;
    problems.push(read.problem);
    return whole;
  });
  return { text: filled, problems };
}

/** Every string in the value; what is wrong is told at its place below the path. */
export function interpolateAll(
  value: unknown,
  path: Path,
  from: Variables,
): { readonly value: unknown; readonly found: readonly Found[] } {
  if (typeof value === 'string') {
    const { text, problems } = interpolate(value, from);
    return { value: text, found: problems.map((sentence) => ({ path, sentence })) };
  }
  if (typeof value !== 'object' || value === null) return { value, found: [] };
  const found: Found[] = [];
  const member = (key: PropertyKey, each: unknown) => {
    const read = interpolateAll(each, [...path, key], from);
    found.push(...read.found);
    return read.value;
  };
  const filled = Array.isArray(value)
    ? value.map((each, index) => member(index, each))
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, member(key, each)]));
  return { value: filled, found };
}

/** Whether it could stand in the list: a name, or how names begin. */
export function isLendable(name: unknown): name is string {
  return typeof name === 'string' && /^[A-Za-z_][A-Za-z0-9_]*\*?$/.test(name);
}

/** Names in the list that nothing can let out. */
export function unlendable(allowed: readonly string[]): readonly Found[] {
  return allowed.flatMap((name, index) =>
    isOwn(name.replace(/\*$/, ''))
      ? [
          {
            path: ['interpolate', index],
            sentence: `"${name}" is what Lamplighter reads itself, and never reaches a container`,
          },
        ]
      : [],
  );
}

function readVariable(
  inside: string | undefined,
  { env, allowed }: Variables,
): string | { readonly problem: string } {
  const [, name, preset] = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inside ?? '') ?? [];
  if (name === undefined)
    return {
      problem: `has ${inside === undefined ? open : shown(inside)}, which is no variable; write ${shown('NAME')} or ${shown('NAME:-text')}, or $${open} for the characters themselves`,
    };
  if (isOwn(name)) return { problem: `takes ${shown(name)}, ${ownHint(name)}` };
  if (!allowed.some((each) => lends(each, name))) {
    const [near] = nearest(name, allowed, 1);
    const help = near ? `did you mean ${near}?` : 'list it there if containers may know it';
    return { problem: `takes ${shown(name)}, which interpolate does not list; ${help}` };
  }
  const value = env[name] || preset;
  if (value !== undefined) return value;
  return {
    problem: `takes ${shown(name)}, which is not set in the environment of the bot; set it, or write ${shown(`${name}:-text`)}`,
  };
}

function ownHint(name: string): string {
  const instead = /REGION$/.test(name)
    ? 'in env, {region} is the region of the app'
    : 'give the container a Vault secret instead, {secret: ocid1.vaultsecret.…}';
  return `which Lamplighter reads itself, and which never reaches a container; ${instead}`;
}

function lends(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}
