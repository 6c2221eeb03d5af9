import type { Look } from './command.ts';
import { factsOf } from './core/kinds/all.ts';
import { isOff } from './core/kinds/facts.ts';
import { type Act, type ActPlan, consequence, planAct, takes } from './core/lifecycle.ts';
import { type Impact, type Plan, planTarget, type Step } from './core/plan.ts';
import { Refusal } from './core/refusal.ts';
import { repointSteps } from './core/repoint.ts';
import { type Selector, showSelector } from './core/selector.ts';
import { type Kind, kinds, type Target } from './core/target.ts';
import { stopped } from './core/text.ts';
import { targetsFor } from './targets.ts';

/** What planning an act looks at. */
export type Ground = Pick<Look, 'cloud' | 'lights' | 'deadlines'>;

export interface ActOptions {
  readonly force?: boolean;
  /** As it was typed: what a scale is to, or a start where switching on is scaling. */
  readonly size?: string;
  /** What cannot take the act by its kind is left alone; otherwise it is refused. */
  readonly sparing?: boolean;
}

/** What an act comes to on each of some targets. */
export interface Acts {
  readonly steps: readonly Step[];
  /** What is to be put right once the steps are done: whatever pointed at an address that is no more. */
  readonly after: readonly Step[];
  /** The targets of the steps. */
  readonly touched: readonly Target[];
  readonly unchanged: Plan['unchanged'];
  /** Those that cannot take the act now, each with a sentence without its subject. */
  readonly refused: readonly { readonly target: Target; readonly because: string }[];
}

/**
 * The plan of one act on everything the selector means: all targets side by side, those that already
 * are as wanted left alone. Throws a Refusal when one of them cannot take the act now.
 */
export async function planActs(
  look: Ground,
  act: Act,
  selector: Selector,
  options: ActOptions & { readonly impact: Impact },
): Promise<Plan> {
  const targets = await targetsFor(look, selector);
  const { steps, after, touched, unchanged, refused } = await actsOn(look, act, targets, {
    ...options,
    sparing: !isNamed(act, targets, selector),
  });
  if (refused.length > 0) {
    const each = refused.map(({ target, because }) => `${target.name} (${target.region}): ${because}`);
    throw new Refusal(
      stopped(`I cannot ${act} ${each.join('; ')}`),
      'Wait, or leave it out of the selector.',
    );
  }
  const to = act === 'scale' ? ` to ${sizeOf(steps, options)}` : '';
  const size = act !== 'scale' && options.size !== undefined ? ` --size ${options.size}` : '';
  return {
    title: `${capital(act)} ${counted(touched)}${to}`,
    impact: options.impact,
    consequences: consequences(act, touched),
    waves: [steps, after].filter((wave) => wave.length > 0),
    unchanged,
    line: `${act} ${showSelector(selector)}${to}${size}${options.force ? ' --force' : ''}`,
  };
}

/** The steps of an act on targets that are known, and what is not to be done with the others. */
export async function actsOn(
  look: Ground,
  act: Act,
  targets: readonly Target[],
  options: ActOptions = {},
): Promise<Acts> {
  const sizes = await sizesFor(look, act, targets, options.size);
  const decided = targets.map((target) => ({ target, act: decide(act, target, sizes, options) }));
  const addresses = await addressesFor(look, act, targets);
  const moved = decided.flatMap(({ target, act }) => ('do' in act ? [{ target, verb: act.do }] : []));
  return {
    steps: moved.map(({ target, verb }) => step(look, act, target, verb, sizes.get(target.ocid), options)),
    after: moved.flatMap(({ target }) =>
      repointSteps(target, addresses.get(target.ocid), look.deadlines.start),
    ),
    touched: moved.map(({ target }) => target),
    unchanged: decided.flatMap(({ target, act }) =>
      'unchanged' in act ? [{ target: planTarget(target), because: act.unchanged }] : [],
    ),
    refused: decided.flatMap(({ target, act }) => ('refuse' in act ? [{ target, because: act.refuse }] : [])),
  };
}

/** What a half-awake person must know before the act, one sentence for each kind. */
export function consequences(act: Act, touched: readonly Target[]): readonly string[] {
  return [...new Set(touched.map(({ kind }) => kind))].map((kind) => consequence(act, kind));
}

