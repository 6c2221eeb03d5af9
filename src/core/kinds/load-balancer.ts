import { busy, type KindFacts, type Size } from './facts.ts';

const least = 10;
const most = 8000;

/** The bandwidth that is there at all times and the one that it may grow to. One number stands for both. */
const bandwidth: Size = {
  means: 'Mbps from the least to the most',
  example: '10-100',
  read: (text) => {
    const [, from, to = from] = /^(\d{1,4})(?:\s*-\s*(\d{1,4}))?$/.exec(text.trim()) ?? [];
    const [low, high] = [Number(from), Number(to)];
    return low >= least && low <= high && high <= most ? `${low}-${high}` : undefined;
  },
};

export const loadBalancer = {
  plural: 'load-balancers',
  title: 'load balancer',
  aliases: ['lb', 'lbs', 'balancer'],
  lifecycle: {
    up: ['ACTIVE'],
    down: [],
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, FAILED: 'it has to be created anew' },
  },
  acts: {
    scale: 'Changing the bandwidth of a load balancer can reset its connections for up to a minute.',
  },
  size: bandwidth,
} as const satisfies KindFacts;
