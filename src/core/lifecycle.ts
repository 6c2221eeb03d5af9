import type { Kind, Target } from './target.ts';

/** What a person can do to a resource that runs. */
export type Act = 'start' | 'stop' | 'restart';

/** What an act means for a target in its present state. */
export type ActPlan =
  /** A key of the verb registry. */
  | { readonly do: string }
  /** It already is, or is about to be, as wanted. */
  | { readonly unchanged: string }
  /** It cannot take the act now; a sentence without its subject. */
  | { readonly refuse: string };

/** The states of one kind that matter for its acts, in OCI's words. */
export interface Lifecycle {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** On its way up or down without anybody's doing more. */
  readonly rising: readonly string[];
  readonly falling: readonly string[];
  /** On its way to where it was. */
  readonly restarting: readonly string[];
  /** It is no more, or will not be: lists leave out `gone`. */
  readonly ending: readonly string[];
  readonly gone: readonly string[];
  /** Other states, with why nothing can be done in them. */
  readonly blocked: Readonly<Record<string, string>>;
}

const busy = 'wait until that is over';

/** Sources: the LifecycleState enums of the SDK's models, 2.139.1. */
export const lifecycles: Readonly<Record<Kind, Lifecycle>> = {
  instance: {
    up: ['RUNNING'],
    down: ['STOPPED'],
    rising: ['STARTING'],
    falling: ['STOPPING'],
    restarting: [],
    ending: ['TERMINATING'],
    gone: ['TERMINATED'],
    blocked: { PROVISIONING: busy, MOVING: busy, CREATING_IMAGE: 'wait until its image is made' },
  },
  'container-instance': {
    up: ['ACTIVE'],
    down: ['INACTIVE'],
    // UPDATING is each of start, stop and restart: it does not say which.
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, UPDATING: busy, FAILED: 'it has to be created anew' },
  },
  'autonomous-database': {
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
};

/** Decides what an act does to a target by its state alone. */
export function planAct(act: Act, target: Target): ActPlan {
  const { kind, state } = target;
  const { up, down, rising, falling, restarting, ending, gone, blocked } = lifecycles[kind];
  if (ending.includes(state) || gone.includes(state)) return { refuse: `it is ${state}` };
  const because = blocked[state];
  if (because !== undefined) return { refuse: `it is ${state}; ${because}` };
  const verb = { do: `${kind}.${act}` };
  if (up.includes(state)) return act === 'start' ? { unchanged: 'already up' } : verb;
  if (down.includes(state)) {
    if (act === 'restart') return { refuse: `it is ${state}; start it instead` };
    return act === 'stop' ? { unchanged: 'already stopped' } : verb;
  }
  if (rising.includes(state) && act === 'start') return { unchanged: 'already starting' };
  if (falling.includes(state) && act === 'stop') return { unchanged: 'already stopping' };
  if (restarting.includes(state) && act === 'restart') return { unchanged: 'already restarting' };
  if ([...rising, ...falling, ...restarting].includes(state)) return { refuse: `it is ${state}; ${busy}` };
  return { refuse: `it is ${state}, and I do not know what may be done then` };
}

const consequences: Readonly<Record<Kind, Readonly<Record<Act, string>>>> = {
  instance: {
    start: 'Starting a compute instance starts its billing again; it can fail when OCI is out of capacity.',
    stop: 'Stopping a compute instance ends what runs on it; its disks and addresses stay, and storage is still billed.',
    restart: 'Restarting a compute instance interrupts what runs on it for some minutes.',
  },
  'container-instance': {
    start: 'Starting a container instance starts its containers from their images and its billing again.',
    stop: 'Stopping a container instance loses all that its containers wrote to their own file systems.',
    restart:
      'Restarting a container instance interrupts its containers and loses all that they wrote to their own file systems.',
  },
  'autonomous-database': {
    start: 'Starting an Autonomous Database starts its compute billing again.',
    stop: 'Stopping an Autonomous Database ends every session and rolls back what is not committed; storage is still billed.',
    restart:
      'Restarting an Autonomous Database ends every session, rolls back what is not committed and is away for some minutes.',
  },
};

/** What a half-awake person must know before the act, one sentence. */
export function consequence(act: Act, kind: Kind): string {
  return consequences[kind][act];
}
