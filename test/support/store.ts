import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.ts';

/** The sandbox's store as an app that is deployed in seconds of its clock, by each strategy, with or without gates. */
export function storeConfig({ gates }: { readonly gates: boolean }): string {
  const text = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8');
  const [before = '', rest = ''] = text.split(/^apps:\n/m);
  const after = rest.slice(rest.search(/^# Edges act/m));
  return `${before.replace(/ask:\n {6}from: \[\*oncall\]\n {6}within: 1h\n\n {2}- name: prod needs two/, 'allow: true\n\n  - name: prod needs two')}apps:
  store:
    region: eu-frankfurt-1
    compartment: store
    find: { name: 'store-*', tags: { app: store } }
    instance:
      shape: CI.Standard.E4.Flex
      ocpus: 1
      memory: 4
      subnet: sn-store
      gracefulShutdown: 30s
      containers: [{ name: store, image: fra.ocir.io/lamplight/store }]
      tags: { env: stage, tier: api }
    replicas: 3
    loadBalancer: { find: store-lb, set: store, port: 8080 }
    minimum: 3
    health: { ok: 2, within: 2m }
    drain: 2s
    bake: 10s
    strategy: blue-green
${
  gates
    ? `    gates:
      - { name: answers, http: 'http://{ip}:8080/', code: 200, every: 1s, delay: 0s, failures: 0 }
`
    : ''
}
${after}`;
}
