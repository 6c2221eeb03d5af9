import { type KindFacts, wholeSize } from './facts.ts';
import { platformLifecycle } from './platform.ts';

/** OCPUs that an instance can be scaled among; a way from one of these into the other there is not. */
const bands = [
  [2, 8],
  [10, 12],
] as const;

function bandOf(ocpus: number) {
  return bands.find(([least, most]) => ocpus >= least && ocpus <= most);
}

export const analytics = {
  plural: 'analytics-instances',
  title: 'Analytics instance',
  aliases: ['oac', 'analytics-instance'],
  lifecycle: platformLifecycle,
  acts: {
    start: 'Starting an Analytics instance starts its billing again and takes some minutes.',
    stop: 'Stopping an Analytics instance signs everybody out and stops what was scheduled in it; its content stays.',
    scale: 'Scaling an Analytics instance interrupts those who work in it for some minutes.',
  },
  // Named users are paid for by the month, whatever they use.
  billedOff: { users: 1 },
  size: {
    ...wholeSize('OCPUs', '4', 1, 3000),
    hindrance: (from, to) => {
      const band = bandOf(Number(from));
      if (!band) return `one of ${from} OCPUs cannot be scaled`;
      return bandOf(Number(to)) === band
        ? undefined
        : `one of ${from} OCPUs can be scaled among ${band[0]} to ${band[1]} only`;
    },
  },
} as const satisfies KindFacts;
