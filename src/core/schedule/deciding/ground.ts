import type { Target } from '../../target.ts';
import type { Decision, Edge, Group, Keep, Memory } from '../model.ts';
import { isRunning, lastSaid } from './standing.ts';
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

/** What a decision says besides what follows from its ground. */
export type Said = Partial<
  Pick<Decision, 'act' | 'size' | 'edge' | 'want' | 'attempt' | 'settles' | 'waits' | 'late' | 'left'>
>;

/** Unless something else is said, nothing is done. There are many of these, so that each is made in one go. */
export function decision(ground: Ground, because: string, said: Said = {}): Decision {
  const { target, rule, group, saw } = ground;
  const made: { -readonly [K in keyof Decision]: Decision[K] } = {
    ocid: target.ocid,
    kind: target.kind,
    policy: rule.policy.name,
    group: group.name,
    act: said.act ?? 'nothing',
    edge: said.edge ?? rule.due?.at ?? 0,
    want: said.want ?? rule.want,
    attempt: said.attempt ?? 1,
    because,
    saw,
  };
  if (said.size !== undefined) made.size = said.size;
  if (said.settles !== undefined) made.settles = said.settles;
  if (said.waits) made.waits = true;
  if (said.late !== undefined) made.late = said.late;
  if (said.left !== undefined) made.left = said.left;
  const next = nextOf(ground);
  if (next) made.next = next;
  return made;
}

function nextOf({ rule, keep, now }: Ground): Edge | undefined {
  if (!keep || !isRunning(keep, now) || rule.policy.protects) return rule.next;
  return { at: keep.until, want: lastSaid(rule.policy.timetable, keep.until), because: 'the keep ends' };
}
