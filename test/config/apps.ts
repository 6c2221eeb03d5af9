import type { App } from '../../src/core/deploy/app.ts';
import { file, readAll } from './reading.ts';

/** The least that an app can say. */
export const least = {
  region: 'eu-frankfurt-1',
  compartment: 'shop/prod',
  instance: {
    shape: 'CI.Standard.E4.Flex',
    ocpus: 2,
    memory: 8,
    subnet: 'shop-private',
    containers: [{ name: 'api', image: 'fra.ocir.io/lamplight/shop-api' }],
  },
  loadBalancer: { find: 'shop-lb', set: 'api', port: 8080 },
};

export type Change = { readonly [key: string]: unknown };

interface Around {
  readonly env?: Readonly<Record<string, string>>;
  /** Other settings beside `apps`. */
  readonly beside?: Change;
  readonly files?: Readonly<Record<string, string>>;
}

/** A configuration of these apps, in which JSON is YAML. */
export function readApps(apps: Change, { env = {}, beside = {}, files = {} }: Around = {}) {
  const settings = Object.entries({ ...beside, apps });
  const lines = settings.map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return readAll({ 'lamplighter.yml': file(lines.join('\n')), ...files }, env);
}

/** The least app with the change: mappings are merged, `undefined` takes away. */
export function changed(change: Change, app: Change = least): Change {
  const merged = Object.entries(change).map(([key, value]) => [
    key,
    isMapping(value) && isMapping(app[key]) ? changed(value, app[key]) : value,
  ]);
  return { ...app, ...Object.fromEntries(merged) };
}

/** What is wrong with the app of that change, by its path below the app. */
export function wrongApp(change: Change, around?: Around): string[] {
  const { violations } = readApps({ shop: changed(change) }, around);
  return violations.map(({ path, sentence }) => `${path.replace(/^apps\.shop\.?/, '')}: ${sentence}`);
}

/** The app of that change, and what is doubtful about it. */
export function rightApp(
  change: Change,
  around?: Around,
): { readonly app: App; readonly doubts: readonly string[] } {
  const { contents, violations } = readApps({ shop: changed(change) }, around);
  const [app] = contents?.apps ?? [];
  if (!contents || !app) throw new Error(violations.join('\n'));
  const doubts = contents.warnings.map(
    ({ path, sentence }) => `${path.replace(/^apps\.shop\./, '')}: ${sentence}`,
  );
  return { app, doubts };
}

function isMapping(value: unknown): value is Change {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
