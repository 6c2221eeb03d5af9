import { type Call, iso, type Reply, type Route } from '../call.ts';
import { invalid, missing, notFound } from '../errors.ts';
import { etag, ocid } from '../ids.ts';
import { arrayReply, compareText } from '../pages.ts';
import type { Compartment, Region, Tenancy } from '../tenancy.ts';

const ok = (id: string, body: object): Reply => ({ status: 200, headers: { etag: etag(id, 1) }, body });

function compartmentView(tenancy: Tenancy, compartment: Compartment, isAccessible?: boolean): object {
  return {
    id: compartment.ocid,
    compartmentId: compartment.parent,
    name: compartment.name,
    description: compartment.description,
    timeCreated: iso(tenancy.timeCreated),
    lifecycleState: 'ACTIVE',
    isAccessible: isAccessible ?? null,
    freeformTags: compartment.freeformTags,
    definedTags: compartment.definedTags,
  };
}

/** The tenancy itself can be read as the root compartment. */
function getCompartment({ tenancy, param }: { tenancy: Tenancy; param: string }): Reply {
  if (param === tenancy.ocid) {
    const { ocid, name } = tenancy;
    const root = { ocid, parent: '', name, path: '', description: 'The root compartment of the tenancy' };
    return ok(ocid, {
      ...compartmentView(tenancy, { ...root, freeformTags: {}, definedTags: {} }),
      compartmentId: null,
    });
  }
  const compartment = tenancy.compartments.find((each) => each.ocid === param);
  if (!compartment) throw notFound();
  return ok(compartment.ocid, compartmentView(tenancy, compartment));
}

/** Children of one compartment, or, from the tenancy only, the whole tree. */
function listCompartments(call: Call): Reply {
  const { tenancy, query } = call;
  const parent = call.compartment();
  const subtree = query.get('compartmentIdInSubtree') === 'true';
  if (subtree && parent !== tenancy.ocid)
    throw invalid('compartmentIdInSubtree: can be true only with the OCID of the tenancy.');
  const accessLevel = query.get('accessLevel');
  if (accessLevel && !['ANY', 'ACCESSIBLE'].includes(accessLevel))
    throw invalid('accessLevel: must be ANY or ACCESSIBLE.');
  const name = query.get('name');
  const found = tenancy.compartments
    .filter((each) => (subtree || each.parent === parent) && (!name || each.name === name))
    .sort((a, b) => compareText(a.name, b.name));
  if (query.get('sortOrder')?.toUpperCase() === 'DESC') found.reverse();
  return arrayReply(
    call,
    found,
    ({ ocid }) => ocid,
    (each) => compartmentView(tenancy, each, accessLevel ? true : undefined),
  );
}

function checkTenancy(call: Call): Tenancy {
  if (call.param('tenancyId') !== call.tenancy.ocid) throw notFound();
  return call.tenancy;
}

function homeOf({ regions }: Tenancy): Region {
  const home = regions.find(({ isHome }) => isHome);
  if (!home) throw notFound();
  return home;
}

function domainsOf(call: Call): readonly string[] {
  return call.tenancy.regions.find(({ name }) => name === call.region)?.domains ?? [];
}

function listFaultDomains(call: Call): Reply {
  const compartmentId = call.compartment();
  const availabilityDomain = call.query.get('availabilityDomain');
  if (!availabilityDomain) throw missing('The required query parameter availabilityDomain is missing.');
  if (!domainsOf(call).includes(availabilityDomain)) throw notFound();
  const names = ['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'];
  return {
    status: 200,
    body: names.map((name) => ({
      name,
      id: ocid('faultdomain', call.region, availabilityDomain, name),
      compartmentId,
      availabilityDomain,
    })),
  };
}

/** All of them are defined in the root compartment. */
function namespaces(call: Call) {
  const { tenancy } = call;
  const atRoot = call.compartment() === tenancy.ocid;
  return (atRoot ? Object.keys(tenancy.tagNamespaces) : []).map((name) => ({
    id: ocid('tagnamespace', '', tenancy.name, name),
    compartmentId: tenancy.ocid,
    name,
    description: `Tags of ${name}`,
    freeformTags: {},
    definedTags: {},
    isRetired: false,
    lifecycleState: 'ACTIVE',
    timeCreated: iso(tenancy.timeCreated),
  }));
}

