import type { Checker, NewSet, Place } from '../../core/deploy/app.ts';
import { showDuration } from '../../core/duration.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import { present } from '../rules/rules.ts';
import type { AppParts, Part } from './parts.ts';
import type { FileApp } from './schema.ts';
import type { FileNewSet, FilePlace } from './traffic-schema.ts';

/** Where an app stands behind load balancers, from what is written. */

export function placeOf({ find, network, set, port, weight, create }: FilePlace): Place {
  const kind = network ? 'network-load-balancer' : 'load-balancer';
  return {
    balancer: { kind, tags: find.tags, ...present({ name: find.name, compartment: find.compartment }) },
    set,
    port,
    weight,
    ...(create ? { create: newSetOf(create, { network, set, port }) } : {}),
  };
}

function newSetOf(
  { policy, checker, listener }: FileNewSet,
  { network, set, port }: Pick<FilePlace, 'network' | 'set' | 'port'>,
): NewSet {
  const usual = network ? 'five-tuple' : 'round-robin';
  const made = listener ?? { name: set, port };
  return {
    policy: (policy ?? usual).toUpperCase().replaceAll('-', '_'),
    checker: checkerOf(checker),
    ...(made === false
      ? {}
      : {
          listener: {
            name: made.name,
            port: made.port,
            protocol: ('protocol' in made ? made.protocol : undefined) ?? (network ? 'TCP' : 'HTTP'),
          },
        }),
  };
}

function checkerOf({ http, code, port, interval, timeout, retries }: FileNewSet['checker']): Checker {
  return {
    protocol: http === undefined ? 'TCP' : 'HTTP',
    ...(http === undefined ? {} : { path: http, code: code ?? 200 }),
    ...present({ port }),
    interval,
    timeout,
    retries,
  };
}

export function unsafePlaces({ places, written }: AppParts): readonly Found[] {
  return places.flatMap((place, index) => [
    ...anyBalancer(place),
    ...repeated(places.slice(0, index), place),
    ...(place.written.create ? unsafeSet(place, place.written.create, written.health) : []),
  ]);
}

function anyBalancer({ written: { find }, path }: Part<FilePlace>): readonly Found[] {
  if (!find || Object.keys(find.tags).length > 0 || (find.name !== undefined && !/^\*+$/.test(find.name)))
    return [];
  return [{ path: [...path, 'find'], sentence: 'could be any load balancer; give its name or its tags' }];
}

function repeated(earlier: readonly Part<FilePlace>[], { written, path }: Part<FilePlace>): readonly Found[] {
  const keyOf = ({ find, network, set, port }: Partial<FilePlace>) =>
    find && set && port && JSON.stringify([find, network, set, port]);
  const key = keyOf(written);
  if (!key || earlier.every((place) => keyOf(place.written) !== key)) return [];
  return [{ path, sentence: 'is there twice: the same load balancer, backend set and port' }];
}

function unsafeSet(
  { written: { network }, path }: Part<FilePlace>,
  create: FileNewSet,
  health: FileApp['health'] | undefined,
): readonly Found[] {
  const at = [...path, 'create'];
  const found: Found[] = [];
  const balancer = network ? 'a network load balancer' : 'a load balancer';
  if (create.policy && create.policy.endsWith('tuple') !== (network ?? false))
    found.push({
      path: [...at, 'policy'],
      sentence: `should be ${network ? 'five-tuple, three-tuple or two-tuple' : 'round-robin, least-connections or ip-hash'} at ${balancer}, but is "${create.policy}"`,
    });
  const protocol = create.listener ? create.listener.protocol : undefined;
  const able = network ? ['TCP', 'UDP', 'TCP_AND_UDP', 'ANY'] : ['HTTP', 'TCP'];
  if (protocol && !able.includes(protocol))
    found.push({
      path: [...at, 'listener', 'protocol'],
      sentence: `should be one of ${able.join(', ')} at ${balancer}, but is "${protocol}"`,
    });
  return [...found, ...unsafeChecker(create.checker, [...at, 'checker'], health)];
}

function unsafeChecker(
  { http, code, interval, timeout, retries }: FileNewSet['checker'],
  path: Path,
  health: FileApp['health'] | undefined,
): readonly Found[] {
  const found: Found[] = [];
  if (code !== undefined && http === undefined)
    found.push({ path: [...path, 'code'], sentence: 'should be left out: only http has a status' });
  if (timeout > interval)
    found.push({
      path: [...path, 'timeout'],
      sentence: `is ${showDuration(timeout)}, longer than the ${showDuration(interval)} from one check to the next`,
    });
  const needed = interval * Math.max(retries, health?.ok ?? 0);
  if (health && needed > health.within)
    found.push({
      path,
      sentence: `needs ${showDuration(needed)} until it believes a backend, and health.within gives it ${showDuration(health.within)}: every deploy would fail`,
    });
  return found;
}
