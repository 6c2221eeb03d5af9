import type { models } from 'oci-loadbalancer';
import { expect, test } from 'vitest';
import { repairs } from '../../../src/oci/repoint/backends.ts';

const backend = (ipAddress: string, port: number, more: Partial<models.Backend> = {}): models.Backend => ({
  name: `${ipAddress}:${port}`,
  ipAddress,
  port,
  weight: 1,
  backup: false,
  drain: false,
  offline: false,
  ...more,
});

function balancer(sets: Readonly<Record<string, readonly models.Backend[]>>): models.LoadBalancer {
  const healthChecker = { protocol: 'HTTP', port: 0, returnCode: 200, responseBodyRegex: '' };
  return {
    id: 'ocid1.loadbalancer.oc1..a',
    displayName: 'edge',
    compartmentId: 'ocid1.compartment.oc1..a',
    timeCreated: new Date(0),
    shapeName: 'flexible',
    lifecycleState: 'ACTIVE' as models.LoadBalancer.LifecycleState,
    backendSets: Object.fromEntries(
      Object.entries(sets).map(([name, backends]) => [
        name,
        { name, policy: 'ROUND_ROBIN', healthChecker, backends: [...backends] },
      ]),
    ),
  };
}

const moved = { from: '10.0.0.5', to: '10.0.0.9' };

test('the new one is made with all that the old one had, before the old one goes', () => {
  const old = backend('10.0.0.5', 8080, { weight: 3, backup: true, drain: true, maxConnections: 300 });
  const settings = { port: 8080, weight: 3, backup: true, drain: true, offline: false, maxConnections: 300 };
  expect(repairs([balancer({ api: [old] })], moved)).toMatchObject([
    { set: 'api', create: { ipAddress: '10.0.0.9', ...settings } },
  ]);
  expect(repairs([balancer({ api: [old, backend('10.0.0.9', 8080)] })], moved)).toMatchObject([
    { set: 'api', remove: '10.0.0.5:8080' },
  ]);
});

test('every set and port is looked at, and what has another address is left alone', () => {
  const sets = {
    api: [backend('10.0.0.5', 8080), backend('10.0.0.5', 8081), backend('10.0.0.6', 8080)],
    admin: [backend('10.0.0.5', 9000), backend('10.0.0.55', 9000)],
    web: [backend('10.0.0.9', 80)],
  };
  const left = repairs([balancer(sets)], moved);
  expect(left.map((each) => ('create' in each ? `${each.set} ${each.create.port}` : each.remove))).toEqual([
    'api 8080',
    'api 8081',
    'admin 9000',
  ]);
  expect(repairs([balancer({ web: sets.web })], moved)).toEqual([]);
});
