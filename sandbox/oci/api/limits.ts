import type { Call, Reply, Route } from '../call.ts';
import { invalid, missing, notFound } from '../errors.ts';
import { type LimitDefinition, limitDefinitions } from '../limit-definitions.ts';
import { arrayReply, compareText } from '../pages.ts';

const descriptions: Readonly<Record<string, string>> = {
  'container-instances': 'Container Instances',
  'load-balancer': 'LbaaS',
  'network-load-balancer-api': 'Network Load Balancer',
};

/** Limits are the tenancy's. @throws OciError 404 for any other compartment. */
function ofTenancy(call: Call): void {
  if (call.compartment() !== call.tenancy.ocid) throw notFound();
}

function sorted<T>(call: Call, all: readonly T[], keyOf: (item: T) => string): T[] {
  const up = call.query.get('sortOrder')?.toUpperCase() !== 'DESC';
  return [...all].sort((a, b) => (up ? 1 : -1) * compareText(keyOf(a), keyOf(b)));
}

function listServices(call: Call): Reply {
  ofTenancy(call);
  const services = [...new Set(limitDefinitions.map(({ service }) => service))];
  return arrayReply(
    call,
    sorted(call, services, (name) => name),
    (name) => name,
    (name) => ({ name, description: descriptions[name] ?? name, supportedSubscriptions: [] }),
  );
}

/** Those that are asked for by service and name. */
function asked(call: Call, isServiceNeeded: boolean): LimitDefinition[] {
  ofTenancy(call);
  const service = call.query.get('serviceName');
  const name = call.query.get('name');
  if (isServiceNeeded && !service) throw missing('The required query parameter serviceName is missing.');
  return limitDefinitions.filter(
    (each) => (!service || each.service === service) && (!name || each.name === name),
  );
}

function listDefinitions(call: Call): Reply {
  return arrayReply(
    call,
    sorted(call, asked(call, false), ({ name }) => name),
    ({ service, name }) => `${service} ${name}`,
    ({ service, name, description, scope }) => ({
      name,
      serviceName: service,
      description,
      scopeType: scope,
      areQuotasSupported: true,
      isResourceAvailabilitySupported: true,
      isDeprecated: false,
      isEligibleForLimitIncrease: true,
      isDynamic: false,
      externalLocationSupportedSubscriptions: [],
      supportedSubscriptions: [],
      supportedQuotaFamilies: [service],
    }),
  );
}

function listValues(call: Call): Reply {
  const scopeType = call.query.get('scopeType');
  const domain = call.query.get('availabilityDomain');
  const values = asked(call, true)
    .filter(({ scope }) => (!scopeType || scope === scopeType.toUpperCase()) && (!domain || scope === 'AD'))
    .flatMap((of) =>
      placesOf(call, of)
        .filter((place) => !domain || place === domain)
        .map((availabilityDomain) => ({
          name: of.name,
          scopeType: of.scope,
          availabilityDomain,
          value: call.limits.valueOf(of, call.region),
        })),
    );
  const keyOf = (value: (typeof values)[number]) => `${value.name} ${value.availabilityDomain ?? ''}`;
  return arrayReply(call, sorted(call, values, keyOf), keyOf, (value) => value);
}

/** A limit of availability domains has a value in each. */
function placesOf({ tenancy, region }: Call, { scope }: LimitDefinition): readonly (string | null)[] {
  return scope === 'AD' ? (tenancy.regions.find(({ name }) => name === region)?.domains ?? []) : [null];
}

function availability(call: Call): Reply {
  const compartmentId = call.compartment();
  call.checkCompartment(compartmentId);
  const [service, name] = [call.param('serviceName'), call.param('limitName')];
  const of = limitDefinitions.find((each) => each.service === service && each.name === name);
  if (!of) throw notFound();
  const domain = call.query.get('availabilityDomain') ?? undefined;
  if ((of.scope === 'AD') !== (domain !== undefined))
    throw invalid(
      of.scope === 'AD'
        ? 'availabilityDomain: is mandatory for a limit whose scope is AD.'
        : 'availabilityDomain: must be omitted for a limit whose scope is not AD.',
    );
  if (domain !== undefined && !placesOf(call, of).includes(domain))
    throw invalid(`availabilityDomain: ${domain} does not exist in ${call.region}.`);
  const place = { region: call.region, compartmentId, domain };
  const [used, left] = [call.limits.usedIn(of, place), call.limits.left(of, place)];
  return {
    status: 200,
    body: {
      used: Math.ceil(used),
      available: Math.floor(left),
      fractionalUsage: used,
      fractionalAvailability: left,
      effectiveQuotaValue: call.limits.quotaOf(of, place)?.value ?? null,
    },
  };
}

function route(name: string, path: string, handle: Route['handle']): Route {
  return { operation: `Limits.${name}`, service: 'limits', method: 'GET', path: `/20190729${path}`, handle };
}

/** Service limits and quotas, and what of them is left. Nothing but the control API changes them. */
export const serviceLimits: readonly Route[] = [
  route('ListServices', '/services', listServices),
  route('ListLimitDefinitions', '/limitDefinitions', listDefinitions),
  route('ListLimitValues', '/limitValues', listValues),
  route(
    'GetResourceAvailability',
    '/services/{serviceName}/limits/{limitName}/resourceAvailability',
    availability,
  ),
];
