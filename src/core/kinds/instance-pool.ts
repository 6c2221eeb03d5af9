import { busy, type KindFacts, wholeSize } from './facts.ts';

export const instancePool = {
  plural: 'instance-pools',
  title: 'instance pool',
  aliases: ['pool', 'pools'],
  lifecycle: {
    up: ['RUNNING'],
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: [],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: { PROVISIONING: busy, SCALING: busy },
  },
  acts: {
    start:
      'Starting an instance pool starts all of its instances and their billing; it can fail when OCI is out of capacity.',
    stop: 'Stopping an instance pool ends what runs on all of its instances; their disks stay, and storage is still billed.',
    restart: 'Restarting an instance pool interrupts all of its instances at once.',
    scale:
      'Making an instance pool smaller terminates instances with their disks; making it larger launches new ones.',
  },
  size: wholeSize('instances', '3', 0, 1000),
  billedByMembers: true,
} as const satisfies KindFacts;
