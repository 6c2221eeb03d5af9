import { busy, type KindFacts, wholeSize } from './facts.ts';

/** Node pools of OKE, virtual ones among them. Switching one off is scaling it to no nodes. */
export const nodePool = {
  plural: 'node-pools',
  title: 'node pool',
  aliases: ['np', 'nodepool', 'nodepools'],
  lifecycle: {
    // NEEDS_ATTENTION: some nodes did not come up, or did not go; another size may put that right.
    up: ['ACTIVE', 'NEEDS_ATTENTION'],
    down: [],
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: {
      CREATING: busy,
      UPDATING: busy,
      INACTIVE: 'see to its cluster first',
      FAILED: 'look at it in the Console first',
    },
  },
  acts: {
    start:
      'Starting a node pool creates its nodes anew, which are billed from then on; it can fail when OCI is out of capacity.',
    stop: 'Stopping a node pool drains and deletes all of its nodes: pods that fit nowhere else wait, and what nodes keep on their own disks is lost.',
    scale:
      'Scaling a node pool down drains and deletes nodes, and what they keep on their own disks is lost; scaling it up can fail when OCI is out of capacity.',
  },
  size: wholeSize('nodes', '3', 0, 1000, '0'),
  billedByMembers: true,
} as const satisfies KindFacts;
