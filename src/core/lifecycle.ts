import { factsOf, type Kind } from './kinds/all.ts';
import type { Act, Lifecycle, PowerAct } from './kinds/facts.ts';
import { busy, isOff } from './kinds/facts.ts';
import type { Target } from './target.ts';

export type { Act, Lifecycle, PowerAct };

/** What an act means for a target in its present state. */
export type ActPlan =
  /** A key of the verb registry. */
  | { readonly do: string }
  /** It already is, or is about to be, as wanted. */
  | { readonly unchanged: string }
  /** It cannot take the act now; a sentence without its subject. */
  | { readonly refuse: string };

export function lifecycleOf(kind: Kind): Lifecycle {
  return factsOf(kind).lifecycle;
}

/** Its service still tells of it, and it is no more. */
export function isGone({ kind, state }: Pick<Target, 'kind' | 'state'>): boolean {
  return lifecycleOf(kind).gone.includes(state);
}

/** Where a resource stands, whatever its kind calls it. */
export type Condition =
  | 'up'
  | 'down'
  | 'rising'
  | 'falling'
  | 'restarting'
  | 'ending'
  | 'gone'
  | 'blocked'
  | 'unknown';

/** Where a kind is switched off by scaling, a resource of the size that is off counts as down. */
export function conditionOf({ kind, state, size }: Pick<Target, 'kind' | 'state' | 'size'>): Condition {
  const facts = factsOf(kind);
  const { lifecycle } = facts;
  for (const each of ['up', 'down', 'rising', 'falling', 'restarting', 'ending', 'gone'] as const)
    if (lifecycle[each].includes(state))
      return each === 'up' && size !== undefined && isOff(facts, size) ? 'down' : each;
  return Object.hasOwn(lifecycle.blocked, state) ? 'blocked' : 'unknown';
}

const done: Readonly<Record<PowerAct, Readonly<Partial<Record<Condition, string>>>>> = {
  start: { up: 'already up', rising: 'already starting' },
  stop: { down: 'already stopped', falling: 'already stopping' },
  restart: { restarting: 'already restarting' },
};

/** Decides what an act does to a target by what it is and its state alone. `size` is what a scale is to. */
export function planAct(act: Act, target: Target, size?: string): ActPlan {
  const { kind, state } = target;
  const facts = factsOf(kind);
  if (!takes(act, kind)) return { refuse: `${article(facts.title)} cannot be ${past[act]}` };
  const condition = conditionOf(target);
  if (condition === 'ending' || condition === 'gone') return { refuse: `it is ${state}` };
  if (condition === 'blocked') return { refuse: `it is ${state}; ${facts.lifecycle.blocked[state]}` };
  if (condition === 'unknown') return { refuse: `it is ${state}, and I do not know what may be done then` };
  const unchanged = act === 'scale' ? scaled(target, condition, size) : done[act][condition];
  if (unchanged !== undefined) return { unchanged };
  if (condition !== 'up' && condition !== 'down') return { refuse: `it is ${state}; ${busy}` };
  if (condition === 'down' && (act === 'restart' || act === 'scale'))
    return { refuse: `it is ${state}; start it instead` };
  const because = target.refuses?.[act] ?? (act === 'scale' ? hindrance(target, size) : undefined);
  return because === undefined ? { do: `${kind}.${act}` } : { refuse: because };
}

/** Whether resources of the kind can take the act at all. */
export function takes(act: Act, kind: Kind): boolean {
  return factsOf(kind).acts[act] !== undefined;
}

function scaled(target: Target, condition: Condition, size: string | undefined): string | undefined {
  return condition === 'up' && size !== undefined && target.size === size
    ? `already of size ${size}`
    : undefined;
}

function hindrance({ kind, size: from }: Target, to: string | undefined): string | undefined {
  if (from === undefined || to === undefined) return undefined;
  return factsOf(kind).size?.hindrance?.(from, to);
}

const past: Readonly<Record<Act, string>> = {
  start: 'started',
  stop: 'stopped',
  restart: 'restarted',
  scale: 'scaled',
};

function article(title: string): string {
  return `${/^[aeio]/i.test(title) ? 'an' : 'a'} ${title}`;
}

/** What a half-awake person must know before the act, one sentence. */
export function consequence(act: Act, kind: Kind): string {
  return factsOf(kind).acts[act] ?? '';
}
