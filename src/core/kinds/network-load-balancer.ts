import { busy, type KindFacts } from './facts.ts';

/** Network load balancers. They have neither a switch nor a size: they are looked at, and deploys change their backends. */
export const networkLoadBalancer = {
  plural: 'network-load-balancers',
  title: 'network load balancer',
  aliases: ['nlb', 'nlbs', 'network-lb'],
  lifecycle: {
    up: ['ACTIVE'],
    down: [],
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, UPDATING: busy, FAILED: 'it has to be created anew' },
  },
  acts: {},
} as const satisfies KindFacts;
