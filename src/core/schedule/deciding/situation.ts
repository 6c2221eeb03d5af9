import type { Target } from '../../target.ts';
import type { Reading } from '../language/problem.ts';
import type { Keep, Memory, Pause, Policy, Timetable } from '../model.ts';

/** All that decisions depend on, and nothing else. */
export interface Situation {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** In the order of the files. */
  readonly policies: readonly Policy[];
  readonly targets: readonly Target[];
  /**
   * People's words. Those that have ended belong here too, the latest of each resource at least: its end may have to
   * be made up for. Older ones do no harm.
   */
  readonly keeps: readonly Keep[];
  /** The latest of each policy, whether it has ended or not. */
  readonly pauses: readonly Pause[];
  /** By OCID. */
  readonly memory: ReadonlyMap<string, Memory>;
  /** By OCID what else decides when a resource runs: `the autoscaling configuration web-pool`. */
  readonly controllers: ReadonlyMap<string, string>;
  /** OCIDs that an operation is at work on. */
  readonly busy: ReadonlySet<string>;
  /** Absent where schedules in tags are not followed. */
  readonly tags?: TagSchedules;
}

/** Schedules that resources carry themselves. */
export interface TagSchedules {
  /** What holds for all of them. Its timetable and selectors count for nothing. */
  readonly policy: Policy;
  /** Undefined where a resource carries none. The same tags give the same timetable, not merely an equal one. */
  read(target: Target): Reading<Timetable> | undefined;
}
