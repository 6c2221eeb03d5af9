import type { Actor } from '../core/actor.ts';
import { Refusal } from '../core/refusal.ts';
import type { Pause } from '../core/schedule/model.ts';
import type { LightsReader } from '../core/schedule/reader.ts';

/** Schedules as the rest of the bot knows them. */
export interface Lights extends LightsReader {
  pause(policy: string, until: number, by: Actor, because: string | undefined): Promise<Pause>;
  resume(policy: string, by: Actor): Promise<Pause>;
}

/** Where no policy is written. */
export const noLights: Lights = {
  policies: [],
  decide: async () => [],
  keeps: async () => [],
  pauses: async () => [],
  memory: async () => new Map(),
  plan: async (_cloud, policy) => unknown(policy),
  pause: async (policy) => unknown(policy),
  resume: async (policy) => unknown(policy),
};

function unknown(policy: string): never {
  throw new Refusal(`There is no policy ${policy}.`, 'Policies stand under policies: in lamplighter.yml.');
}
