import { busy, type KindFacts, wholeSize } from './facts.ts';

export const vmCluster = {
  plural: 'vm-clusters',
  title: 'Exadata VM cluster',
  aliases: ['vmcluster', 'exadata', 'cloud-vm-cluster'],
  lifecycle: {
    // It is AVAILABLE without cores too: then its virtual machines are shut down.
    up: ['AVAILABLE'],
    down: [],
    rising: [],
    falling: [],
    restarting: [],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: {
      PROVISIONING: busy,
      UPDATING: busy,
      MAINTENANCE_IN_PROGRESS: busy,
      FAILED: 'look at it in the Console first',
    },
  },
  acts: {
    start:
      'Starting an Exadata VM cluster gives it its cores back and boots its virtual machines; its cores are billed again.',
    stop: 'Stopping an Exadata VM cluster takes all of its cores, which shuts down its virtual machines and every database on them; the infrastructure is still billed.',
    scale: 'Scaling an Exadata VM cluster changes the cores of its virtual machines while they run.',
  },
  size: wholeSize('OCPUs or ECPUs of all its nodes together', '16', 0, 24_320, '0'),
} as const satisfies KindFacts;
