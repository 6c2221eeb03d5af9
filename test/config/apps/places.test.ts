import { describe, expect, test } from 'vitest';
import { least, wrongApp } from '../apps.ts';

const place = least.loadBalancer;

describe('load balancers', () => {
  test.each<[Parameters<typeof wrongApp>[0]['x'], string]>([
    [
      'shop-lb',
      'loadBalancer: should be a mapping such as {find: shop-lb, set: api, port: 8080}, or a list of them, but is "shop-lb"',
    ],
    [
      [],
      'loadBalancer: should be a mapping such as {find: shop-lb, set: api, port: 8080}, or a list of them',
    ],
    [{ ...place, prot: 1 }, 'loadBalancer.prot: is not a setting; did you mean port?'],
    [[place, { ...place, prot: 1, set: 'b' }], 'loadBalancer[1].prot: is not a setting; did you mean port?'],
    [{ ...place, port: 0 }, 'loadBalancer.port: should be a whole number from 1 to 65535, but is 0'],
    [[{ ...place, set: 'a b' }], 'loadBalancer[0].set: should be the name of a backend set, but is "a b"'],
    [{ ...place, weight: 101 }, 'loadBalancer.weight: should be a whole number from 1 to 100, but is 101'],
    [{ ...place, find: {} }, 'loadBalancer.find: could be any load balancer; give its name or its tags'],
    [{ ...place, find: '*' }, 'loadBalancer.find: could be any load balancer; give its name or its tags'],
    [[place, place], 'loadBalancer[1]: is there twice: the same load balancer, backend set and port'],
    [
      { ...place, create: 'yes' },
      'loadBalancer.create: should be true, or {policy: …, checker: …, listener: …}, but is "yes"',
    ],
    [
      { ...place, create: { policy: 'five-tuple' } },
      'loadBalancer.create.policy: should be round-robin, least-connections or ip-hash at a load balancer, but is "five-tuple"',
    ],
    [
      { ...place, network: true, create: { policy: 'ip-hash' } },
      'loadBalancer.create.policy: should be five-tuple, three-tuple or two-tuple at a network load balancer, but is "ip-hash"',
    ],
    [
      { ...place, network: true, create: { listener: { name: 'a', port: 80, protocol: 'HTTP' } } },
      'loadBalancer.create.listener.protocol: should be one of TCP, UDP, TCP_AND_UDP, ANY at a network load balancer, but is "HTTP"',
    ],
    [
      { ...place, create: { listener: { name: 'a', port: 80, protocol: 'UDP' } } },
      'loadBalancer.create.listener.protocol: should be one of HTTP, TCP at a load balancer, but is "UDP"',
    ],
    [
      { ...place, create: { listener: { name: 'a' } } },
      'loadBalancer.create.listener.port: is missing; it should be a whole number from 1 to 65535',
    ],
    [
      { ...place, create: { checker: { code: 200 } } },
      'loadBalancer.create.checker.code: should be left out: only http has a status',
    ],
    [
      { ...place, create: { checker: { interval: '5s', timeout: '6s' } } },
      'loadBalancer.create.checker.timeout: is 6 s, longer than the 5 s from one check to the next',
    ],
    [
      { ...place, create: { checker: { interval: '2m' } } },
      'loadBalancer.create.checker: needs 6 min until it believes a backend, and health.within gives it 5 min: every deploy would fail',
    ],
  ])('%j', (loadBalancer, expected) => expect(wrongApp({ loadBalancer })).toEqual([expected]));
});
