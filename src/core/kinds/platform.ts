import { busy, type Lifecycle } from './facts.ts';

/** The states that most platform services share. UPDATING is each of start, stop and change: it does not say which. */
export const platformLifecycle = {
  up: ['ACTIVE'],
  down: ['INACTIVE'],
  rising: [],
  falling: [],
  restarting: [],
  ending: ['DELETING'],
  gone: ['DELETED'],
  blocked: { CREATING: busy, UPDATING: busy, FAILED: 'look at it in the Console first' },
} as const satisfies Lifecycle;
