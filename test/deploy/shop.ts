import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../../src/config/load.ts';
import type { App, Place } from '../../src/core/deploy/app.ts';

/** A small shop: three instances of version 1.0.0 behind a load balancer. */
export const seed = `
tenancy: lamplight
user: { name: lamplighter-bot, email: lamplighter@lamplight.example }
regions:
  - { name: eu-frankfurt-1, key: FRA, domains: 3 }
compartments:
  store: { description: Where people buy }
repositories:
  - name: store
    region: eu-frankfurt-1
    compartment: store
    images: [{ tags: ['1.0.0'] }, { tags: ['1.1.0'] }, { tags: ['1.2.0'] }]
containerInstances:
  - name: 'store-{n}'
    count: 3
    region: eu-frankfurt-1
    compartment: store
    tags: { app: store, env: prod }
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/store:1.0.0' }]
loadBalancers:
  - name: store-lb
    region: eu-frankfurt-1
    compartment: store
    backendSets: { store: { backends: ['store-1:8080', 'store-2:8080', 'store-3:8080'] } }
    listeners: { http: { port: 80, backendSet: store } }
`;

/** The same behind a network load balancer. */
export const networkSeed = seed
  .replace('loadBalancers:', 'networkLoadBalancers:')
  .replace('name: store-lb', 'name: store-nlb');

const file = `
version: 1
rules: [{ name: all, who: [anyone], commands: ['*'], allow: true }]
apps:
  store:
    region: eu-frankfurt-1
    compartment: store
    find: { name: 'store-*', tags: { app: store } }
    instance:
      shape: CI.Standard.E4.Flex
      ocpus: 1
      memory: 4
      gracefulShutdown: 30s
      subnet: sn-store
      containers: [{ name: api, image: fra.ocir.io/lamplight/store }]
      tags: { env: prod }
    replicas: 3
    loadBalancer: { find: store-lb, set: store, port: 8080 }
    minimum: 2
    drain: 10s
    bake: 30s
    strategy: blue-green
`;

/** As lamplighter.yml describes it, with what a test wants otherwise. */
export function storeApp(more: Partial<App> = {}): App {
  return { ...appIn(file), ...more };
}

/** The only app of a lamplighter.yml; `files` are those beside it by name. */
export function appIn(text: string, files: Readonly<Record<string, string>> = {}, env = {}): App {
  const folder = mkdtempSync(join(tmpdir(), 'lamplighter-app-'));
  try {
    for (const [name, content] of Object.entries({ ...files, 'lamplighter.yml': text }))
      writeFileSync(join(folder, name), content);
    const { settings } = loadSettings({ env, cwd: folder, commands: [], now: 0, slack: false });
    const [app] = settings.apps;
    if (!app) throw new Error('no app');
    return app;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The app behind the network load balancer, with what a test wants otherwise of its place. */
export function networkPlaces(more: Partial<Place> = {}): readonly Place[] {
  return storeApp().places.map((place) => ({
    ...place,
    balancer: { ...place.balancer, kind: 'network-load-balancer', name: 'store-nlb' },
    ...more,
  }));
}
