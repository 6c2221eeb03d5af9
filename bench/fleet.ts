/** A thousand resources that can be stopped, as a company might have them, half of them in each region. */
import type { Limit, Times } from '../sandbox/oci/server.ts';

/** Of each kind in one region: five hundred. */
const counts = {
  instances: 320,
  containerInstances: 40,
  autonomousDatabases: 40,
  dbSystems: 20,
  mysqlSystems: 15,
  postgresSystems: 15,
  instancePools: 10,
  integrations: 8,
  analyticsInstances: 8,
  clusters: 6,
  goldenGates: 5,
  workspaces: 4,
  visualBuilders: 4,
  digitalAssistants: 3,
  vmClusters: 2,
};

const teams = ['shop', 'data', 'edge', 'lab'];

/** What they need beyond what all have. A cluster is stopped by its node pool. */
const particulars: Readonly<Record<string, object>> = {
  containerInstances: { containers: [{ name: 'web', image: 'web:1' }] },
  clusters: { pools: [{ name: 'workers', size: 2 }] },
  analyticsInstances: { ocpus: 2 },
};

/** Seed lists for the regions. */
export function fleet(regions: readonly string[]): Readonly<Record<string, readonly object[]>> {
  return Object.fromEntries(
    Object.entries(counts).map(([list, count]) => [
      list,
      regions.flatMap((region) =>
        teams.flatMap((compartment, at) => {
          const share = Math.floor((count + at) / teams.length);
          if (share === 0) return [];
          const name = `${list}-${compartment}-{n}`;
          return [{ name, region, compartment, tags: { env: 'dev' }, count: share, ...particulars[list] }];
        }),
      ),
    ]),
  );
}

export const perSecond = 20;

/** 20 calls a second of each operation in each region; the bucket holds what a second brings. */
export const limits: readonly Limit[] = [{ operation: '*', perSecond, burst: perSecond, retryAfter: false }];

/** What is measured is the calls: whatever stops has stopped after a second. */
export const times: Partial<Times> = {
  instanceStop: 1_000,
  instanceSoftStop: 1_000,
  containerStop: 1_000,
  databaseStop: 1_000,
  dbNodeStop: 1_000,
  vmClusterUpdate: 1_000,
  mysqlStop: 1_000,
  postgresStop: 1_000,
  platformStop: 1_000,
  nodePoolUpdate: 1_000,
  workRequestAccept: 100,
};
