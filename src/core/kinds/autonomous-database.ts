import { busy, type KindFacts } from './facts.ts';

export const autonomousDatabase = {
  plural: 'autonomous-databases',
  title: 'Autonomous Database',
  aliases: ['adb', 'database', 'databases'],
  lifecycle: {
    up: ['AVAILABLE', 'AVAILABLE_NEEDS_ATTENTION'],
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: ['RESTARTING'],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: {
      PROVISIONING: busy,
      RESTORE_IN_PROGRESS: busy,
      BACKUP_IN_PROGRESS: busy,
      SCALE_IN_PROGRESS: busy,
      UPDATING: busy,
      MAINTENANCE_IN_PROGRESS: busy,
      RECREATING: busy,
      ROLE_CHANGE_IN_PROGRESS: busy,
      UPGRADING: busy,
      TRANSPORTING: busy,
      STANDBY: 'act on its primary instead',
      RESTORE_FAILED: 'restore it first',
      UNAVAILABLE: 'look at it in the Console first',
      INACCESSIBLE: 'its encryption key cannot be reached; see to that first',
    },
  },
  acts: {
    start: 'Starting an Autonomous Database starts its compute billing again.',
    stop: 'Stopping an Autonomous Database ends every session and rolls back what is not committed; storage is still billed.',
    restart:
      'Restarting an Autonomous Database ends every session, rolls back what is not committed and is away for some minutes.',
  },
} as const satisfies KindFacts;
