import { type KindFacts, wholeSize } from './facts.ts';
import { platformLifecycle } from './platform.ts';

export const goldengate = {
  plural: 'goldengate-deployments',
  title: 'GoldenGate deployment',
  aliases: ['ogg', 'goldengate-deployment'],
  lifecycle: { ...platformLifecycle, up: ['ACTIVE', 'NEEDS_ATTENTION'] },
  acts: {
    start:
      'Starting a GoldenGate deployment starts its billing again; its processes catch up from where they stood.',
    stop: 'Stopping a GoldenGate deployment stops its replication, and its sources must keep their logs until it is back.',
    scale:
      'Scaling a GoldenGate deployment changes how many OCPUs it has at the least; its processes may pause.',
  },
  size: wholeSize('OCPUs', '2', 1, 24),
} as const satisfies KindFacts;
