import { busy, type KindFacts } from './facts.ts';

export const instance = {
  plural: 'instances',
  title: 'compute instance',
  aliases: ['vm', 'compute'],
  lifecycle: {
    up: ['RUNNING'],
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: [],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: { PROVISIONING: busy, MOVING: busy, CREATING_IMAGE: 'wait until its image is made' },
  },
  acts: {
    start: 'Starting a compute instance starts its billing again; it can fail when OCI is out of capacity.',
    stop: 'Stopping a compute instance ends what runs on it; its disks and addresses stay, and storage is still billed.',
    restart: 'Restarting a compute instance interrupts what runs on it for some minutes.',
  },
} as const satisfies KindFacts;
