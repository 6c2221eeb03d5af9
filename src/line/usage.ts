import type { Flag, NamedCommand } from '../command.ts';
import type { Block, Field } from '../core/report.ts';
import { argumentsOf, flagsOf } from './declared.ts';

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

/** What each argument and flag of a command means: for help and the command reference. */
export function detailsOf(command: NamedCommand): readonly Block[] {
  const fields: readonly Field[] = [
    ...argumentsOf(command).map(([, { usage, about }]): Field => ({ label: usage, value: about })),
    ...Object.entries(flagsOf(command)).map(
      ([name, flag]): Field => ({ label: showFlag(name, flag), value: flag.about }),
    ),
  ];
  return fields.length > 0 ? [{ type: 'fields', fields }] : [];
}
