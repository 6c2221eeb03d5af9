import { describe, expect, test } from 'vitest';
import type { OtherBackend } from '../../../src/core/deploy/scene.ts';
import { aboutStrangers, strangersOf } from '../../../src/core/deploy/strangers.ts';
import { courseOf } from '../../../src/core/deploy/waves.ts';
import type { Target } from '../../../src/core/target.ts';
import { storeApp } from '../../deploy/shop.ts';
import { scene } from '../../support/deploys.ts';

/** Backends in an app's sets that are at none of its instances. */

const app = storeApp();
const cart = storeApp({ name: 'cart', find: { name: 'cart-*', tags: {}, states: [] } });
const places = scene.places.slice(0, 1);

function other(name: string, more: Partial<OtherBackend> = {}): OtherBackend {
  return {
    place: 0,
    name,
    weight: 1,
    drain: false,
    offline: false,
    backup: false,
    isDeserted: false,
    ...more,
  };
}

function instance(name: string, more: Partial<Target> = {}): NonNullable<OtherBackend['at']> {
  const target: Target = {
    kind: 'container-instance',
    ocid: `ocid1.computecontainerinstance.oc1..${name}`,
    name,
    region: app.region,
    compartment: { ocid: 'ocid1.compartment.oc1..store', path: app.compartment },
    tags: { app: 'store' },
    state: 'ACTIVE',
    ...more,
  };
  return { name, instance: target };
}

describe('a set of several apps', () => {
  const others = [other('10.0.6.9:8080', { at: instance('cart-1') })];

  test('has none that is strange', () => {
    expect(strangersOf(app, [app, cart], others)).toEqual([]);
    expect(strangersOf(app, [app], others)).toEqual(others);
  });

  test('whatever state they are in, but where that app is', () => {
    const off = [other('10.0.6.9:8080', { at: instance('cart-1', { state: 'INACTIVE' }) })];
    expect(strangersOf(app, [app, cart], off)).toEqual([]);
    expect(strangersOf(app, [app, { ...cart, compartment: 'elsewhere' }], off)).toEqual(off);
  });
});

describe('what is said of them', () => {
  const about = (...others: readonly OtherBackend[]) => aboutStrangers(app, places, others, 'the new ones');

  test('names them, and asks for the finder', () => {
    expect(about(other('10.0.6.2:8080', { at: { name: 'old-1' } }), other('10.0.6.3:8080'))).toEqual([
      'api of store-lb has 2 backends that are not of store: 10.0.6.2:8080 (old-1), 10.0.6.3:8080: they stay in traffic beside the new ones; is find of apps.store right?',
    ]);
    expect(about(other('10.0.6.2:8080', { drain: true }))).toEqual([
      'api of store-lb has 1 backend that is not of store: 10.0.6.2:8080: it stays there beside the new ones; is find of apps.store right?',
    ]);
  });

  test('tells those apart at which nothing is, and those of an instance that has failed', () => {
    expect(
      about(
        other('10.0.6.31:8080', { isDeserted: true }),
        other('10.0.6.3:8080', { at: instance('store-2', { state: 'FAILED' }) }),
      ),
    ).toEqual([
      '10.0.6.3:8080 in api of store-lb is of store-2, which is FAILED; it stays there.',
      '10.0.6.31:8080 in api of store-lb is at no instance that I see; its address may be given out again.',
    ]);
  });

  test('and is nothing where there are none, or in another place', () => {
    expect(about()).toEqual([]);
    expect(about(other('10.0.6.2:8080', { place: 1 }))).toEqual([]);
  });
});

test('shares count what stays in traffic beside the new ones', () => {
  const canary = {
    type: 'canary',
    steps: [
      { share: 50, hold: 1_000 },
      { share: 100, hold: 0 },
    ],
  } as const;
  const stages = (strangers: readonly OtherBackend[]) =>
    courseOf({ ...scene, strangers, app: { ...scene.app, strategy: canary } })
      .waves.map(({ stage }) => stage)
      .filter((stage) => /^(Hold|Drain)/.test(stage));
  const six = Array.from({ length: 6 }, (_, at) => other(`10.0.7.${at}:8080`, { weight: 2 }));
  expect(stages([])).toEqual(['Hold at 50 % for 1 s', 'Drain 6 old instances (100 %)']);
  expect(stages([...six, ...six.map((each) => ({ ...each, place: 1 }))])).toEqual([
    'Hold at 50 %, in fact 25 % for 1 s',
    'Drain 6 old instances (100 %, in fact 33 %)',
  ]);
  expect(stages(six)).toEqual([
    'Hold at 50 %, in fact 25 to 50 % for 1 s',
    'Drain 6 old instances (100 %, in fact 33 to 100 %)',
  ]);
  expect(stages(six.map((each) => ({ ...each, isDeserted: true })))[0]).toBe('Hold at 50 % for 1 s');
});
