/** Things that can be made to go wrong, as the emulators' README files describe them. */
export interface FaultOffer {
  readonly name: string;
  readonly about: string;
  readonly path: string;
  readonly body: object;
}

const slack = (name: string, about: string, body: object): FaultOffer => ({
  name,
  about,
  path: '/control/slack/faults',
  body,
});

const oci = (name: string, about: string, body: object): FaultOffer => ({
  name,
  about,
  path: '/control/oci/faults',
  body,
});

export const slackFaults: readonly FaultOffer[] = [
  slack('Slack is away', '30 s', { kind: 'away', seconds: 30 }),
  slack('Replies get lost', 'next 2 posts', { kind: 'lost_reply', method: 'chat.*', count: 2 }),
  slack('Server errors', 'next 3 posts', { kind: 'error', method: 'chat.*', status: 503, count: 3 }),
  slack('Too many requests', 'next 3 posts', {
    kind: 'ratelimit',
    method: 'chat.*',
    retry_after: 3,
    count: 3,
  }),
  slack('Sockets are cut', '10 s', { kind: 'socket', reason: 'gap', seconds: 10 }),
  slack('Deliveries come twice', 'next 5', { kind: 'duplicate', type: '*', as: 'new', count: 5 }),
];

export function cloudFaults(regions: readonly string[]): readonly FaultOffer[] {
  return [
    ...regions.map((region) => oci(`${region} is away`, '30 s', { away: true, region, for: '30s' })),
    oci('Too many requests', '70 % for 30 s', { status: 429, probability: 0.7, for: '30s' }),
    oci('Slow answers', '60 s', { latency: { p50: 800, p99: 4_000 }, for: '60s' }),
    oci('Cut after the effect', 'next action', { operation: '*Action', drop: 'after', count: 1 }),
    oci('An action gets stuck', 'next action', { operation: '*Action', stuck: true, count: 1 }),
    oci('Systems do not shut down', '30 min', {
      operation: 'Compute.InstanceAction',
      deaf: true,
      for: '30m',
    }),
    oci('An action fails', 'next action', {
      operation: '*Action',
      fails: 'The hypervisor did not respond.',
      count: 1,
    }),
    oci('Out of host capacity', 'next create', { capacity: true, count: 1 }),
  ];
}
