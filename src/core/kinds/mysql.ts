import { busy, type KindFacts } from './facts.ts';

export const mysql = {
  plural: 'mysql-db-systems',
  title: 'MySQL DB system',
  aliases: ['heatwave', 'mysql-heatwave'],
  lifecycle: {
    up: ['ACTIVE'],
    down: ['INACTIVE'],
    // UPDATING is each of start, stop and restart: it does not say which.
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, UPDATING: busy, FAILED: 'look at it in the Console first' },
  },
  acts: {
    start:
      'Starting a MySQL DB system starts its HeatWave cluster too, which has to load its data again, and the billing of both.',
    stop: 'Stopping a MySQL DB system ends every session and stops its HeatWave cluster, which loses what it has loaded; storage is still billed.',
    restart:
      'Restarting a MySQL DB system ends every session and makes its HeatWave cluster load its data again.',
  },
} as const satisfies KindFacts;
