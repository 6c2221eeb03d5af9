import type { Policy } from '../../../src/core/schedule/model.ts';
import { policy } from '../../core/schedule/policies.ts';
import { timetable } from '../../core/schedule/reading.ts';

/** Three policies of twelve resources: groups, a zone on each side of the sea, and one that is enforced. */

export const seed = `
tenancy: lamplight
user: { name: lamplighter-bot, email: lamplighter@lamplight.example }
regions:
  - { name: eu-frankfurt-1, key: FRA, domains: 3 }
compartments:
  town: { description: Where the lights go out }
instances:
  - { name: 'shop-app-{n}', count: 2, region: eu-frankfurt-1, compartment: town, tags: { app: shop, tier: app } }
  - { name: shop-edge, region: eu-frankfurt-1, compartment: town, tags: { app: shop, tier: edge } }
  - { name: 'lab-{n}', count: 3, region: eu-frankfurt-1, compartment: town, tags: { app: lab } }
  - { name: 'night-{n}', count: 2, region: eu-frankfurt-1, compartment: town, tags: { app: night } }
autonomousDatabases:
  - { name: shop-db, dbName: SHOP, region: eu-frankfurt-1, compartment: town, tags: { app: shop, tier: database } }
  - { name: night-db, dbName: NIGHT, region: eu-frankfurt-1, compartment: town, tags: { app: night } }
mysqlSystems:
  - { name: lab-db, region: eu-frankfurt-1, compartment: town, shape: MySQL.8, tags: { app: lab } }
containerInstances:
  - name: shop-api
    region: eu-frankfurt-1
    compartment: town
    tags: { app: shop, tier: app }
    ocpus: 1
    memory: 4
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/api:1.0.0' }]
`;

/** When it is up, as people write it on a calendar. */
export interface Hours {
  readonly policy: string;
  readonly channel: string;
  readonly zone: string;
  /** 1 is Monday. */
  readonly days: readonly number[];
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly enforced: boolean;
  readonly warning: number;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const minute = 60_000;

export const hours: readonly Hours[] = [
  {
    policy: 'shop',
    channel: 'C0SHOP',
    zone: 'Europe/Amsterdam',
    days: [1, 2, 3, 4, 5],
    from: [7, 30],
    to: [19, 0],
    enforced: false,
    warning: 15 * minute,
  },
  {
    policy: 'lab',
    channel: 'C0LAB',
    zone: 'America/New_York',
    days: [1, 2, 3, 4, 5, 6],
    from: [9, 0],
    to: [17, 15],
    enforced: false,
    warning: 0,
  },
  {
    // in the hour that is there twice in autumn and not at all in spring
    policy: 'night',
    channel: 'C0NIGHT',
    zone: 'Europe/Amsterdam',
    days: everyDay,
    from: [2, 30],
    to: [5, 0],
    enforced: true,
    warning: 0,
  },
];

const written: Readonly<Record<string, string>> = {
  shop: 'Mon-Fri 07:30-19:00 Europe/Amsterdam',
  lab: 'Mon-Sat 09:00-17:15 America/New_York',
  night: '02:30-05:00 Europe/Amsterdam',
};

const dimming = { act: 'stop' } as const;

export const policies: readonly Policy[] = hours.map(({ policy: name, channel, enforced, warning }) => {
  const plain = policy(name, [`app=${name}`], {
    channel,
    enforced,
    warning,
    timetable: timetable(written[name] ?? ''),
    longestKeep: 24 * 60 * minute,
  });
  if (name !== 'shop') return plain;
  const tiers = ['database', 'app', 'edge'].map((tier) => ({
    name: tier,
    what: policy(tier, [`tier=${tier}`]).what,
    dimming,
  }));
  return { ...plain, groups: tiers };
});
