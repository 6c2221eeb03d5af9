import type { Rule } from '../../core/policy.ts';
import { meantBy } from '../../line/families.ts';
import type { CommandFacts } from './facts.ts';
import type { FileRule } from './schema.ts';

type Where = NonNullable<Rule['where']>;

/** The rule as it is judged: groups of commands spelled out, lists made of single values, durations in ms. */
export function ruleOf(written: FileRule, commands: readonly CommandFacts[], within: number): Rule {
  const { name, who, ask, deny, because, arguments: given } = written;
  const where = written.where && (present(written.where) as Where);
  return {
    name,
    who,
    commands: meant(written, commands),
    ...(where ? { where } : {}),
    ...(given ? { arguments: given } : {}),
    ...(because ? { because } : {}),
    effect: ask ? { ...ask, within: ask.within ?? within } : deny ? 'deny' : 'allow',
  };
}

/**
 * The names of the commands that a rule is about. A group narrows itself to what the rule can hold for:
 * asking is for changes, conditions on targets are for commands that take some.
 */
export function meant(written: FileRule, commands: readonly CommandFacts[]): readonly string[] {
  const able = commands.filter(
    (command) => (!written.ask || command.type === 'change') && (!isAimed(written) || command.aims),
  );
  if (written.commands.includes('*') && able.length === commands.length) return ['*'];
  const names = written.commands.flatMap((word) => {
    const group = groupOf(word, commands);
    return group ? able.filter((command) => group.includes(command)).map(({ name }) => name) : [word];
  });
  return [...new Set(names)];
}

/** The commands that a word stands for together: all, those of a type, a family; undefined for a single one. */
export function groupOf(
  word: string,
  commands: readonly CommandFacts[],
): readonly CommandFacts[] | undefined {
  if (word === '*') return commands;
  const type = groups[word];
  if (type) return commands.filter((command) => command.type === type);
  const members = meantBy(word, commands);
  return members.length > 0 ? members : undefined;
}

/** The words that stand for all commands of a type. */
export const groups: Readonly<Record<string, CommandFacts['type']>> = {
  queries: 'query',
  changes: 'change',
  controls: 'control',
};

/** Whether the rule has conditions that only a target can meet. */
export function isAimed({ where }: FileRule): boolean {
  return (
    (where?.tags ?? where?.compartments ?? where?.regions ?? where?.kinds ?? where?.atMost) !== undefined
  );
}

/** The record without members that are undefined, which exact optional types do not allow. */
export function present<T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
