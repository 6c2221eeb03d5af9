import type { Actor, Origin } from '../../core/actor.ts';
import type { Ask } from '../../core/approval.ts';
import type { Plan } from '../../core/plan.ts';

/** What becomes an operation. */
export interface Draft {
  /** The same for a repeated delivery of the same request: it yields the same operation. */
  readonly key: string;
  readonly line: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly plan: Plan;
  /** Who must approve; empty: nobody, it is queued at once. */
  readonly asks: readonly Ask[];
  /** When it is no longer wanted, so that nobody may approve it any more; absent where that never comes. */
  readonly until?: number;
  /** The rules that decided, for the audit. */
  readonly rules?: readonly string[];
}
