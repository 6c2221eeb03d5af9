import { busy, type KindFacts, type Size } from './facts.ts';

/** OCPUs and memory of a flexible shape. Both are said: how much memory goes with an OCPU is no fixed ratio. */
export const shapeSize: Size = {
  means: 'OCPUs and GB of memory',
  example: '2:16',
  read: (text) => {
    const [, ocpus, memory] = /^(\d{1,3}(?:\.\d)?):(\d{1,4})$/.exec(text.trim()) ?? [];
    return Number(ocpus) > 0 && Number(memory) > 0 ? `${Number(ocpus)}:${Number(memory)}` : undefined;
  },
};

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
    scale: 'Giving a compute instance another size reboots it.',
  },
  size: shapeSize,
} as const satisfies KindFacts;
