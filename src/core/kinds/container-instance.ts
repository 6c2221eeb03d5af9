import { busy, type KindFacts } from './facts.ts';

export const containerInstance = {
  plural: 'container-instances',
  title: 'container instance',
  aliases: ['ci', 'containers', 'container'],
  lifecycle: {
    up: ['ACTIVE'],
    down: ['INACTIVE'],
    // UPDATING is each of start, stop and restart: it does not say which.
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, UPDATING: busy, FAILED: 'it has to be created anew' },
  },
  acts: {
    start: 'Starting a container instance starts its containers from their images and its billing again.',
    stop: 'Stopping a container instance loses all that its containers wrote to their own file systems.',
    restart:
      'Restarting a container instance interrupts its containers and loses all that they wrote to their own file systems.',
  },
} as const satisfies KindFacts;
