import { busy, type KindFacts } from './facts.ts';

export const dataIntegration = {
  plural: 'data-integration-workspaces',
  title: 'Data Integration workspace',
  aliases: ['odi', 'workspace', 'workspaces', 'data-integration-workspace'],
  lifecycle: {
    up: ['ACTIVE'],
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: {
      CREATING: busy,
      UPDATING: busy,
      INACTIVE: 'look at it in the Console first',
      FAILED: 'look at it in the Console first',
    },
  },
  acts: {
    start: 'Starting a Data Integration workspace lets its tasks run again, on time from then on.',
    stop: 'Stopping a Data Integration workspace waits some minutes for what runs in it; tasks that fall due meanwhile do not run.',
  },
} as const satisfies KindFacts;
