import { nearest } from '../../core/suggest.ts';
import { familiesOf, meantBy } from '../../line/families.ts';
import type { Found } from '../reading/found.ts';
import type { File } from '../schema.ts';
import type { CommandFacts } from './facts.ts';
import { groupOf, groups, isAimed, meant } from './rules.ts';
import type { FileRule } from './schema.ts';

/** What makes rules unsafe or meaningless. The bot does not start with any of these. */
export function unsafe(rules: readonly FileRule[], commands: readonly CommandFacts[]): readonly Found[] {
  return rules.flatMap((rule, at) => [
    ...repeatedName(rules, rule, at),
    ...openToAll(rule, at, commands),
    ...unknownCommands(rule, at, commands).filter(() => rule.deny),
    ...misplacedAsk(rule, at, commands),
    ...withoutTargets(rule, at, commands),
    ...unknownArguments(rule, at, commands),
  ]);
}

/** Breaking the glass must be seen: it needs a channel to be announced in. */
export function unannounced({ breakGlass, slack }: File): readonly Found[] {
  if (!breakGlass || breakGlass.announce || slack.announce) return [];
  const sentence =
    'is missing; breaking the glass must be announced: give the id of a channel here or as slack.announce';
  return [{ path: ['breakGlass', 'announce'], sentence }];
}

export function unknownCommands(
  rule: FileRule,
  at: number,
  commands: readonly CommandFacts[],
): readonly Found[] {
  const names = commands.map(({ name }) => name);
  return rule.commands.flatMap((word, index) => {
    if (Object.hasOwn(groups, word) || groupOf(word, commands) || names.includes(word)) return [];
    const near = nearest(word, [...names, ...familiesOf(commands), ...Object.keys(groups)], 1)[0];
    const sentence = `"${word}" is not a command; ${near ? `did you mean ${near}?` : 'help lists them all'}`;
    return [{ path: ['rules', at, 'commands', index], sentence }];
  });
}

function repeatedName(rules: readonly FileRule[], { name }: FileRule, at: number): readonly Found[] {
  const first = rules.findIndex((each) => each.name === name);
  return first < at
    ? [
        {
          path: ['rules', at, 'name'],
          sentence: `"${name}" is also the name of rules[${first}]; a name says which rule decided, so give each its own`,
        },
      ]
    : [];
}

/** `anyone` may change the cloud, at once and wherever: nobody writes that on purpose. */
function openToAll(rule: FileRule, at: number, commands: readonly CommandFacts[]): readonly Found[] {
  if (!rule.allow || !rule.who.includes('anyone') || isNarrowed(rule)) return [];
  const names = meant(rule, commands);
  const changes = commands
    .filter(({ name, type }) => type === 'change' && (names.includes('*') || names.includes(name)))
    .map(({ name }) => name);
  if (changes.length === 0) return [];
  const sentence = `lets anyone ${changes.join(', ')} anything without asking anybody; name people or user groups in who, narrow it with where.channels, where.tags or where.compartments, or use ask`;
  return [{ path: ['rules', at], sentence }];
}

/** Regions, kinds and a number still leave half the tenancy open; so does a tag with any value. */
function isNarrowed({ where }: FileRule): boolean {
  const tags = Object.values(where?.tags ?? {}).some((values) => !values.includes('*'));
  return tags || where?.channels !== undefined || where?.compartments !== undefined;
}

function misplacedAsk(rule: FileRule, at: number, commands: readonly CommandFacts[]): readonly Found[] {
  if (!rule.ask) return [];
  return rule.commands.flatMap((word, index) => {
    const type = groups[word] ?? commands.find(({ name }) => name === word)?.type;
    const family = word === '*' ? [] : meantBy(word, commands);
    const able = family.length > 0 ? family.some((member) => member.type === 'change') : type === 'change';
    if (able || (!type && family.length === 0)) return [];
    const sentence = `${word} cannot be asked for: only changes of the cloud have a plan to approve; give it a rule with allow`;
    return [{ path: ['rules', at, 'commands', index], sentence }];
  });
}

function withoutTargets(rule: FileRule, at: number, commands: readonly CommandFacts[]): readonly Found[] {
  if (!isAimed(rule)) return [];
  return rule.commands.flatMap((word, index) => {
    const family = meantBy(word, commands);
    const named = family.length > 0 ? family : commands.filter(({ name }) => name === word);
    if (named.length === 0 || named.some(({ aims }) => aims)) return [];
    const sentence = `${word} takes no targets, so the conditions on targets in where can never hold; give it a rule of its own`;
    return [{ path: ['rules', at, 'commands', index], sentence }];
  });
}

function unknownArguments(rule: FileRule, at: number, commands: readonly CommandFacts[]): readonly Found[] {
  const names = meant(rule, commands);
  const takes = commands
    .filter(({ name }) => names.includes('*') || names.includes(name))
    .flatMap((command) => command.takes);
  return Object.keys(rule.arguments ?? {}).flatMap((name) => {
    if (takes.includes(name)) return [];
    const near = nearest(name, takes, 1)[0];
    const sentence = `is not an argument or flag of ${names.join(', ')}${near ? `; did you mean ${near}?` : ''}`;
    return [{ path: ['rules', at, 'arguments', name], sentence }];
  });
}