function listTags(call: Call): Reply {
  const { tenancy } = call;
  const wanted = call.param('tagNamespaceId');
  const found = Object.entries(tenancy.tagNamespaces).find(
    ([name]) => ocid('tagnamespace', '', tenancy.name, name) === wanted,
  );
  if (!found) throw notFound();
  const [namespace, keys] = found;
  return arrayReply(
    call,
    keys,
    (key) => key,
    (key) => ({
      id: ocid('tagdefinition', '', tenancy.name, namespace, key),
      compartmentId: tenancy.ocid,
      name: key,
      description: `${namespace}.${key}`,
      freeformTags: {},
      definedTags: {},
      isRetired: false,
      isCostTracking: key === 'CostCenter',
      lifecycleState: 'ACTIVE',
      timeCreated: iso(tenancy.timeCreated),
    }),
  );
}

function route(name: string, path: string, handle: (call: Call) => Reply): Route {
  return { operation: `Identity.${name}`, service: 'identity', method: 'GET', path, handle };
}

export const identity: readonly Route[] = [
  route('GetTenancy', '/tenancies/{tenancyId}', (call) => {
    const tenancy = checkTenancy(call);
    return ok(tenancy.ocid, {
      id: tenancy.ocid,
      name: tenancy.name,
      description: tenancy.name,
      homeRegionKey: homeOf(tenancy).key,
      upiIdcsCompatibilityLayerEndpoint: null,
      freeformTags: {},
      definedTags: {},
    });
  }),
  route('ListRegionSubscriptions', '/tenancies/{tenancyId}/regionSubscriptions', (call) => ({
    status: 200,
    body: checkTenancy(call).regions.map(({ name, key, isHome }) => ({
      regionKey: key,
      regionName: name,
      status: 'READY',
      isHomeRegion: isHome,
    })),
  })),
  route('ListRegions', '/regions', ({ tenancy }) => ({
    status: 200,
    body: tenancy.regions.map(({ name, key }) => ({ key, name })),
  })),
  route('ListCompartments', '/compartments', listCompartments),
  route('GetCompartment', '/compartments/{compartmentId}', (call) =>
    getCompartment({ tenancy: call.tenancy, param: call.param('compartmentId') }),
  ),
  route('GetUser', '/users/{userId}', (call) => {
    const { user, ocid: compartmentId, timeCreated } = call.tenancy;
    if (call.param('userId') !== user.ocid) throw notFound();
    return ok(user.ocid, {
      id: user.ocid,
      compartmentId,
      name: user.name,
      description: 'The bot that the on-calls talk to',
      email: user.email,
      emailVerified: true,
      timeCreated: iso(timeCreated),
      lifecycleState: 'ACTIVE',
      isMfaActivated: false,
      capabilities: {
        canUseConsolePassword: false,
        canUseApiKeys: true,
        canUseAuthTokens: false,
        canUseSmtpCredentials: false,
        canUseCustomerSecretKeys: false,
        canUseOAuth2ClientCredentials: false,
      },
      freeformTags: {},
      definedTags: {},
    });
  }),
  route('ListAvailabilityDomains', '/availabilityDomains', (call) => {
    const compartmentId = call.compartment();
    return {
      status: 200,
      body: domainsOf(call).map((name) => ({
        name,
        id: ocid('availabilitydomain', '', name),
        compartmentId,
      })),
    };
  }),
  route('ListFaultDomains', '/faultDomains', listFaultDomains),
  route('ListTagNamespaces', '/tagNamespaces', (call) =>
    arrayReply(
      call,
      namespaces(call),
      ({ id }) => id,
      (each) => each,
    ),
  ),
  route('ListTags', '/tagNamespaces/{tagNamespaceId}/tags', listTags),
];
