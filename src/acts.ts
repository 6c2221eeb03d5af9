import type { Look } from './command.ts';
import { type Act, consequence, planAct, takes } from './core/lifecycle.ts';
import { type Impact, type Plan, planTarget, type Step } from './core/plan.ts';
import { Refusal } from './core/refusal.ts';
import { type Selector, showSelector } from './core/selector.ts';
import { kinds, type Target } from './core/target.ts';
import { targetsFor } from './targets.ts';

/**
 * The plan of one act on everything the selector means: all targets side by side, those that already
 * are as wanted left alone. Throws a Refusal when one of them cannot take the act now.
 */
export async function planActs(
  look: Pick<Look, 'cloud' | 'deadlines'>,
  act: Act,
  selector: Selector,
  options: { readonly impact: Impact; readonly force?: boolean },
): Promise<Plan> {
  const targets = await targetsFor(look, selector);
  const decided = decide(act, targets, selector);
  const refused = decided.flatMap(({ target, act }) =>
    'refuse' in act ? [`${target.name} (${target.region}): ${act.refuse}`] : [],
  );
  if (refused.length > 0)
    throw new Refusal(`I cannot ${act} ${refused.join('; ')}.`, 'Wait, or leave it out of the selector.');
  const moved = decided.flatMap(({ target, act }) => ('do' in act ? [{ target, verb: act.do }] : []));
  const steps = moved.map(
    ({ target, verb }): Step => ({
      name: `${verb} ${target.ocid}`,
      verb,
      target: planTarget(target),
      within: look.deadlines[act],
      ...(options.force ? { with: { force: true } } : {}),
    }),
  );
  const touched = moved.map(({ target }) => target);
  return {
    title: `${capital(act)} ${counted(touched)}`,
    impact: options.impact,
    consequences: [...new Set(touched.map(({ kind }) => kind))].map((kind) => consequence(act, kind)),
    waves: steps.length > 0 ? [steps] : [],
    unchanged: decided.flatMap(({ target, act }) =>
      'unchanged' in act ? [{ target: planTarget(target), because: act.unchanged }] : [],
    ),
    line: `${act} ${showSelector(selector)}${options.force ? ' --force' : ''}`,
  };
}

/**
 * What the act does to each. Who stops all of `app=shop` does not mean its load balancer, which cannot be
 * stopped: what was not named and cannot take the act by its kind is left alone, unless there is nothing else.
 */
function decide(act: Act, targets: readonly Target[], { names, ocids, kinds: asked }: Selector) {
  const isNamed =
    names.length + ocids.length + asked.length > 0 || !targets.some(({ kind }) => takes(act, kind));
  return targets.map((target) => {
    const plan = planAct(act, target);
    const isSpared = 'refuse' in plan && !isNamed && !takes(act, target.kind);
    return { target, act: isSpared ? { unchanged: plan.refuse } : plan };
  });
}

/** "web-1", "3 compute instances", "2 compute instances and 1 container instance". */
function counted(targets: readonly Target[]): string {
  const [only] = targets;
  if (only && targets.length === 1) return only.name;
  const parts = [...new Set(targets.map(({ kind }) => kind))].map((kind) => {
    const count = targets.filter((target) => target.kind === kind).length;
    return `${count} ${kinds[kind].title}${count === 1 ? '' : 's'}`;
  });
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? 'nothing');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
