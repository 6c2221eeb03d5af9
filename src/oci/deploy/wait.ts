import { showDuration } from '../../core/duration.ts';
import type { Verbs } from '../../core/verb.ts';
import { carried, shapes } from './reading.ts';

/** Between looks at the clock, at most, in ms: how far it is can be seen. */
const look = 5_000;

/** Time that has to go by. A process that dies meanwhile does not begin it anew. */
export const waitVerbs: Verbs = {
  'deploy.wait': {
    label: 'Wait',
    permission: 'LOAD_BALANCER_READ',
    waits: true,
    act: async () => ({}),
    observe: async (step, _receipt, { elapsed }) => {
      const { ms } = carried(shapes.wait, step);
      if (elapsed >= ms) return { state: 'done', note: showDuration(ms) };
      return { state: 'running', note: `of ${showDuration(ms)}`, again: Math.min(look, ms - elapsed) };
    },
  },
};
