import { describe, expect, test } from 'vitest';
import { changed, least, readApps, rightApp } from '../apps.ts';

const gate = { name: 'up', http: 'http://198.51.100.7/healthz' };
const metric = { name: 'errors', metric: 'A[1m].sum()', namespace: 'shop', pass: '< 1' };
const place = least.loadBalancer;

describe('valid, but perhaps not what was meant', () => {
  const canary = 'canary 5 % 10m, 100 %';
  test.each<[string, Parameters<typeof rightApp>[0], readonly string[]]>([
    ['a strategy with gates that are looked at in time', { strategy: canary, gates: [metric] }, []],
    ['less healthy backends than replicas', { replicas: 3, minimum: 2 }, []],
    [
      'containers that end before their connections do',
      { drain: '1m', instance: { gracefulShutdown: '30s' } },
      [
        'instance.gracefulShutdown: is 30 s, shorter than the drain of 1 min: an instance that somebody stops has less time to end its requests than a deploy gives it',
      ],
    ],
    ['a drain that OCI knows no equal of', { drain: '10m', instance: { gracefulShutdown: '5m' } }, []],
    [
      'more network interfaces than OCI gives',
      { instance: { subnet: undefined, vnics: [{ subnet: 'a' }, { subnet: 'b' }] } },
      ['instance.vnics: are 2, and OCI’s shapes of container instances take one'],
    ],
    [
      'less memory than OCI gives',
      { instance: { ocpus: 4, memory: 2 } },
      ['instance.memory: is 2 GB; OCI’s shapes take 4 to 256 GB with 4 OCPUs'],
    ],
    [
      'a canary of connections',
      { strategy: canary, gates: [gate], loadBalancer: [place, { ...place, network: true }] },
      [
        'strategy: shares the connections of a network load balancer (loadBalancer[1]), not its requests: who is connected stays, and the shares are rough',
      ],
    ],
    [
      'a canary behind TCP',
      {
        strategy: canary,
        gates: [gate],
        loadBalancer: { create: { listener: { name: 'tcp', port: 5432, protocol: 'TCP' } } },
      },
      [
        'strategy: shares the connections of a TCP listener (loadBalancer), not its requests: who is connected stays, and the shares are rough',
      ],
    ],
    [
      'a canary that nothing watches',
      { strategy: canary, gates: [{ ...gate, observeOnly: true }] },
      ['strategy: holds its steps, but no gate decides anything: only time would'],
    ],
    ['a canary that holds nothing', { strategy: 'canary 50 %, 100 %' }, []],
    [
      'a minimum of nothing',
      { minimum: 1, loadBalancer: undefined },
      ['minimum: is about backends, and the app has no loadBalancer'],
    ],
    [
      'a set without a listener',
      { loadBalancer: { create: { listener: false } } },
      [
        'loadBalancer.create.listener: makes a set that no listener leads to, and OCI says nothing of its health: a deploy would wait for it in vain, unless one is made meanwhile',
      ],
    ],
    [
      'a metric that is asked for too early',
      { gates: [{ ...metric, delay: '2m' }] },
      [
        'gates[0].delay: is 2 min, and OCI Monitoring often needs 3 min until it has a value: there would be no data, and a person would be asked',
      ],
    ],
    [
      'a metric that does not tell old from new',
      { strategy: canary, gates: [{ ...metric, namespace: 'oci_lbaas' }] },
      [
        'gates[0].metric: counts old and new instances of a backend set together: at 5 % of the traffic, what the new ones do wrong is hardly seen. A metric of the app’s own, with its version as a dimension, tells them apart',
      ],
    ],
    [
      'a step that ends before a gate is looked at',
      { strategy: 'canary 5 % 2m, 100 %', gates: [metric] },
      [
        'gates[0].delay: is looked at 3 min after a step, and the canary leaves 5 % after 2 min: that step passes without it',
      ],
    ],
  ])('%s', (_, change, doubts) => expect(rightApp(change).doubts).toEqual(doubts));

  test('apps whose instances may be mistaken for each other', () => {
    const apps = {
      shop: changed({ find: 'shop-*' }),
      api: changed({ find: 'sh*-api-*' }),
      web: changed({ find: { name: 'shop-web-*' }, compartment: 'shop/web' }),
      store: least,
      'shop-jobs': least,
      tagged: changed({ find: { tags: { team: 'shop' } }, instance: { tags: { x: 'y' } } }),
      carrier: changed({ instance: { tags: { team: 'shop' } } }),
    };
    const { contents } = readApps(apps);
    expect(contents?.warnings.map(({ path, sentence }) => `${path}: ${sentence}`)).toEqual([
      'apps.api.find: may find instances that shop finds too, and a deploy deletes what it finds; tags that differ keep them apart',
      'apps.shop-jobs.find: may find instances that shop finds too, and a deploy deletes what it finds; tags that differ keep them apart',
      'apps.tagged.find: may find instances that shop finds too, and a deploy deletes what it finds; tags that differ keep them apart',
      'apps.carrier.find: may find instances that tagged finds too, and a deploy deletes what it finds; tags that differ keep them apart',
    ]);
  });
});
