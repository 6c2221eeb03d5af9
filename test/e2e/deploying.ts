import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { packageRoot } from '../../src/root.ts';
import { type Fields, isFields, type Seen } from '../support/seen.ts';
import type { World } from '../support/world.ts';
import { again } from './scene.ts';

/** The sandbox's configuration with what a test wants of its apps. */
export function withApps(change: (store: Fields) => Readonly<Record<string, Fields>>): string {
  const file: unknown = parse(readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8'), {
    merge: true,
  });
  const apps = isFields(file) && isFields(file.apps) ? file.apps : {};
  const store = isFields(apps.store) ? apps.store : {};
  return stringify({ ...(isFields(file) ? file : {}), apps: { store, ...change(store) } });
}

/** A worker that nobody calls, quick to deploy: a hook before it, and the leads are asked at the end. */
export function kiosk(store: Fields, more: Fields = {}): Fields {
  const { loadBalancer: _, ...rest } = store;
  return {
    ...rest,
    find: { name: 'kiosk-*', tags: { app: 'kiosk' } },
    replicas: 1,
    minimum: 0,
    drain: '0s',
    bake: '5s',
    strategy: 'blue-green',
    before: { image: 'fra.ocir.io/lamplight/migrate:exit-0-after-2s', within: '5m' },
    gates: [{ name: 'look', person: ['S0LEADS0000'] }],
    ...more,
  };
}

/** Moves the clock on until the message reads so. */
export async function reads(
  world: World,
  card: Seen,
  pattern: RegExp,
  step = '10s',
  channel = 'ops',
): Promise<Seen> {
  return world.until(
    async () => {
      const now = await again(world, card, channel);
      if (pattern.test(now.text)) return now;
      await world.clock.advance(step);
      return undefined;
    },
    `${pattern} on the message “${card.text}”`,
    60_000,
  );
}
