import { z } from 'zod';
import { type Call, iso, type Reply, type Route } from '../call.ts';
import { invalid, missing, notFound } from '../errors.ts';
import { arrayReply, compareText, page } from '../pages.ts';
import type { Resource, Type } from '../resources/resources.ts';
import { checkFields, fieldOf, holds, type Indexed, mentions, queryable } from '../search/match.ts';
import { BadQuery, parseQuery, type Query } from '../search/query.ts';

/** What those who searched for it report not to have found there. */
type Unknown =
  | 'DbNode'
  | 'MysqlDbSystem'
  | 'HeatWaveCluster'
  | 'PostgresqlDbSystem'
  | 'NodePool'
  | 'ContainerRepo'
  | 'ContainerImage'
  | 'VaultSecret';

/** The types that the index knows, and how it writes their states: only instances in small letters. */
const types: Readonly<Record<Exclude<Type, Unknown> | 'Compartment', (state: string) => string>> = {
  AutonomousDatabase: (state) => state,
  CloudVmCluster: (state) => state,
  AutoScalingConfiguration: (state) => state,
  Compartment: (state) => state,
  Container: (state) => state,
  ContainerInstance: (state) => state,
  DbSystem: (state) => state,
  Instance: (state) => state.charAt(0) + state.slice(1).toLowerCase(),
  InstanceConfiguration: (state) => state,
  InstancePool: (state) => state,
  LoadBalancer: (state) => state,
  NetworkLoadBalancer: (state) => state,
  AnalyticsInstance: (state) => state,
  ClustersCluster: (state) => state,
  ClustersVirtualNodePool: (state) => state,
  DISWorkspace: (state) => state,
  GoldenGateDeployment: (state) => state,
  IntegrationInstance: (state) => state,
  OdaInstance: (state) => state,
  ResourceSchedule: (state) => state,
  Subnet: (state) => state,
  Vcn: (state) => state,
  VisualBuilderInstance: (state) => state,
  Vnic: (state) => state,
};

/** The index as it was `searchLag` ago: what is new is not there yet, what has gone still is. */
function index(call: Call): Indexed[] {
  const known = call.now - call.times.searchLag;
  const resources = call.store
    .all()
    .filter(({ region }) => region === call.region)
    .flatMap((resource) => entry(resource, known) ?? []);
  return [...resources, ...compartments(call)];
}

function entry(resource: Resource, known: number): Indexed | undefined {
  if (!isKnown(resource)) return undefined;
  const version = resource.history.findLast(({ at }) => at <= known);
  return (
    version && {
      resourceType: resource.type,
      identifier: resource.ocid,
      compartmentId: resource.compartmentId,
      displayName: version.displayName,
      lifecycleState: types[resource.type](version.lifecycleState),
      timeCreated: iso(resource.timeCreated),
      availabilityDomain: 'availabilityDomain' in resource ? resource.availabilityDomain : undefined,
      region: resource.region,
      freeformTags: version.freeformTags,
      definedTags: version.definedTags,
      additionalDetails:
        resource.type === 'Instance' ? { shape: resource.shape, imageId: resource.imageId } : {},
    }
  );
}

function isKnown(resource: Resource): resource is Exclude<Resource, { type: Unknown }> {
  return Object.hasOwn(types, resource.type);
}

function compartments({ tenancy }: Call): Indexed[] {
  return tenancy.compartments.map((each) => ({
    resourceType: 'Compartment',
    identifier: each.ocid,
    compartmentId: each.parent,
    displayName: each.name,
    lifecycleState: 'ACTIVE',
    timeCreated: iso(tenancy.timeCreated),
    availabilityDomain: undefined,
    region: undefined,
    freeformTags: each.freeformTags,
    definedTags: each.definedTags,
    additionalDetails: {},
  }));
}

const details = z.object({
  type: z.enum(['Structured', 'FreeText']),
  query: z.string().max(50_000).optional(),
  text: z.string().max(5_000).optional(),
  matchingContextType: z.enum(['NONE', 'HIGHLIGHTS']).optional(),
});

/** @throws OciError 400 for a query that does not parse or names what the index does not have. */
function searchResources(call: Call): Reply {
  const { type, query, text } = call.json(details);
  let found: Indexed[];
  if (type === 'FreeText') {
    if (!text) throw missing('text is required.');
    found = sort(
      index(call).filter((each) => mentions(each, text)),
      undefined,
    );
  } else {
    if (!query) throw missing('query is required.');
    try {
      found = run(parseQuery(query, call.now), index(call));
    } catch (error) {
      if (error instanceof BadQuery) throw invalid(`Invalid search query: ${error.message}`);
      throw error;
    }
  }
  const { items, headers } = page(call, found, ({ identifier }) => identifier, 500);
  return { status: 200, headers, body: { items: items.map(view) } };
}

function run(query: Query, index: readonly Indexed[]): Indexed[] {
  const wanted = query.types === 'all' ? undefined : new Set(query.types);
  const known = new Set(Object.keys(types).map((name) => name.toLowerCase()));
  for (const type of wanted ?? [])
    if (!known.has(type)) throw new BadQuery(`${type} is not a resource type.`);
  checkFields(query);
  const { where, matching, sort: order } = query;
  const found = index.filter(
    (each) =>
      (!wanted || wanted.has(each.resourceType.toLowerCase())) &&
      (!where || holds(where, each)) &&
      (matching === undefined || mentions(each, matching)),
  );
  return sort(found, order);
}

/** The newest first, unless the query says otherwise. */
function sort(found: readonly Indexed[], order: Query['sort']): Indexed[] {
  const { field, ascending } = order ?? { field: 'timecreated', ascending: false };
  const key = (of: Indexed) => fieldOf(of, field).toLowerCase();
  return [...found].sort((a, b) => {
    const difference = compareText(key(a), key(b));
    return (ascending ? difference : -difference) || compareText(a.identifier, b.identifier);
  });
}

function view({ region: _, ...of }: Indexed): object {
  return {
    ...of,
    availabilityDomain: of.availabilityDomain ?? null,
    systemTags: {},
    searchContext: null,
    identityContext: {},
  };
}

const typeViews = Object.keys(types).map((name) => ({
  name,
  fields: [
    ...queryable.map((fieldName) => ({
      fieldName,
      fieldType: fieldName === 'timeCreated' ? 'DATETIME' : /id/i.test(fieldName) ? 'IDENTIFIER' : 'STRING',
      isArray: false,
    })),
    ...['freeformTags', 'definedTags'].map((fieldName) => ({
      fieldName,
      fieldType: 'OBJECT',
      isArray: true,
    })),
  ],
}));

export const search: readonly Route[] = [
  {
    operation: 'ResourceSearch.SearchResources',
    service: 'resourcesearch',
    method: 'POST',
    path: '/resources',
    handle: searchResources,
  },
  {
    operation: 'ResourceSearch.ListResourceTypes',
    service: 'resourcesearch',
    method: 'GET',
    path: '/resourceTypes',
    handle: (call) =>
      arrayReply(
        call,
        typeViews,
        ({ name }) => name,
        (type) => type,
      ),
  },
  {
    operation: 'ResourceSearch.GetResourceType',
    service: 'resourcesearch',
    method: 'GET',
    path: '/resourceTypes/{name}',
    handle: (call) => {
      const name = call.param('name').toLowerCase();
      const type = typeViews.find((each) => each.name.toLowerCase() === name);
      if (!type) throw notFound();
      return { status: 200, body: type };
    },
  },
];
