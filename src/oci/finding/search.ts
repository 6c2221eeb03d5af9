import type { Adapter } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { type SearchTerms, searchQuery } from './query.ts';

/** What Resource Search knows of a resource: enough to look it up where it lives. */
export interface Hit {
  readonly adapter: Adapter;
  readonly ocid: string;
  readonly compartmentId: string;
}

/** Everything that Search finds in the region. It lags behind by some seconds. Rejects with a CloudError. */
export async function search(
  services: Services,
  region: string,
  adapters: readonly Adapter[],
  terms: Omit<SearchTerms, 'types'>,
): Promise<readonly Hit[]> {
  const types = adapters.flatMap(({ searchType }) => searchType ?? []);
  if (types.length === 0) return [];
  const query = searchQuery({ ...terms, types });
  const found = await allPages((where) =>
    services.search.read('SearchResources', region, async (client) => {
      const reply = await client.searchResources({ searchDetails: { type: 'Structured', query }, ...where });
      return { items: reply.resourceSummaryCollection.items ?? [], next: reply.opcNextPage };
    }),
  );
  return found.flatMap(({ resourceType, identifier, compartmentId }) => {
    const adapter = adapters.find(({ searchType }) => searchType === resourceType.toLowerCase());
    return adapter ? [{ adapter, ocid: identifier, compartmentId }] : [];
  });
}
