import type { models } from 'oci-containerinstances';
import type { App, Place } from '../../core/deploy/app.ts';
import { finds, hookTag } from '../../core/deploy/finder.ts';
import type { OldInstance } from '../../core/deploy/scene.ts';
import type { Domain, Survey } from '../../core/deploy/survey.ts';
import { CloudError } from '../../core/fault.ts';
import { planTarget } from '../../core/plan.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Target } from '../../core/target.ts';
import { ifThere } from '../acting/verbs.ts';
import { tagsOf } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import type { Tenancy } from '../finding/tenancy.ts';
import { addressesAt, vnicsOf } from '../repoint/addresses.ts';
import type { BalancersByKind } from './balancers.ts';
import type { Limits } from './limits.ts';
import { othersIn, withOwners } from './others.ts';
import { type FoundAt, placeOf } from './places.ts';

export interface SurveyGround {
  readonly services: Services;
  readonly tenancy: Tenancy;
  readonly balancers: BalancersByKind;
  readonly limits: Limits;
}

/** What there is of an app and around it. Rejects with a CloudError; throws a Refusal for what the file names in vain. */
export async function surveyOf(ground: SurveyGround, app: App): Promise<Survey> {
  const compartmentId = await compartmentOf(ground, app, app.compartment);
  const [domains, subnets, { own, hooks, foreign }, found] = await Promise.all([
    domainsOf(ground, app, compartmentId),
    subnetsOf(ground, app, compartmentId),
    instancesOf(ground, app, compartmentId),
    Promise.all(app.places.map((place) => foundAt(ground, app, place))),
  ]);
  const places = found.flatMap(({ place }) => place ?? []);
  const [seen, room] = await Promise.all([
    Promise.all(own.map((each) => oldOf(ground, app, each, found))),
    roomIn(ground, app, compartmentId, domains),
  ]);
  const old = seen.map(({ subnetId: _, ...one }) => one);
  const others = await withOwners(ground.services, othersIn(found, old), {
    region: app.region,
    instances: foreign.map((each) => targetOf(app, each)),
    subnets: [...new Set([...Object.values(subnets), ...seen.flatMap(({ subnetId }) => subnetId ?? [])])],
  });
  const unseen = found.flatMap((each) => each.unseen ?? []);
  return {
    compartmentId,
    subnets,
    domains,
    room,
    old,
    targets: own.map((each) => targetOf(app, each)),
    places,
    others,
    unseen,
    unclear: found.flatMap(({ fault, isUnclear }) => (fault && isUnclear ? [fault] : [])),
    faults: found.flatMap(({ fault }) => fault ?? []),
    doubts: [...found.flatMap(({ doubts }) => doubts), ...unseen, ...lonely(app, old), ...leftHooks(hooks)],
  };
}

/** Its OCID. Throws a Refusal where there is none that the bot sees. */
export async function compartmentOf({ tenancy }: SurveyGround, app: App, path: string): Promise<string> {
  const tree = await tenancy.tree();
  const compartment = tree.at(path);
  if (compartment && tenancy.isOurs(tree, compartment)) return compartment.ocid;
  throw new Refusal(
    `${app.name} is to be in ${path}, and I see no such compartment.`,
    'Put its path right in apps: of lamplighter.yml, or let me look there (oci.compartments, and a policy in IAM).',
  );
}

async function domainsOf(
  { services }: SurveyGround,
  app: App,
  compartmentId: string,
): Promise<readonly Domain[]> {
  const { region, spread } = app;
  const { items } = await services.identity.read('ListAvailabilityDomains', region, (client) =>
    client.listAvailabilityDomains({ compartmentId }),
  );
  const names = items.flatMap(({ name }) => name ?? []);
  const wanted = spread.domains.map((word) => {
    const name = names.find(
      (each) => each === word || each.endsWith(`-${word}`) || each.endsWith(`:${word}`),
    );
    if (name) return name;
    throw new Refusal(
      `${app.name} is to be in the availability domain ${word}, which ${region} does not have.`,
      `It has ${names.join(', ')}.`,
    );
  });
  return Promise.all(
    (wanted.length > 0 ? wanted : names).map(async (availabilityDomain) => {
      const reply = await services.identity.read('ListFaultDomains', region, (client) =>
        client.listFaultDomains({ compartmentId, availabilityDomain }),
      );
      return { name: availabilityDomain, faultDomains: reply.items.flatMap(({ name }) => name ?? []) };
    }),
  );
}

