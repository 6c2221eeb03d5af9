import { argumentsOf, flagsOf } from './bind.ts';
import type { Flag, NamedCommand } from './command.ts';

/** How a command is typed, on one line, without `/oci`: `logs <target…> [--previous] [--share]`. */
export function usageOf(command: NamedCommand): string {
  const args = argumentsOf(command).map(([, argument]) => argument.usage);
  const flags = Object.entries(flagsOf(command)).map(([name, flag]) => `[${showFlag(name, flag)}]`);
  return [command.name, ...args, ...flags].join(' ');
}

/** `--previous`, `--because <reason>`. */
export function showFlag(name: string, flag: Flag<unknown>): string {
  return flag.value ? `--${name} <${flag.value}>` : `--${name}`;
}
