import { describe, expect, test } from 'vitest';
import { wrongApp } from '../apps.ts';

const gate = { name: 'up', http: 'http://198.51.100.7/healthz' };
const metric = { name: 'errors', metric: 'A[1m].sum()', namespace: 'shop', pass: '< 1' };

describe('gates', () => {
  const one = 'should be given exactly one of metric, http, health or person';
  test.each<[object, string]>([
    [{ name: 'none' }, `gates[0]: ${one}`],
    [{ ...gate, health: true }, `gates[0]: ${one}`],
    [{ http: gate.http }, 'gates[0].name: is missing; it should be a name of letters, digits and hyphens'],
    [
      { ...gate, http: '198.51.100.7' },
      'gates[0].http: should be an address such as http://198.51.100.7/healthz, but is "198.51.100.7"',
    ],
    [{ ...gate, http: 'http://a:b/' }, 'gates[0].http: "http://a:b/" is not an address'],
    [
      { ...gate, http: 'http://{host}/' },
      'gates[0].http: has {host}, which stands for nothing; known here: {app}, {version}, {tag}, {region}, {ip}',
    ],
    [{ ...gate, pass: '< 1' }, 'gates[0].pass: should be left out: it belongs to metric'],
    [{ ...metric, code: 200 }, 'gates[0].code: should be left out: it belongs to http'],
    [
      { ...metric, namespace: undefined },
      'gates[0].namespace: is missing; it should be a namespace of OCI Monitoring such as oci_lbaas',
    ],
    [{ ...metric, pass: undefined }, 'gates[0].pass: is missing; it should be a threshold such as "< 1"'],
    [{ ...metric, pass: 'low' }, 'gates[0].pass: "low" is not a threshold such as < 1, >= 99.5 or == 0'],
    [
      { ...metric, pass: 1 },
      'gates[0].pass: should be a threshold such as "< 1", ">= 99.5" or "== 0", but is 1',
    ],
    [
      { ...metric, pass: '< 5', fail: '> 1' },
      'gates[0].fail: is > 1, and pass is < 5: some values would be both',
    ],
    [
      { ...metric, pass: '== 0' },
      'gates[0].fail: is missing; pass is == 0, which leaves open what is a failure',
    ],
    [
      { ...metric, metric: 'A[1m]{version = "{verison}"}.sum()' },
      'gates[0].metric: has {verison}, which stands for nothing; did you mean {version}?',
    ],
    [{ name: 'a', health: false }, 'gates[0].health: should be true, or left out, but is false'],
    [
      { name: 'a', person: [] },
      'gates[0].person: should be a list of member ids and user group ids, at least one',
    ],
    [
      { name: 'a', person: 'S012ONCAL' },
      'gates[0].person: should be a list of member ids and user group ids, or true, but is "S012ONCAL"',
    ],
    [
      { ...metric, delay: '9m30s' },
      'gates[0]: is looked at 9 min 30 s after a step and every 1 min, but nothing lasts longer than the bake of 10 min: it would decide nothing',
    ],
    [{ ...gate, failures: -1 }, 'gates[0].failures: should be a whole number from 0 to 100, but is -1'],
  ])('%j', (written, expected) => expect(wrongApp({ gates: [written] })).toEqual([expected]));

  test('a name that two have', () => {
    expect(wrongApp({ gates: [gate, { name: 'up', health: true }] })).toEqual([
      'gates[1].name: "up" is the name of two gates; give each its own',
    ]);
  });

  test('a load balancer is asked that is not there', () => {
    expect(wrongApp({ loadBalancer: undefined, gates: [{ name: 'up', health: true }] })).toEqual([
      'gates[0].health: asks the load balancer, and the app has no loadBalancer',
    ]);
  });

  test('a step of a canary leaves a gate its time, where the bake does not', () => {
    const strategy = 'canary 5 % 20m, 100 %';
    expect(wrongApp({ bake: '0s', strategy, gates: [metric] })).toEqual([]);
    expect(wrongApp({ bake: '0s', strategy: 'canary 5 % 2m, 100 %', gates: [metric] })).toEqual([
      'gates[0]: is looked at 3 min after a step and every 1 min, but nothing lasts longer than the longest step of 2 min: it would decide nothing',
    ]);
  });
});
