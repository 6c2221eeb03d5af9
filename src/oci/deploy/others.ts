import type { OldInstance, OtherBackend } from '../../core/deploy/scene.ts';
import type { Target } from '../../core/target.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';
import { addressesAt, vnicsOf } from '../repoint/addresses.ts';
import type { FoundAt } from './places.ts';

/** Backends in an app's places that are at none of its instances, and what is at their addresses. */

type Backend = Omit<OtherBackend, 'at' | 'isDeserted'> & { readonly ip: string };

/** None of those that OCI names no address of: whose they are cannot be told. */
export function othersIn(
  found: readonly FoundAt[],
  own: readonly Pick<OldInstance, 'backends'>[],
): readonly Backend[] {
  const known = new Set(own.flatMap(({ backends }) => backends.map(({ place, name }) => `${place} ${name}`)));
  return found
    .filter(({ place }) => place)
    .flatMap(({ place, balancer }, at) =>
      (balancer?.sets[place?.set ?? '']?.backends ?? []).map(
        ({ name, ip, weight, drain, offline, backup }) => ({
          place: at,
          name,
          ip,
          weight,
          drain,
          offline,
          backup,
        }),
      ),
    )
    .filter(({ place, name }) => !known.has(`${place} ${name}`));
}

/** So many instances are asked for their addresses at a time. */
const atOnce = 20;

/** With what is at their addresses. Reads nothing where there are none. Rejects with a CloudError. */
export async function withOwners(
  services: Services,
  others: readonly Backend[],
  {
    region,
    instances,
    subnets,
  }: {
    readonly region: string;
    /** Of the app's compartment, that are not its own. */
    readonly instances: readonly Target[];
    /** OCIDs of those that it is in. */
    readonly subnets: readonly string[];
  },
): Promise<readonly OtherBackend[]> {
  const named = others.filter(({ ip }) => ip !== '');
  const wanted = new Set(named.map(({ ip }) => ip));
  const owners = new Map<string, NonNullable<OtherBackend['at']>>();
  for (let at = 0; at < instances.length && owners.size < wanted.size; at += atOnce)
    for (const { ip, instance } of await addressed(services, instances.slice(at, at + atOnce)))
      if (wanted.has(ip)) owners.set(ip, { name: instance.name, instance });
  const left = [...wanted].filter((ip) => !owners.has(ip));
  const taken = new Map(await Promise.all(left.map(async (ip) => [ip, await something(ip)] as const)));
  return named.map(({ ip, ...backend }): OtherBackend => {
    const owner = owners.get(ip) ?? taken.get(ip)?.owner;
    return {
      ...backend,
      ...(owner ? { at: owner } : {}),
      isDeserted: !owner && taken.get(ip)?.isKnown === true,
    };
  });

  /** What is there that is no container instance of the compartment, by the name of its address. */
  async function something(ipAddress: string) {
    const replies = await Promise.all(
      subnets.map((subnetId) =>
        ifReadable(
          services.network.read('ListPrivateIps', region, (client) =>
            client.listPrivateIps({ subnetId, ipAddress }),
          ),
        ),
      ),
    );
    const [first] = replies.flatMap((reply) => reply?.items ?? []);
    const isKnown = replies.every((reply) => reply !== undefined);
    return first ? { owner: { name: first.displayName ?? 'something else' }, isKnown } : { isKnown };
  }
}

async function addressed(
  services: Services,
  instances: readonly Target[],
): Promise<readonly { readonly ip: string; readonly instance: Target }[]> {
  const found = await Promise.all(
    instances.map(async (instance) => {
      const vnics = (await ifReadable(vnicsOf(services, instance))) ?? [];
      return (await addressesAt(services, instance.region, vnics)).map(({ ip }) => ({ ip, instance }));
    }),
  );
  return found.flat();
}
