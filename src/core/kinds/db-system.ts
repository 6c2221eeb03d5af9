import { busy, type KindFacts, wholeSize } from './facts.ts';

export const dbSystem = {
  plural: 'db-systems',
  title: 'Base Database DB system',
  aliases: ['dbsystem', 'dbcs', 'base-database'],
  lifecycle: {
    up: ['AVAILABLE'],
    // These three are of its nodes: the system itself stays AVAILABLE.
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: [],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: {
      PROVISIONING: busy,
      UPDATING: busy,
      MAINTENANCE_IN_PROGRESS: busy,
      UPGRADING: busy,
      NEEDS_ATTENTION: 'look at it in the Console first',
      FAILED: 'look at it in the Console first',
      MIGRATED: 'act on the VM cluster that it has become',
    },
  },
  acts: {
    start: 'Starting a DB system starts every node of it, and the billing of its cores again.',
    stop: 'Stopping a DB system stops every node of it and ends every session; storage is still billed.',
    scale: 'Scaling a DB system restarts its nodes, one after the other where there are two.',
  },
  size: wholeSize('OCPUs or ECPUs of all its nodes together', '4', 1, 512),
} as const satisfies KindFacts;
