import type { Ask } from '../core/approval.ts';
import { takes } from '../core/lifecycle.ts';
import { decide, type Rule, type Verdict } from '../core/policy.ts';
import { groupOf } from '../core/schedule/meaning.ts';
import type { Decision, Policy } from '../core/schedule/model.ts';
import { grouped, listed, someOf } from '../core/schedule/wording.ts';
import type { Target } from '../core/target.ts';
import { type Acting, actOf, type Firing } from './firing.ts';

export interface Rights {
  readonly allowed: readonly Decision[];
  /** Those that no rule lets the schedule do, each with a sentence. */
  readonly denied: readonly { readonly decision: Decision; readonly because: string }[];
  /** Who has to say yes first. */
  readonly asks: readonly Ask[];
  readonly rules: readonly string[];
}

/**
 * What the rules let a schedule do of a firing, as any actor. More at once than its policy or a rule does
 * without a person asks `breakGlass`, whoever may do so without approvals; where there is nobody, nothing is done.
 */
export function rightsOf(
  { policy, decisions }: Firing,
  targets: ReadonlyMap<string, Target>,
  { rules, ask }: { readonly rules: readonly Rule[]; readonly ask?: Ask },
): Rights {
  const question = (act: Acting, several: readonly Decision[]) =>
    verdictOn(
      rules,
      policy,
      act,
      several.flatMap(({ ocid }) => targets.get(ocid) ?? []),
    );
  const judged = decisions.map((decision) => ({ decision, verdict: question(actOf(decision), [decision]) }));
  const denied = judged.flatMap(({ decision, verdict }) =>
    verdict.effect === 'deny' ? [{ decision, because: verdict.because }] : [],
  );
  const able = judged.filter(({ verdict }) => verdict.effect !== 'deny').map(({ decision }) => decision);
  const verdicts = [...new Set(able.map(actOf))].map((act) =>
    question(
      act,
      able.filter((each) => each.act === act),
    ),
  );
  const most = Math.min(policy.atMost, ...(verdicts.some(({ effect }) => effect === 'deny') ? [0] : []));
  const tooMany = able.length > most;
  if (tooMany && !ask)
    return {
      allowed: [],
      denied: [...denied, ...able.map((decision) => ({ decision, because: nobody(able.length) }))],
      asks: [],
      rules: [],
    };
  return {
    allowed: able,
    denied,
    asks: distinct([
      ...verdicts.flatMap((verdict) => (verdict.effect === 'ask' ? verdict.asks : [])),
      ...(tooMany && ask ? [ask] : []),
    ]),
    rules: [...new Set(verdicts.flatMap((verdict) => verdict.rules))],
  };
}

/** What no rule lets a policy do with its resources, one sentence for each act and reason. */
export function unentitled(
  policy: Policy,
  targets: readonly Target[],
  rules: readonly Rule[],
): readonly string[] {
  if (policy.protects) return [];
  const denied = targets.flatMap((target) =>
    (['start', groupOf(policy, target).dimming.act] as const).flatMap((act) => {
      const { effect, rules: by } = verdictOn(rules, policy, act, [target]);
      return effect === 'deny' && takes(act, target.kind) ? [{ act, target, rule: by[0] }] : [];
    }),
  );
  const byTarget = grouped(denied, ({ target }) => target.ocid).map((rows) => ({
    name: rows[0]?.target.name ?? '',
    acts: listed([...new Set(rows.map(({ act }) => act))], 'or'),
    rule: rows.find(({ rule }) => rule)?.rule,
  }));
  return grouped(byTarget, ({ acts, rule }) => `${acts} ${rule}`).map((rows) => {
    const names = someOf(rows.map(({ name }) => name));
    const { acts, rule } = rows[0] ?? {};
    return rule
      ? `The rule “${rule}” does not let ${policy.name} ${acts} ${names}.`
      : `No rule lets ${policy.name} ${acts} ${names}: name schedule:${policy.name} in who of one that does.`;
  });
}

function verdictOn(
  rules: readonly Rule[],
  { name, channel }: Pick<Policy, 'name' | 'channel'>,
  act: Acting,
  targets: readonly Target[],
): Verdict {
  return decide(rules, {
    actor: { kind: 'schedule', policy: name },
    origin: channel ? { kind: 'slack', channel } : { kind: 'terminal' },
    command: act,
    arguments: {},
    targets,
  });
}

function nobody(count: number): string {
  return `${count} at once are more than is done without a person, and breakGlass names nobody who could be asked`;
}

function distinct(asks: readonly Ask[]): readonly Ask[] {
  return [...new Map(asks.map((each) => [JSON.stringify(each), each])).values()];
}
