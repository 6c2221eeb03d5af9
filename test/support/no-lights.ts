import { Refusal } from '../../src/core/refusal.ts';
import type { Lights } from '../../src/lights/lights.ts';

/** Schedules where no policy is written and nothing is kept. */
export const noLights: Lights = {
  policies: [],
  about: () => [],
  decide: async () => [],
  unentitled: () => [],
  keeps: async () => [],
  pauses: async () => [],
  memory: async () => new Map(),
  addresses: async () => new Map(),
  plan: async (_cloud, policy) => unknown(policy),
  pause: async (policy) => unknown(policy),
  resume: async (policy) => unknown(policy),
};

function unknown(policy: string): never {
  throw new Refusal(`There is no policy ${policy}.`);
}
