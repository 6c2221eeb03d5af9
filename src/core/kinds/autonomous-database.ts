import { busy, type KindFacts, type Size } from './facts.ts';

/** Which of the two is counted is the database's own; fractions are OCPUs of dedicated infrastructure. */
const computeSize: Size = {
  means: 'ECPUs, or OCPUs where it has those',
  example: '4',
  read: (text) => {
    const count = /^\d{1,3}(?:\.\d)?$/.test(text.trim()) ? Number(text) : 0;
    return count > 0 && count <= 512 ? String(count) : undefined;
  },
};

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
    scale:
      'Scaling an Autonomous Database leaves it open; auto scaling may still go up to three times the size.',
  },
  size: computeSize,
} as const satisfies KindFacts;
