import type { Argument, Flag, NamedCommand } from '../command.ts';

/** What a command takes, its own and what its type brings. Parser, usage, help and docs all read it here. */

const dryRun: Flag<boolean> = {
  about: 'show the plan and what the rules say, and change nothing',
  read: (given) => given !== undefined,
};
const share: Flag<boolean> = {
  about: 'answer in the channel instead of only to me',
  read: (given) => given !== undefined,
};

/** The flags a command takes: its own and those that its type brings. */
export function flagsOf(command: NamedCommand): Readonly<Record<string, Flag<unknown>>> {
  const own = (command.flags ?? {}) as Readonly<Record<string, Flag<unknown>>>;
  if (command.type === 'change') return { ...own, 'dry-run': dryRun };
  return command.type === 'query' ? { ...own, share } : own;
}

export function argumentsOf(command: NamedCommand): readonly (readonly [string, Argument<unknown>])[] {
  return Object.entries((command.args ?? {}) as Readonly<Record<string, Argument<unknown>>>);
}
