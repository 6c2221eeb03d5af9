import type { Actor, Origin } from './core/actor.ts';
import type { CloudReader } from './core/cloud.ts';
import { type Plan, type PlanTarget, stepsOf, targetsOf } from './core/plan.ts';
import { decide, type Verdict } from './core/policy.ts';
import type { Target } from './core/target.ts';
import type { Desk } from './desk.ts';
import type { Invocation } from './line/bind.ts';

/** What one person may see and do with one line. */
export interface Sight {
  /** The cloud without what this person may not see. A change sees all and is judged by its plan. */
  readonly cloud: CloudReader;
  /** Whether a command may be used here at all, before targets are known. */
  may(command: string): Verdict;
  /** What the rules say of the command of this line on these targets. */
  decide(targets: readonly Target[]): Verdict;
  /** The resources that a plan moves or, where it moves none, those that it leaves alone; as they were read. */
  targetsOf(plan: Plan): readonly Target[];
  /** The plan without the targets that are left alone and that this person may not even name. */
  permitted(plan: Plan): Plan;
}

export function sightFor(
  desk: Desk,
  who: { readonly actor: Actor; readonly origin: Origin },
  { command, given }: Invocation,
): Sight {
  const seen = new Map<string, Target>();
  const ask = (name: string, targets?: readonly Target[]): Verdict =>
    decide(desk.rules, {
      actor: who.actor,
      origin: who.origin,
      command: name,
      ...(name === command.name ? { arguments: given } : {}),
      ...(targets ? { targets } : {}),
    });
  const may = (name: string): Verdict => {
    const named = desk.commands.find((each) => each.name === name);
    const open = named?.type === 'query' && named.open === true;
    return open ? { effect: 'allow', rules: ['open to everyone'] } : ask(name);
  };
  const visible = (target: Target) =>
    command.type === 'change' || (command.type === 'query' && command.open === true)
      ? true
      : ask(command.name, [target]).effect !== 'deny';
  return {
    cloud: watched(desk.cloud, visible, seen),
    may,
    decide: (targets) => ask(command.name, targets),
    targetsOf: (plan) => {
      const steps = stepsOf(plan);
      const named = steps.length > 0 ? targetsOf(plan) : plan.unchanged.map(({ target }) => target);
      const there = [...new Set(named.map(({ ocid }) => ocid))].map((ocid) => known(seen, ocid));
      // what replaces others is judged beside them by its kind; three for three are not six
      const { makes = [] } = plan;
      return [...there, ...makes.slice(0, there.length > 0 ? 1 : makes.length)];
    },
    permitted: (plan) => {
      const may = ({ target }: { readonly target: PlanTarget }) =>
        ask(command.name, [known(seen, target.ocid)]).effect !== 'deny';
      return stepsOf(plan).length > 0 ? { ...plan, unchanged: plan.unchanged.filter(may) } : plan;
    },
  };
}

/** The reader, hiding what may not be seen and remembering what was handed out. */
function watched(
  cloud: CloudReader,
  visible: (target: Target) => boolean,
  seen: Map<string, Target>,
): CloudReader {
  const hand = <T extends Target>(targets: readonly T[]): readonly T[] => {
    const shown = targets.filter(visible);
    for (const target of shown) seen.set(target.ocid, target);
    return shown;
  };
  return {
    find: async (selector) => {
      const found = await cloud.find(selector);
      return { ...found, targets: hand(found.targets) };
    },
    read: async (target) => {
      const found = await cloud.read(target);
      return found && hand([found])[0];
    },
    controllers: () => cloud.controllers(),
    spend: () => cloud.spend(),
    names: async () => (await cloud.names()).filter(visible),
    inspect: (target) => cloud.inspect(target),
    logs: (target, options) => cloud.logs(target, options),
    deploys: {
      survey: async (app) => {
        const survey = await cloud.deploys.survey(app);
        hand(survey.targets);
        return survey;
      },
      serving: (app) => cloud.deploys.serving(app),
      imagesOf: (instances) => cloud.deploys.imagesOf(instances),
      image: (url) => cloud.deploys.image(url),
      tags: (url) => cloud.deploys.tags(url),
    },
    probes: () => cloud.probes(),
  };
}

function known(seen: ReadonlyMap<string, Target>, ocid: string): Target {
  const target = seen.get(ocid);
  if (!target) throw new Error(`a plan names ${ocid}, which the command has not read`);
  return target;
}
