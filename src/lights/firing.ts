import { consequence } from '../core/lifecycle.ts';
import { type Plan, planTarget, type Step } from '../core/plan.ts';
import { repointSteps } from '../core/repoint.ts';
import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Decision, Policy } from '../core/schedule/model.ts';
import { countsByKind } from '../core/schedule/wording.ts';
import type { Target } from '../core/target.ts';

/** What one policy does at one edge, in one direction: one operation. */
export interface Firing {
  readonly policy: Policy;
  readonly direction: 'up' | 'down';
  readonly edge: number;
  readonly decisions: readonly Decision[];
}

/** What is done with a resource: everything but nothing. */
export type Acting = Exclude<Decision['act'], 'nothing'>;

/** Decisions that act, each with the others of its policy, edge and direction; those whose turn has not come are left out. */
export function firingsOf(
  decisions: readonly Decision[],
  policies: ReadonlyMap<string, Policy>,
): readonly Firing[] {
  const firings = new Map<string, Firing & { decisions: Decision[] }>();
  const inTheWay = waiting(decisions, policies);
  for (const decision of decisions) {
    const policy = policies.get(decision.policy);
    const direction = directionOf(decision.want);
    if (decision.act === 'nothing' || !policy || !direction) continue;
    const key = `${decision.policy} ${direction} ${decision.edge}`;
    if (turnOf(policy, decision) > (inTheWay.get(key) ?? Number.POSITIVE_INFINITY)) continue;
    const known = firings.get(key);
    if (known) known.decisions.push(decision);
    else firings.set(key, { policy, direction, edge: decision.edge, decisions: [decision] });
  }
  return [...firings.values()];
}

/** For each edge the first group in which something is not there yet: what comes after it has to wait. */
function waiting(
  decisions: readonly Decision[],
  policies: ReadonlyMap<string, Policy>,
): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const decision of decisions) {
    const policy = policies.get(decision.policy);
    if (!decision.waits || !policy) continue;
    const key = `${decision.policy} ${directionOf(decision.want)} ${decision.edge}`;
    first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, turnOf(policy, decision)));
  }
  return first;
}

/** On the way up groups follow their order, on the way down the reverse. */
export function turnOf({ groups }: Policy, { group, want }: Pick<Decision, 'group' | 'want'>): number {
  const at = groups.findIndex(({ name }) => name === group);
  return directionOf(want) === 'down' ? groups.length - 1 - at : at;
}

/** The plan of decisions: a wave for each group, and after a start one that puts right what pointed at an old address. */
export function planOf(
  { policy, direction, decisions }: Firing,
  on: {
    readonly targets: ReadonlyMap<string, Target>;
    /** Of container instances, from before they were stopped. */
    readonly addresses: ReadonlyMap<string, string>;
    readonly deadlines: Readonly<Record<Acting, number>>;
  },
): Plan {
  const acting = decisions.flatMap((decision) => {
    const target = on.targets.get(decision.ocid);
    return target ? [{ decision, target, step: stepOf(policy, decision, target, on.deadlines) }] : [];
  });
  const turns = [...new Set(acting.map(({ decision }) => turnOf(policy, decision)))].sort((a, b) => a - b);
  const waves = turns.flatMap((turn) => {
    const group = acting.filter(({ decision }) => turnOf(policy, decision) === turn);
    const repoints = group.flatMap(({ decision, target }) =>
      decision.act === 'start' ? repointSteps(target, on.addresses.get(target.ocid), on.deadlines.start) : [],
    );
    return [group.map(({ step }) => step), ...(repoints.length > 0 ? [repoints] : [])];
  });
  const kinds = [...new Set(acting.map(({ decision }) => `${decision.act} ${decision.kind}`))];
  const onlyScales = acting.every(({ decision }) => decision.act === 'scale');
  const verb = onlyScales ? 'Scale' : direction === 'down' ? 'Stop' : 'Start';
  return {
    title: `${verb} ${countsByKind(acting.map(({ target }) => target))} of ${policy.name}`,
    impact: direction === 'down' ? 'stop' : 'start',
    consequences: kinds.flatMap((each) => {
      const found = acting.find(({ decision }) => `${decision.act} ${decision.kind}` === each)?.decision;
      return found ? [consequence(actOf(found), found.kind)] : [];
    }),
    waves,
    unchanged: [],
    line: `schedule run ${policy.name} ${direction}`,
  };
}

function stepOf(
  policy: Policy,
  decision: Decision,
  target: Target,
  deadlines: Readonly<Record<Acting, number>>,
): Step {
  const act = actOf(decision);
  const dimming = policy.groups.find(({ name }) => name === decision.group)?.dimming;
  const hard = act === 'stop' && dimming?.act === 'stop' && dimming.force;
  const input = {
    ...(hard ? { force: true } : {}),
    ...(decision.size === undefined ? {} : { size: decision.size }),
  };
  return {
    name: `${target.kind}.${act} ${target.ocid}`,
    verb: `${target.kind}.${act}`,
    target: planTarget(target),
    within: deadlines[act],
    ...(Object.keys(input).length > 0 ? { with: input } : {}),
  };
}

/** Throws where nothing is to be done. */
export function actOf({ act }: Decision): Acting {
  if (act === 'nothing') throw new Error('a decision to do nothing is no act');
  return act;
}
