import type { Fresh } from '../../core/cloud.ts';
import type { Progress } from '../../core/operation.ts';
import type { Step } from '../../core/plan.ts';
import type { Results, Verb } from '../../core/verb.ts';
import type { Room } from '../room.ts';
import type { Hand } from './hand.ts';
import type { Journal } from './journal.ts';

/** What a step is run with. */
export interface StepSetting {
  /** The row in the journal. */
  readonly position: number;
  readonly progress: Progress;
  /** The step with its target as it is: what a step of the plan made has an OCID by now. */
  readonly step: Step;
  readonly before: Fresh;
  readonly results: Results;
  /** The wave is given up: what has not begun does not begin, and what only waits ends. */
  readonly givenUp: AbortSignal;
  /** It is of the way back, which is not held up by who cancels. */
  readonly isUndo: boolean;
}

/** What a step stands on. */
export interface StepGround {
  readonly room: Room;
  readonly journal: Journal;
  readonly hand: Hand;
  readonly setting: StepSetting;
  readonly verb: Verb;
}
