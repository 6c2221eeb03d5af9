import type { Released } from '../../src/core/deploy/release.ts';
import type { Serving, ServingBackend, ServingInstance } from '../../src/core/deploy/serving.ts';
import { type AppNow, describeApp } from '../../src/core/describe-app.ts';
import type { Report } from '../../src/core/report.ts';
import { deployOperations, scene } from './deploys.ts';

/** An app of six instances in two places as a value, in every state in which somebody asks how it is. */

const { app, places } = scene;
const at = Date.UTC(2026, 3, 6, 9, 30);

export function released(version: number, tag: string, more: Partial<Released> = {}): Released {
  return {
    app: app.name,
    version,
    image: `fra.ocir.io/lamplight/store:${tag}`,
    digest: `sha256:${'ab9f36299520'.repeat(5)}e446`,
    environment: {},
    strategy: 'blue-green',
    made: {},
    operation: `op-${70 + version}`,
    by: 'U0ANAPETROV',
    at: at + version * 3_600_000,
    outcome: 'succeeded',
    finishedAt: at + version * 3_600_000 + 240_000,
    ...more,
  };
}

/** An instance of a version, or one that others made; in traffic and healthy, unless it is said otherwise. */
export function instance(
  name: string,
  version: number | undefined,
  {
    state = 'ACTIVE',
    image,
    ...backend
  }: Partial<ServingBackend> &
    Partial<Pick<ServingInstance, 'image'>> & {
      readonly state?: string;
    } = {},
): ServingInstance {
  const ip = `10.0.6.${10 + Number(name.split('-').at(-1))}`;
  return {
    target: {
      kind: 'container-instance',
      ocid: `ocid1.computecontainerinstance.oc1..${name}`,
      name,
      region: app.region,
      compartment: { ocid: 'ocid1.compartment.oc1..store', path: app.compartment },
      tags: version === undefined ? {} : { 'lamplighter-app': app.name, 'lamplighter-version': `${version}` },
      state,
    },
    ...(image === undefined ? {} : { image }),
    backends: places.map((_place, place) => ({
      place,
      name: `${ip}:8080`,
      port: 8080,
      weight: 1,
      backup: false,
      drain: false,
      offline: false,
      health: 'OK',
      ...backend,
    })),
  };
}

/** `store-v2-1` to `store-v2-6`. */
function six(version: number, more: Parameters<typeof instance>[2] = {}): readonly ServingInstance[] {
  return Array.from({ length: 6 }, (_, n) => instance(`store-v${version}-${n + 1}`, version, more));
}

export function appNow(
  instances: readonly ServingInstance[],
  {
    others = [],
    faults = [],
    places: found = places,
    ...more
  }: Partial<Omit<AppNow, 'serving'> & Serving> = {},
): AppNow {
  return {
    app,
    serving: { instances, places: found, others, faults },
    releases: [released(2, '1.4.2'), released(1, '1.4.1')],
    busy: [],
    ...more,
  };
}

const canary = released(3, '1.5.0', { strategy: 'canary 1 % 10m, 25 % 10m, 100 %', operation: 'op-81' });
const { outcome: _, finishedAt: __, ...underWay } = canary;

export const appReports: Readonly<Record<string, Report>> = Object.fromEntries(
  Object.entries({
    well: appNow(six(2)),
    canary: appNow([...six(2, { weight: 17 }), instance('store-v3-1', 3)], {
      releases: [underWay, released(2, '1.4.2')],
      busy: [deployOperations.running],
    }),
    baking: appNow([...six(2, { drain: true, offline: true }), ...six(3)], {
      releases: [underWay, released(2, '1.4.2')],
      busy: [deployOperations.asking],
    }),
    asked: appNow(six(2), { busy: [deployOperations.card] }),
    locked: appNow(six(2), { hold: { by: 'U0DANAWEISS', at, because: 'the sale <!channel> is on' } }),
    sick: appNow([
      instance('store-v2-1', 2),
      instance('store-v2-2', 2, { health: 'CRITICAL' }),
      { ...instance('store-v2-3', 2, { state: 'FAILED' }), backends: [] },
      instance('store-v2-4', 2, { drain: true }),
      { ...instance('store-v2-5', 2), backends: [] },
    ]),
    'not-mine': appNow(
      [1, 2, 3, 4, 5, 6].map((n) =>
        instance(`store-${n}`, undefined, { image: 'fra.ocir.io/lamplight/store:1.4.1' }),
      ),
      { releases: [] },
    ),
    retired: appNow([]),
    strangers: appNow(six(2), {
      others: ['10.0.6.31:8080', '10.0.6.40:8080'].map((name) => ({ place: 0, name })),
    }),
    'no-balancer': appNow(
      six(2).map((each) => ({ ...each, backends: [] })),
      { places: [], faults: ['No load balancer is called store-lb in store.'] },
    ),
  }).map(([name, now]) => [name, describeApp(now)]),
);
