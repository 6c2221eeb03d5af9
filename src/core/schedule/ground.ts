import type { Target } from '../target.ts';
import type { Decision, Edge, Group, Keep, Memory } from './model.ts';
import { isRunning } from './standing.ts';
import type { Rule } from './together.ts';

/** A resource with all that bears on it. */
export interface Ground {
  readonly target: Target;
  readonly rule: Rule;
  readonly group: Group;
  readonly memory: Memory | undefined;
  /** The latest word on it, running or not. */
  readonly keep: Keep | undefined;
  readonly controller: string | undefined;
  readonly busy: boolean;
  readonly now: number;
  readonly saw: Decision['saw'];
  /** What is wrong with its tags. */
  readonly unreadable: string | undefined;
  /** What other policies come to, where one protects it. */
  readonly opposed: Rule | undefined;
}

/** Nothing is done. `left` where a person would ask why. */
export function idle(ground: Ground, because: string, left?: Decision['left']): Decision {
  const { target, rule, group, saw } = ground;
  return {
    ocid: target.ocid,
    kind: target.kind,
    policy: rule.policy.name,
    group: group.name,
    act: 'nothing',
    edge: rule.due?.at ?? 0,
    want: rule.want,
    attempt: 1,
    because,
    saw,
    ...(left ? { left } : {}),
    ...nextOf(ground),
  };
}

function nextOf({ rule, keep, now }: Ground): { readonly next?: Edge } {
  if (keep && isRunning(keep, now) && !rule.policy.protects) {
    const { want } = rule.policy.timetable.at(keep.until);
    return { next: { at: keep.until, want, because: 'the keep ends' } };
  }
  return rule.next ? { next: rule.next } : {};
}
