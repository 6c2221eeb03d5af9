import type { App } from '../../core/deploy/app.ts';
import { mayShare, nameFor } from '../../core/deploy/finder.ts';
import { showDuration } from '../../core/duration.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import { gateDoubts } from './gates.ts';
import { ownTag } from './instance.ts';
import type { AppParts } from './parts.ts';

/** An app that is right, and where it stands. */
export interface ReadApp {
  readonly app: App;
  readonly parts: AppParts;
}

/** Apps that are valid but may not do what was meant: the bot starts, and says so. */
export function appDoubts(apps: readonly ReadApp[]): readonly Found[] {
  return apps.flatMap(({ app, parts }, index) => [
    ...shared(apps.slice(0, index), app, parts.path),
    ...abrupt(app, parts.path),
    ...odd(app, parts),
    ...connections(app, parts),
    ...unwatched(app, parts.path),
    ...idleMinimum(parts),
    ...unheard(app, parts),
    ...gateDoubts(app, parts),
  ]);
}

/** Finders of which nobody can tell apart what they find, among apps of one place. */
export function sameFinders(apps: readonly ReadApp[]): readonly Found[] {
  return apps.flatMap(({ app, parts }, index) => {
    const first = apps.slice(0, index).find((other) => isBeside(other.app, app) && isSame(other.app, app));
    if (!first) return [];
    const sentence = `is the same as that of ${first.app.name}: a deploy of either would delete the instances of both`;
    return [{ path: [...parts.path, 'find'], sentence }];
  });
}

function isSame(one: App, other: App): boolean {
  const keyOf = ({ find: { name = '*', tags } }: App) =>
    JSON.stringify([name, Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))]).toLowerCase();
  return keyOf(one) === keyOf(other);
}

function shared(earlier: readonly ReadApp[], app: App, path: Path): readonly Found[] {
  const other = earlier.find((each) => isBeside(each.app, app) && mayMeet(each.app, app));
  if (!other) return [];
  const sentence = `may find instances that ${other.app.name} finds too, and a deploy deletes what it finds; tags that differ keep them apart`;
  return [{ path: [...path, 'find'], sentence }];
}

/** Of an app with the tag of its own all is known that its instances carry: only deploys set that tag. */
function mayMeet(one: App, other: App): boolean {
  if (isOwn(one) === isOwn(other)) return mayShare(one.find, other.find);
  const [own, finding] = isOwn(one) ? [one, other] : [other, one];
  const { tags, definedTags } = own.instance;
  const made = {
    name: nameFor(own.find, own.name, '*'),
    tags: { ...tags, ...definedTags },
    states: own.find.states,
  };
  const carried = Object.keys(made.tags).map((key) => key.toLowerCase());
  const wanted = Object.keys(finding.find.tags).map((key) => key.toLowerCase());
  return wanted.every((key) => carried.includes(key)) && mayShare(made, finding.find);
}

function isOwn({ name, find: { tags } }: App): boolean {
  return tags[ownTag] === name;
}

function isBeside(one: App, other: App): boolean {
  const isOcid = [one, other].some(({ compartment }) => /^ocid1\./.test(compartment));
  const same = one.compartment.toLowerCase() === other.compartment.toLowerCase();
  return one.region === other.region && (same || isOcid);
}

function abrupt({ drain, instance: { gracefulShutdown } }: App, path: Path): readonly Found[] {
  if (gracefulShutdown * 1000 >= drain || gracefulShutdown >= 300) return [];
  const sentence = `is ${showDuration(gracefulShutdown * 1000)}, shorter than the drain of ${showDuration(drain)}: an instance that somebody stops has less time to end its requests than a deploy gives it`;
  return [{ path: [...path, 'instance', 'gracefulShutdown'], sentence }];
}

/** Source: docs.oracle.com, Container Instances Shapes: one VNIC, and 1 to 64 GB for each OCPU. */
function odd(
  { instance: { vnics, ocpus, memory } }: App,
  { instance: { path } }: AppParts,
): readonly Found[] {
  const found: Found[] = [];
  if (vnics.length > 1)
    found.push({
      path: [...path, 'vnics'],
      sentence: `are ${vnics.length}, and OCI’s shapes of container instances take one`,
    });
  if (memory < ocpus || memory > 64 * ocpus)
    found.push({
      path: [...path, 'memory'],
      sentence: `is ${memory} GB; OCI’s shapes take ${ocpus} to ${64 * ocpus} GB with ${ocpus} OCPUs`,
    });
  return found;
}

function connections({ strategy, places }: App, { path, places: written }: AppParts): readonly Found[] {
  if (strategy.type !== 'canary') return [];
  const at = places.findIndex(
    ({ balancer, create }) =>
      balancer.kind === 'network-load-balancer' || (create?.listener && create.listener.protocol !== 'HTTP'),
  );
  if (at < 0) return [];
  const place =
    places[at]?.balancer.kind === 'network-load-balancer' ? 'a network load balancer' : 'a TCP listener';
  const sentence = `shares the connections of ${place} (${pathOf(written[at]?.path)}), not its requests: who is connected stays, and the shares are rough`;
  return [{ path: [...path, 'strategy'], sentence }];
}

function pathOf(path: Path = []): string {
  return path
    .slice(2)
    .map((key) => (typeof key === 'number' ? `[${key}]` : String(key)))
    .join('');
}

function unwatched({ strategy, gates }: App, path: Path): readonly Found[] {
  if (strategy.type !== 'canary' || gates.some(({ observeOnly }) => !observeOnly)) return [];
  if (strategy.steps.every(({ hold }) => hold === 0)) return [];
  const sentence = 'holds its steps, but no gate decides anything: only time would';
  return [{ path: [...path, 'strategy'], sentence }];
}

function idleMinimum({ written: { minimum }, places, path }: AppParts): readonly Found[] {
  if (minimum === undefined || places.length > 0) return [];
  const sentence = 'is about backends, and the app has no loadBalancer';
  return [{ path: [...path, 'minimum'], sentence }];
}

/** OCI says UNKNOWN of the backends of a set that no listener leads to. */
function unheard({ places }: App, { places: written }: AppParts): readonly Found[] {
  return places.flatMap(({ create }, index) => {
    if (!create || create.listener) return [];
    const sentence =
      'makes a set that no listener leads to, and OCI says nothing of its health: a deploy would wait for it in vain, unless one is made meanwhile';
    return [{ path: [...(written[index]?.path ?? []), 'create', 'listener'], sentence }];
  });
}
