import type { App, VolumeTemplate } from '../../core/deploy/app.ts';
import type { Env } from '../environment.ts';
import { withoutExtensions } from '../reading/check.ts';
import { isMapping } from '../reading/fields.ts';
import type { Found } from '../reading/found.ts';
import { interpolateAll, isLendable, unlendable, type Variables } from '../reading/interpolate.ts';
import { type Source, within } from '../reading/yaml.ts';
import { present } from '../rules/rules.ts';
import { quietly } from '../schedules/sheets.ts';
import { appDoubts, type ReadApp, sameFinders } from './doubts.ts';
import type { FileSources } from './files.ts';
import { gateOf } from './gates.ts';
import { hookOf, instanceOf, volumesOf } from './instance.ts';
import { type AppParts, partsOf } from './parts.ts';
import { placeOf } from './places.ts';
import { finderOf, type Sight, unsafeApp } from './safety.ts';
import { appSchema, type FileApp } from './schema.ts';

interface ReadApps {
  /** Those that are right, in the order of the file. */
  readonly apps: readonly App[];
  readonly found: readonly Found[];
  /** Of apps that are right. */
  readonly doubts: readonly Found[];
}

/** The apps of a file whose variables are filled in. */
export function readApps(source: Source, sources: FileSources, sight: Sight): ReadApps {
  const read = namesIn(source).map((name) => {
    const path = ['apps', name];
    const parts = partsOf(name, quietly(appSchema, source, path), source, path);
    const content = volumesOf(parts, sources);
    const found = [...unsafeApp(parts, sight), ...content.found];
    const app =
      parts.whole && found.length === 0 ? appOf(parts, parts.whole, content.volumes, sight) : undefined;
    return { parts, found, app };
  });
  const right = read.flatMap(({ app, parts }): readonly ReadApp[] => (app ? [{ app, parts }] : []));
  return {
    apps: right.map(({ app }) => app),
    found: [...read.flatMap(({ found }) => found), ...sameFinders(right)],
    doubts: appDoubts(right),
  };
}

/** The parts of an app in whose strings variables are filled in. */
const filledParts = ['instance', 'before', 'after'];

/** The source with the variables of its apps filled in, and what is wrong with them. */
export function fillApps(
  source: Source,
  env: Env,
): { readonly source: Source; readonly variables: Variables; readonly found: readonly Found[] } {
  const { value: listed } = within(source, ['interpolate']);
  const allowed = Array.isArray(listed) ? listed.map((name) => (isLendable(name) ? name : '')) : [];
  const variables = { env, allowed };
  const found: Found[] = [...unlendable(allowed)];
  const apps = namesIn(source).map((name): [string, unknown] => {
    const { value } = within(source, ['apps', name]);
    const members = Object.entries(Object(value)).map(([key, member]): [string, unknown] => {
      if (!filledParts.includes(key)) return [key, member];
      const read = interpolateAll(withoutExtensions(member), ['apps', name, key], variables);
      found.push(...read.found);
      return [key, read.value];
    });
    return [name, Object.fromEntries(members)];
  });
  if (apps.length === 0) return { source, variables, found };
  const all = { ...Object(within(source, ['apps']).value), ...Object.fromEntries(apps) };
  const value = { ...Object(source.value), apps: all };
  return { source: { ...source, value, written: source.value }, variables, found };
}

/** The names of apps that are mappings: of others nothing can be told but that they are none. */
function namesIn(source: Source): readonly string[] {
  const { value } = within(source, ['apps']);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, app]) =>
    !name.startsWith('x-') && isMapping(app) ? [name] : [],
  );
}

function appOf(
  { name }: AppParts,
  written: FileApp,
  volumes: readonly VolumeTemplate[],
  { regions }: Sight,
): App {
  const { drain, bake, strategy, replicas, channel, compartment, health, spread, before, after } = written;
  const find = finderOf(written.find, name);
  const instance = instanceOf(written.instance, { name, find, drain, volumes });
  const image = instance.containers[0]?.image ?? '';
  return {
    name,
    ...present({ channel }),
    region: written.region ?? regions?.[0] ?? '',
    compartment,
    find,
    instance,
    replicas,
    spread: { ...spread, domains: spread.domains ?? [] },
    places: (written.loadBalancer ?? []).map(placeOf),
    health: { ok: health.ok },
    minimum: written.minimum ?? replicas,
    drain,
    bake,
    strategy,
    ...(before ? { before: hookOf('before', before, image) } : {}),
    ...(after ? { after: hookOf('after', after, image) } : {}),
    gates: written.gates.map(gateOf),
    within: { ...written.within, healthy: health.within },
  };
}
