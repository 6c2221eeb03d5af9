import { factsOf } from '../../kinds/all.ts';
import { type Act, busy, isOff } from '../../kinds/facts.ts';
import { conditionOf, planAct, takes } from '../../lifecycle.ts';
import type { Target } from '../../target.ts';
import type { Dimming, Memory, Want } from '../model.ts';

/** What brings a resource to where it is wanted. */
export type Move =
  | { readonly act: Act; readonly size?: string }
  /** It is there, or on its way: `already stopped`. */
  | { readonly already: string }
  /** It is between two states: what is to be done is to be looked at again. */
  | { readonly wait: string }
  | { readonly refuse: string };

/** Where it is now, as schedules see it: what is scaled down by its dimming is down. */
export function levelOf(target: Target, dimming: Dimming): 'up' | 'down' | undefined {
  const condition = conditionOf(target);
  if (condition === 'down') return 'down';
  if (condition !== 'up') return undefined;
  return dimming.act === 'scale' && target.size === sizeOf(target, dimming.size) ? 'down' : 'up';
}

export function moveTo(
  want: Exclude<Want, 'any'>,
  target: Target,
  dimming: Dimming,
  memory: Memory | undefined,
): Move {
  const odd = oddState(target);
  if (odd) return odd;
  if (typeof want === 'object') return resize(target, want.size);
  return want === 'down' ? dim(target, dimming) : restore(target, dimming, memory);
}

function dim(target: Target, dimming: Dimming): Move {
  if (dimming.act === 'stop') return planned('stop', target);
  const condition = conditionOf(target);
  if (condition === 'down') return { already: 'already down' };
  return resize(target, dimming.size);
}

function restore(target: Target, dimming: Dimming, memory: Memory | undefined): Move {
  const size = memory?.size;
  const condition = conditionOf(target);
  if (condition === 'down' && isOffBySize(target)) {
    if (size === undefined) return { refuse: unknownSize(target) };
    return planned('start', target, size);
  }
  const small = target.size !== undefined && target.size === memory?.given && size !== target.size;
  if (condition !== 'up') return small ? risen(target) : planned('start', target);
  if (levelOf(target, dimming) === 'up' && !small) return { already: 'already up' };
  if (size === undefined) return { refuse: unknownSize(target) };
  return planned('scale', target, size);
}

/** What is off and does not start at a size is started first, and scaled when it is looked at again. */
function resize(target: Target, wanted: string): Move {
  const size = sizeOf(target, wanted);
  const { title, size: of } = factsOf(target.kind);
  if (!of) return { refuse: `a ${title} has no size` };
  if (size === undefined) return { refuse: `${wanted} is not a size in ${of.means}, such as ${of.example}` };
  if (conditionOf(target) === 'up') return planned('scale', target, size);
  if (isOffBySize(target)) return planned('start', target, size);
  return target.size === size ? planned('start', target) : risen(target);
}

/** What is on its way up is not at its size yet: that is seen to when it is there. */
function risen(target: Target): Move {
  return conditionOf(target) === 'rising' ? { wait: `it is ${target.state}` } : planned('start', target);
}

function sizeOf({ kind }: Target, written: string): string | undefined {
  return factsOf(kind).size?.read(written);
}

/** Whether it runs, but at a size that is off: then starting it is giving it a size. */
function isOffBySize({ kind, size }: Target): boolean {
  return size !== undefined && isOff(factsOf(kind), size);
}

function planned(act: Act, target: Target, size?: string): Move {
  const plan = planAct(act, target, size);
  if ('unchanged' in plan) return { already: plan.unchanged };
  if ('refuse' in plan) return isWaiting(act, target) ? { wait: plan.refuse } : { refuse: plan.refuse };
  return size === undefined ? { act } : { act, size };
}

/** Rising and falling end by themselves, and then the act can be taken. */
function isWaiting(act: Act, target: Target): boolean {
  return takes(act, target.kind) && ['rising', 'falling', 'restarting'].includes(conditionOf(target));
}

function oddState(target: Target): Move | undefined {
  const { kind, state } = target;
  const condition = conditionOf(target);
  if (condition === 'ending' || condition === 'gone') return { refuse: `it is ${state}` };
  if (condition !== 'blocked') return undefined;
  const why = factsOf(kind).lifecycle.blocked[state];
  return why === busy ? { wait: `it is ${state}` } : { refuse: `it is ${state}; ${why}` };
}

function unknownSize({ kind }: Target): string {
  const { size } = factsOf(kind);
  return `I never saw it at another size, so that I do not know which to give it; say it where it is up, as in size ${size?.example ?? '1'}`;
}