/** What cannot be read stands against nothing. */
async function roomIn(
  { limits }: SurveyGround,
  { region, instance: { shape } }: App,
  compartmentId: string,
  domains: readonly Domain[],
): Promise<Survey['room']> {
  const found = await Promise.all(
    domains.map(async ({ name: domain }) => {
      const room = await limits.room({ region, compartmentId, domain, shape }).catch(ifAway);
      return room ? [[domain, room] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}

function ifAway(error: unknown): undefined {
  if (!(error instanceof CloudError)) throw error;
}

async function subnetsOf(
  { services: { network } }: SurveyGround,
  { name: app, region, instance }: App,
  compartmentId: string,
): Promise<Readonly<Record<string, string>>> {
  const words = [...new Set(instance.vnics.map(({ subnet }) => subnet))];
  const named = words.filter((word) => !word.startsWith('ocid1.'));
  const listed =
    named.length === 0
      ? []
      : await allPages((where) =>
          network.read('ListSubnets', region, async (client) => {
            const reply = await client.listSubnets({ compartmentId, ...where });
            return { items: reply.items, next: reply.opcNextPage };
          }),
        );
  const found = await Promise.all(
    words.map(async (word) => {
      if (!named.includes(word)) {
        const reply = await ifThere(
          network.read('GetSubnet', region, (client) => client.getSubnet({ subnetId: word })),
        );
        if (reply) return [word, word] as const;
      }
      const [subnet, ...others] = listed.filter(({ displayName }) => displayName === word);
      if (subnet && others.length === 0) return [word, subnet.id] as const;
      throw new Refusal(
        `${app} is to be in the subnet ${word}, ${others.length > 0 ? 'a name that several have' : 'which I do not find'}.`,
        `Put its OCID into apps: of lamplighter.yml.`,
      );
    }),
  );
  return Object.fromEntries(found);
}

/** The instances that the app's finder finds, by name, its hooks, and what else there is. Rejects with a CloudError. */
export async function instancesOf(
  { services: { containers } }: SurveyGround,
  { region, find }: App,
  compartmentId: string,
): Promise<{ readonly [of in 'own' | 'hooks' | 'foreign']: readonly models.ContainerInstanceSummary[] }> {
  const all = await allPages((where) =>
    containers.read('ListContainerInstances', region, async (client) => {
      const reply = await client.listContainerInstances({ compartmentId, ...where });
      return { items: reply.containerInstanceCollection.items, next: reply.opcNextPage };
    }),
  );
  const states = [...find.states, ...living];
  const found = all.filter((each) =>
    finds(
      { ...find, states },
      { name: each.displayName, tags: tagsOf(each), state: String(each.lifecycleState) },
    ),
  );
  const isHook = (each: models.ContainerInstanceSummary) => Object.hasOwn(tagsOf(each), hookTag);
  const own = found.filter((each) => !isHook(each));
  return {
    own: own.sort((a, b) => (a.displayName < b.displayName ? -1 : 1)),
    hooks: found.filter(isHook),
    foreign: all.filter((each) => !own.includes(each) && String(each.lifecycleState) !== 'DELETED'),
  };
}

/** What an instance may serve again from, or is on its way to. */
const living = ['CREATING', 'UPDATING', 'ACTIVE', 'INACTIVE'];

/** What an earlier deploy ran and could not delete. */
function leftHooks(hooks: readonly models.ContainerInstanceSummary[]): readonly string[] {
  return hooks.map(
    ({ displayName }) => `${displayName}, a hook of an earlier deploy, was never deleted; it is left.`,
  );
}

/** A place of the app as it is now. Rejects with a CloudError. */
export async function foundAt(ground: SurveyGround, app: App, place: Place): Promise<FoundAt> {
  const { kind, compartment } = place.balancer;
  const compartmentId = await compartmentOf(ground, app, compartment ?? app.compartment);
  return placeOf(ground.balancers[kind], app, place, compartmentId);
}

/** An instance with its backends, and where it is. Rejects with a CloudError. */
export async function oldOf(
  { services }: SurveyGround,
  app: App,
  instance: models.ContainerInstanceSummary,
  found: readonly FoundAt[],
): Promise<OldInstance & { readonly subnetId?: string }> {
  const target = targetOf(app, instance);
  const vnics = (await ifThere(vnicsOf(services, target))) ?? [];
  const [address] = await addressesAt(services, app.region, vnics);
  const places = found.filter(({ place }) => place);
  const backends = places.flatMap(({ balancer, place }, at) =>
    (balancer?.sets[place?.set ?? '']?.backends ?? [])
      .filter(({ ip }) => ip === address?.ip)
      .map(({ ip: _, ...backend }) => ({ ...backend, place: at })),
  );
  const { ip, subnetId } = address ?? {};
  return {
    target: planTarget(target),
    ...(ip === undefined ? {} : { ip }),
    ...(subnetId === undefined ? {} : { subnetId }),
    backends,
  };
}

/** As rules judge it. */
export function targetOf({ region, compartment }: App, instance: models.ContainerInstanceSummary): Target {
  return {
    kind: 'container-instance',
    ocid: instance.id,
    name: instance.displayName,
    region,
    compartment: { ocid: instance.compartmentId, path: compartment },
    tags: tagsOf(instance),
    state: String(instance.lifecycleState),
  };
}

/** Old instances that no backend points at: nothing says that they serve. */
function lonely({ places }: App, old: readonly OldInstance[]): readonly string[] {
  if (places.length === 0) return [];
  return old
    .filter(({ backends }) => backends.length === 0)
    .map(
      ({ target }) =>
        `${target.name} is no backend of any of its load balancers; it is deleted in the end all the same.`,
    );
}
