import type { Rule } from '../../core/policy.ts';
import type { Found } from '../reading/found.ts';
import type { CommandFacts } from './facts.ts';
import { unknownCommands } from './safety.ts';
import type { FileRule } from './schema.ts';

/** Rules that are valid but lead nowhere: the bot starts, and says so. */
export function doubts(
  written: readonly FileRule[],
  rules: readonly Rule[],
  commands: readonly CommandFacts[],
): readonly Found[] {
  return rules.flatMap((rule, at) => [
    ...unknownCommands(written[at] as FileRule, at, commands),
    ...deadEnds(rule, at),
    ...shadowed(rules, rule, at),
  ]);
}

function deadEnds({ effect, who }: Rule, at: number): readonly Found[] {
  if (typeof effect === 'string') return [];
  const { from, count, requesterMayApprove } = effect;
  const people = from.every((id) => /^([UW]|terminal:)/.test(id));
  const found = (key: string, sentence: string) => [{ path: ['rules', at, 'ask', key], sentence }];
  if (people && from.length < count)
    return found(
      'count',
      `asks for ${count} approvals, but from names only ${from.length}: nobody can ever approve`,
    );
  const [only] = who;
  const others = from.filter((id) => id !== only);
  if (
    people &&
    who.length === 1 &&
    !requesterMayApprove &&
    others.length < count &&
    others.length < from.length
  )
    return found(
      'from',
      `leaves ${others.length} to approve what ${only} asks for, who may not approve their own request: nobody can ever approve`,
    );
  if (requesterMayApprove && count === 1 && who.every((id) => from.includes(id)))
    return found(
      'requesterMayApprove',
      'lets everyone whom this rule is for approve their own request: that is the same as allow',
    );
  return [];
}

function shadowed(rules: readonly Rule[], rule: Rule, at: number): readonly Found[] {
  const earlier = rules.slice(0, at).find((each) => covers(each, rule));
  return earlier
    ? [
        {
          path: ['rules', at],
          sentence: `never decides: all that it is about is decided by "${earlier.name}" before it`,
        },
      ]
    : [];
}

/** Whether everything that the later rule matches is matched by the earlier one, as far as can be told. */
function covers(earlier: Rule, later: Rule): boolean {
  const [before, after] = [earlier.where ?? {}, later.where ?? {}];
  return (
    holdsAllActors(earlier, later) &&
    holdsAll(earlier.commands, later.commands, '*') &&
    holdsAll(before.channels, after.channels) &&
    holdsAll(before.compartments, after.compartments) &&
    holdsAll(before.regions, after.regions) &&
    holdsAll(before.kinds, after.kinds) &&
    (before.atMost === undefined || (after.atMost !== undefined && after.atMost <= before.atMost)) &&
    eachHoldsAll(before.tags, after.tags) &&
    eachHoldsAll(earlier.arguments, later.arguments)
  );
}

/** `anyone` is everyone but schedules, unless it is denied something. */
function holdsAllActors(earlier: Rule, later: Rule): boolean {
  const schedules = later.who.filter((id) => /^schedule(:|$)/.test(id));
  const others = later.who.filter((id) => !schedules.includes(id));
  const each = earlier.effect === 'deny' ? 'anyone' : undefined;
  return (
    holdsAll(earlier.who, others, 'anyone') &&
    (earlier.who.includes('schedule') || holdsAll(earlier.who, schedules, each))
  );
}

/** A condition that is absent holds for everything. */
function holdsAll(
  earlier: readonly string[] | undefined,
  later: readonly string[] | undefined,
  any?: string,
): boolean {
  if (!earlier || (any !== undefined && earlier.includes(any))) return true;
  return later?.every((value) => earlier.includes(value)) ?? false;
}

type Conditions = Readonly<Record<string, readonly string[]>> | undefined;

function eachHoldsAll(earlier: Conditions, later: Conditions): boolean {
  return Object.entries(earlier ?? {}).every(([key, values]) => {
    const wanted = later && Object.hasOwn(later, key) ? later[key] : undefined;
    return wanted !== undefined && holdsAll(values, wanted, '*');
  });
}
