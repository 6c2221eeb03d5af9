import type { Probe } from '../../core/cloud.ts';
import type { DeployNeeds } from '../../core/deploy/needs.ts';
import { everything } from '../../core/selector.ts';
import { kinds } from '../../core/target.ts';
import type { Adapter } from '../adapter.ts';
import type { Auth } from '../client/auth.ts';
import type { Connection } from '../client/service.ts';
import type { Grounds } from '../finding/find.ts';
import { type Hit, search } from '../finding/search.ts';
import { deployProbes } from './deploy-probes.ts';

/** For `doctor`: whether the bot can sign in, may see what it is to look after, and has what deploys need. */
export function probesOf(
  auth: Auth,
  connection: Connection,
  grounds: Grounds,
  deploys?: DeployNeeds,
): readonly Probe[] {
  const subject = auth.type === 'config' ? 'group LAMPLIGHTER' : 'dynamic-group LAMPLIGHTER';
  const allow = (what: string) => `Allow ${subject} to ${what} in tenancy`;
  const adapters = Object.values(grounds.adapters);
  return [
    {
      name: 'Sign in and read the compartments',
      grant: allow('inspect compartments'),
      run: async () => {
        const { region } = await connection.identity();
        const tree = await grounds.tenancy.tree();
        return `${tree.all.length - 1} compartments, asked in ${region}`;
      },
    },
    {
      name: 'List the subscribed regions',
      grant: allow('inspect tenancies'),
      run: async () => (await grounds.tenancy.regions()).join(', '),
    },
    {
      name: 'Search for resources',
      grant: 'Search shows what the other statements let the bot inspect; it needs none of its own.',
      run: () =>
        everywhere(grounds, async (region) => `${(await found(grounds, region, adapters)).length} found`),
    },
    ...adapters.map(
      (adapter): Probe => ({
        name: `Read ${kinds[adapter.kind].plural}`,
        grant: allow(adapter.grant),
        run: () =>
          everywhere(grounds, async (region) => {
            const hits = await found(grounds, region, [adapter]);
            const { tenancy } = await connection.identity();
            const [anywhere = tenancy] = (await grounds.tenancy.meant([])) ?? [];
            await adapter.list(region, hits[0]?.compartmentId ?? anywhere);
            if (hits.length > 0) return `${hits.length}`;
            const { listed } = await grounds.indexed.sort(region, [adapter]);
            return listed.length > 0 ? 'listed, since Search does not know them' : 'none';
          }),
      }),
    ),
    ...(deploys ? deployProbes(grounds, deploys, allow) : []),
  ];
}

/** What Search shows of these kinds, where the bot may look. */
async function found(
  { services, tenancy, indexed }: Grounds,
  region: string,
  adapters: readonly Adapter[],
): Promise<readonly Hit[]> {
  const { searched } = await indexed.sort(region, adapters);
  return search(services, region, searched, { selector: everything, compartments: await tenancy.meant([]) });
}

/** `eu-frankfurt-1: 12 found; eu-amsterdam-1: 3 found`. Rejects with the first region's CloudError. */
async function everywhere({ tenancy }: Grounds, probe: (region: string) => Promise<string>): Promise<string> {
  const regions = await tenancy.regions();
  const findings = await Promise.all(regions.map(async (region) => `${region}: ${await probe(region)}`));
  return findings.join('; ');
}
