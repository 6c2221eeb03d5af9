import type { Found } from '../../core/cloud.ts';
import { CloudError } from '../../core/fault.ts';
import { isGone } from '../../core/lifecycle.ts';
import { matches, type Selector } from '../../core/selector.ts';
import type { Target } from '../../core/target.ts';
import { ifThere } from '../acting/verbs.ts';
import type { Adapter, Seen } from '../adapter.ts';
import type { Adapters } from '../adapters.ts';
import { ocidParts } from '../client/ocid.ts';
import type { Services } from '../client/services.ts';
import type { Indexed } from './indexed.ts';
import { type Listed, type Listing, missingOf } from './listing.ts';
import { type Hit, search } from './search.ts';
import type { Tenancy } from './tenancy.ts';

/** Where a finder looks. */
export interface Grounds {
  readonly services: Services;
  readonly adapters: Adapters;
  readonly tenancy: Tenancy;
  readonly indexed: Indexed;
  readonly listing: Listing;
}

/** Up to this many in one compartment are read one by one; more are listed. */
const few = 3;

/**
 * What the selector means: Resource Search says who exists, the services themselves say how they are; the
 * kinds that Search does not know are listed compartment by compartment.
 * Regions side by side; one that cannot be asked, or a kind in it, is named in `missing`. Rejects with a
 * CloudError when it is not even known where to look.
 */
export async function find(grounds: Grounds, selector: Selector): Promise<Found> {
  const regions = await grounds.tenancy.regions();
  const asked = selector.regions.map((region) => region.toLowerCase());
  const wanted = regions.filter((region) => asked.length === 0 || asked.includes(region));
  const parts = await Promise.all(wanted.map((region) => within(grounds, region, selector)));
  return {
    targets: parts.flatMap(({ targets }) => targets).sort(byName),
    missing: parts.flatMap(({ missing }) => missing),
  };
}

async function within(grounds: Grounds, region: string, selector: Selector): Promise<Found> {
  try {
    const { hits, listed } = await candidates(grounds, region, selector);
    const seen = await Promise.all(places(hits).map((place) => current(region, place)));
    const named = await Promise.all(byOcid(grounds, region, selector));
    const all = [...seen.flat(), ...listed.seen, ...named.flatMap((each) => each ?? [])];
    const targets = await Promise.all(
      [...new Map(all.map((each) => [each.ocid, each])).values()].map(toTarget),
    );
    const tree = await grounds.tenancy.tree();
    return {
      targets: targets.filter(
        (target) =>
          matches(selector, target) && !isGone(target) && grounds.tenancy.isOurs(tree, target.compartment),
      ),
      missing: missingOf(region, listed, reason),
    };
  } catch (error) {
    if (error instanceof CloudError) return { targets: [], missing: [{ region, because: reason(error) }] };
    throw error;
  }

  async function toTarget({ compartmentId, etag: _etag, facts: _facts, ...seen }: Seen): Promise<Target> {
    const compartment = await grounds.tenancy.compartment(compartmentId);
    return { ...seen, compartment };
  }
}

interface Candidates {
  readonly hits: readonly Hit[];
  readonly listed: Listed;
}

const none: Candidates = { hits: [], listed: { seen: [], failures: [] } };

/** What Search finds, and the lists of what it does not know. OCIDs need neither, unless names stand beside them. */
async function candidates(grounds: Grounds, region: string, selector: Selector): Promise<Candidates> {
  if (selector.ocids.length > 0 && selector.names.length === 0) return none;
  const { services, tenancy, indexed, listing } = grounds;
  const compartments = await tenancy.meant(selector.compartments);
  if (compartments?.length === 0) return none;
  const { searched, listed } = await indexed.sort(region, meantKinds(grounds, selector));
  const places =
    listed.length > 0 ? (compartments ?? (await tenancy.tree()).all.map(({ ocid }) => ocid)) : [];
  const [hits, lists] = await Promise.all([
    search(services, region, searched, { selector, compartments }),
    listing.of(region, listed, places, selector.kinds.length > 0),
  ]);
  return { hits, listed: lists };
}

/** The resources whose OCIDs were given, read where their OCIDs say that they live. */
function byOcid(grounds: Grounds, region: string, selector: Selector): Promise<Seen | undefined>[] {
  return selector.ocids.flatMap((ocid) => {
    const parts = ocidParts(ocid);
    const adapter = meantKinds(grounds, selector).find(
      ({ ocidType, ocidTypes = [] }) => parts && [ocidType, ...ocidTypes].includes(parts.type),
    );
    return adapter && parts?.region === region ? [ifThere(adapter.get(region, ocid))] : [];
  });
}

function meantKinds({ adapters }: Grounds, { kinds }: Selector): readonly Adapter[] {
  return Object.values(adapters).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
}

/** The resources of one kind that were found in one compartment. */
interface Place {
  readonly adapter: Adapter;
  readonly compartmentId: string;
  readonly ocids: string[];
}

function places(hits: readonly Hit[]): readonly Place[] {
  const found = new Map<string, Place>();
  for (const { adapter, compartmentId, ocid } of hits) {
    const key = `${adapter.kind} ${compartmentId}`;
    const place = found.get(key) ?? { adapter, compartmentId, ocids: [] };
    place.ocids.push(ocid);
    found.set(key, place);
  }
  return [...found.values()];
}

/** How the resources of one kind in one compartment are now, by their own service. */
async function current(region: string, { adapter, compartmentId, ocids }: Place): Promise<readonly Seen[]> {
  if (ocids.length > few) return adapter.list(region, compartmentId);
  const read = await Promise.all(ocids.map((ocid) => ifThere(adapter.get(region, ocid))));
  return read.filter((each) => each !== undefined);
}

/** A sentence without its subject: `503 ServiceUnavailable: try again later, opc-request-id …`. */
export function reason({ status, code, message, requestId }: CloudError): string {
  const said = status === 0 ? message : `${status} ${code}: ${message.replace(/\.$/, '')}`;
  return requestId && status !== 0 ? `${said}, opc-request-id ${requestId}` : said;
}

function byName(a: Target, b: Target): number {
  return a.name.localeCompare(b.name) || a.region.localeCompare(b.region) || (a.ocid < b.ocid ? -1 : 1);
}
