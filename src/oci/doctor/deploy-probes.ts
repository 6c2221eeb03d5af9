import type { Probe } from '../../core/cloud.ts';
import type { DeployNeeds } from '../../core/deploy/needs.ts';
import { allPages } from '../client/pages.ts';
import { readSecret } from '../deploy/secrets.ts';
import type { Grounds } from '../finding/find.ts';

/**
 * For `doctor`, where there are apps. Reading tells nothing of the right to make things, so that those statements
 * stand beside what has to be readable for it.
 *
 * @param allow writes a statement with its subject
 */
export function deployProbes(
  { services, tenancy }: Pick<Grounds, 'services' | 'tenancy'>,
  { regions, metrics, secrets }: DeployNeeds,
  allow: (what: string) => string,
): readonly Probe[] {
  const all = (...what: readonly string[]) => what.map(allow).join('; ');
  const everywhere = async (look: (region: string, root: string) => Promise<string>) => {
    const { tenancy: root } = await tenancy.tree();
    const findings = await Promise.all(
      regions.map(async (region) => `${region}: ${await look(region, root)}`),
    );
    return findings.join('; ');
  };
  return [
    {
      name: 'Make and delete container instances',
      grant: all(
        'manage compute-container-family',
        'use subnets',
        'use vnics',
        'inspect private-ips',
        'use network-security-groups',
      ),
      run: () =>
        everywhere(async (region, compartmentId) => {
          const { containerInstanceShapeCollection } = await services.containers.read(
            'ListContainerInstanceShapes',
            region,
            (client) => client.listContainerInstanceShapes({ compartmentId }),
          );
          return `${containerInstanceShapeCollection.items.length} shapes; that it may make one is not tried`;
        }),
    },
    {
      name: 'Read repositories and their images',
      grant: all('read repos'),
      run: () =>
        everywhere(async (region, compartmentId) => {
          const found = await allPages((where) =>
            services.artifacts.read('ListContainerRepositories', region, async (client) => {
              const reply = await client.listContainerRepositories({
                compartmentId,
                compartmentIdInSubtree: true,
                ...where,
              });
              return { items: reply.containerRepositoryCollection.items, next: reply.opcNextPage };
            }),
          );
          return `${found.length}`;
        }),
    },
    {
      name: 'Read service limits',
      grant: all('inspect limits', 'read resource-availability'),
      run: () =>
        everywhere(async (region, compartmentId) => {
          const { items } = await services.limits.read('ListLimitDefinitions', region, (client) =>
            client.listLimitDefinitions({ compartmentId, serviceName: 'container-instances' }),
          );
          return `${items.length} of container instances`;
        }),
    },
    ...(metrics
      ? [
          {
            name: 'Read metrics',
            grant: all('read metrics'),
            run: () =>
              everywhere(async (region, compartmentId) => {
                const { items } = await services.monitoring.read('ListMetrics', region, (client) =>
                  client.listMetrics({
                    compartmentId,
                    compartmentIdInSubtree: true,
                    listMetricsDetails: { groupBy: ['namespace'] },
                  }),
                );
                return `${items.length} namespaces`;
              }),
          },
        ]
      : []),
    ...(secrets.length > 0
      ? [
          {
            name: 'Read the secrets of apps',
            grant: all('read secret-family'),
            run: async () => {
              await Promise.all(secrets.map(({ region, ocid }) => readSecret(services, region, ocid)));
              return `${secrets.length}`;
            },
          },
        ]
      : []),
  ];
}
