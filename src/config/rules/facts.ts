import type { NamedCommand } from '../../command.ts';
import { argumentsOf, flagsOf } from '../../line/declared.ts';

/** What rules need to know of a command. */
export interface CommandFacts {
  readonly name: string;
  readonly type: NamedCommand['type'];
  /** Whether it takes targets or its plan has some, so that conditions on targets can hold. */
  readonly aims: boolean;
  /** Names of its arguments and flags. */
  readonly takes: readonly string[];
}

export function factsOf(command: NamedCommand): CommandFacts {
  const args = argumentsOf(command);
  return {
    name: command.name,
    type: command.type,
    aims: command.type === 'change' || args.some(([, argument]) => argument.offers === 'targets'),
    takes: [...args.map(([name]) => name), ...Object.keys(flagsOf(command))],
  };
}
