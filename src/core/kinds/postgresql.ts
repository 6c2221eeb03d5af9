import { busy, type KindFacts } from './facts.ts';

export const postgresql = {
  plural: 'postgresql-db-systems',
  title: 'PostgreSQL DB system',
  aliases: ['postgres', 'psql'],
  lifecycle: {
    up: ['ACTIVE'],
    down: ['INACTIVE'],
    // UPDATING is each of start, stop and restart: it does not say which.
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: {
      CREATING: busy,
      UPDATING: busy,
      NEEDS_ATTENTION: 'look at it in the Console first',
      FAILED: 'look at it in the Console first',
    },
  },
  acts: {
    start:
      'Starting a PostgreSQL DB system provisions its nodes anew, so it can fail when OCI is out of capacity; its compute is billed again.',
    stop: 'Stopping a PostgreSQL DB system ends every session and releases its nodes; storage and a quarter of the service fee are still billed.',
    restart: 'Restarting a PostgreSQL DB system ends every session and is away for some minutes.',
  },
  // The service fee goes by OCPUs. Source: docs.oracle.com, Stopping and Starting a Database System.
  billedOff: { ocpu: 0.25 },
} as const satisfies KindFacts;
