import type { Actor } from '../core/actor.ts';
import type { Pause } from '../core/schedule/model.ts';
import type { LightsReader } from '../core/schedule/reader.ts';

/** Schedules as the rest of the bot knows them. */
export interface Lights extends LightsReader {
  /** Throws a Refusal for an unknown policy. */
  pause(policy: string, until: number, by: Actor, because: string | undefined): Promise<Pause>;
  /** Throws a Refusal for an unknown policy, and for one that is not paused. */
  resume(policy: string, by: Actor): Promise<Pause>;
}