/** "web-1", "3 compute instances", "2 compute instances and 1 container instance". */
export function counted(targets: readonly Target[]): string {
  const [only] = targets;
  if (only && targets.length === 1) return only.name;
  const parts = [...new Set(targets.map(({ kind }) => kind))].map((kind) => {
    const count = targets.filter((target) => target.kind === kind).length;
    return `${count} ${kinds[kind].title}${count === 1 ? '' : 's'}`;
  });
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? 'nothing');
}

/**
 * Whether it is meant by name. Who stops all of `app=shop` does not mean its load balancer, which cannot
 * be stopped; who names it does, and so does who means nothing else.
 */
function isNamed(act: Act, targets: readonly Target[], { names, ocids, kinds: asked }: Selector): boolean {
  return names.length + ocids.length + asked.length > 0 || !targets.some(({ kind }) => takes(act, kind));
}

function decide(
  act: Act,
  target: Target,
  sizes: ReadonlyMap<string, string>,
  { sparing }: ActOptions,
): ActPlan {
  const size = sizes.get(target.ocid);
  const plan = planAct(act, target, size);
  if ('refuse' in plan && sparing && !takes(act, target.kind)) return { unchanged: plan.refuse };
  const needsSize = act === 'start' && factsOf(target.kind).size?.off !== undefined;
  if ('do' in plan && needsSize && size === undefined)
    return { refuse: 'I do not know which size it had; give one with --size' };
  return plan;
}

function step(
  look: Ground,
  act: Act,
  target: Target,
  verb: string,
  size: string | undefined,
  { force }: ActOptions,
): Step {
  const input = { ...(force ? { force: true } : {}), ...(size === undefined ? {} : { size }) };
  return {
    name: `${verb} ${target.ocid}`,
    verb,
    target: planTarget(target),
    within: look.deadlines[act],
    ...(Object.keys(input).length > 0 ? { with: input } : {}),
  };
}

/** By OCID, where they were before they were stopped: what comes up may come up elsewhere. */
async function addressesFor(
  { lights }: Ground,
  act: Act,
  targets: readonly Target[],
): Promise<ReadonlyMap<string, string>> {
  return act === 'start' ? lights.addresses(targets.map(({ ocid }) => ocid)) : new Map();
}

/** By OCID, the size that each is to have: the one that was typed, or the one before it was switched off. */
async function sizesFor(
  look: Ground,
  act: Act,
  targets: readonly Target[],
  typed: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  if (act === 'scale' && typed !== undefined) {
    const [kind, other] = new Set(targets.map((target) => target.kind));
    if (other)
      throw new Refusal(
        `These are ${counted(targets)}, and one size does not fit them all.`,
        'Narrow it to one kind with kind:.',
      );
    if (!kind || !factsOf(kind).size) return new Map();
    const size = readSize(kind, typed);
    return new Map(targets.map(({ ocid }) => [ocid, size]));
  }
  if (act !== 'start') return new Map();
  const scaled = targets.filter(({ kind }) => factsOf(kind).size?.off !== undefined);
  if (typed !== undefined && scaled.length === 0)
    throw new Refusal('Nothing of this is started by giving it a size.', 'Leave --size out.');
  if (typed !== undefined) return new Map(scaled.map(({ ocid, kind }) => [ocid, readSize(kind, typed)]));
  const memory = await look.lights.memory(scaled.map(({ ocid }) => ocid));
  return new Map(
    scaled.flatMap(({ ocid }) => {
      const size = memory.get(ocid)?.size;
      return size === undefined ? [] : [[ocid, size] as const];
    }),
  );
}

function readSize(kind: Kind, typed: string): string {
  const { size, title } = factsOf(kind);
  const read = size?.read(typed);
  if (!size || read === undefined)
    throw new Refusal(
      `"${typed}" is not a size of a ${title}.`,
      size ? `Its size is ${size.means}: ${size.example}, for example.` : 'It has no size.',
    );
  if (isOff(factsOf(kind), read)) throw new Refusal(`The size ${read} is off.`, 'Use stop for that.');
  return read;
}

function sizeOf([first]: readonly Step[], { size }: ActOptions): string {
  return String(first?.with?.size ?? size);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
