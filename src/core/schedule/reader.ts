import type { CloudReader } from '../cloud.ts';
import type { Plan } from '../plan.ts';
import type { Target } from '../target.ts';
import type { Decision, Keep, Memory, Pause, Policy } from './model.ts';

/** The read-only view of schedules: all that a command gets of them. */
export interface LightsReader {
  /** In the order of the files. */
  readonly policies: readonly Policy[];
  /** IANA: of times that name none. Absent where each has to name its own. */
  readonly zone?: string;
  /** The one that resources follow which carry their schedules in their tags; absent where those are not followed. */
  readonly tags?: Policy;
  /**
   * The policies that are about a resource; the first decides where one protects it or its tags say something. The
   * one for tags has the timetable of this resource, or where its tags cannot be read one that wants nothing.
   */
  about(target: Target): readonly Policy[];
  /**
   * What the policies have to say of these targets at a moment (now, unless given), one decision for each
   * target that a policy means or that carries a schedule in its tags; with what is remembered, kept and paused.
   */
  decide(targets: readonly Target[], at?: number): Promise<readonly Decision[]>;
  /** What no rule lets a policy do with these resources, in sentences. */
  unentitled(policy: Policy, targets: readonly Target[]): readonly string[];
  /** Those that have not ended, newest first. */
  keeps(): Promise<readonly Keep[]>;
  pauses(): Promise<readonly Pause[]>;
  /** By OCID the private address that a container instance had before it was last stopped by the bot. */
  addresses(ocids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  memory(ocids: readonly string[]): Promise<ReadonlyMap<string, Memory>>;
  /**
   * The plan of carrying a policy out now as if its hour had come: what its timetable wants at present,
   * unless up or down is given. Reads its resources through `cloud`. Throws a Refusal for an unknown policy.
   */
  plan(cloud: CloudReader, policy: string, want?: 'up' | 'down'): Promise<Plan>;
}
