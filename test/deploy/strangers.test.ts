import { afterEach, expect, test } from 'vitest';
import { planDeploy } from '../../src/deploying/planning.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import { type Rig, rig } from './rig.ts';
import { seed, storeApp } from './shop.ts';

/** Backends in an app's set that belong to none of its instances. */

let at: Rig;
afterEach(() => at?.close());

test('a mistyped finder is seen on the card: what is there stays in traffic, and shares count it', async () => {
  at = await rig({ find: { name: 'stroe-*', tags: {}, states: [] } });
  const { consequences, stages } = await at.plan({ strategy: 'canary 40 % 1m, 100 %' });
  expect(consequences[0]).toMatch(/: I find no instance of store, so that nothing is replaced\.$/);
  expect(consequences).toContainEqual(
    expect.stringMatching(
      /^store of store-lb has 3 backends that are not of store: 10\.0\.\d+\.\d+:8080 \(store-1\), .* \(store-3\): they stay in traffic beside the new ones; is find of apps\.store right\?$/,
    ),
  );
  expect(stages).toContainEqual(expect.stringMatching(/\(100 %, in fact 50 %\)$/));
});

test('a backend that was left behind is told where it is deployed and where it is retired', async () => {
  at = await rig();
  const { targets } = await at.at.cloud.reader.deploys.survey(at.app);
  const gone = targets.at(-1);
  if (!gone) throw new Error('three instances');
  await at.at.edit(gone, { state: 'DELETED' });
  const left = expect.stringMatching(
    /^10\.0\.\d+\.\d+:8080 in store of store-lb is at no instance that I see; its address may be given out again\.$/,
  );
  expect((await at.plan()).consequences).toContainEqual(left);
  expect((await planRetire(at.look, { what: 'store' })).consequences).toContainEqual(left);
  expect((await planRetire(at.look, { what: 'store' })).consequences.join()).not.toContain('not of store');
});

test('a set that two apps share has no strangers', async () => {
  const cart = storeApp({ name: 'cart', find: { name: 'cart-*', tags: {}, states: [] } });
  at = await rig(
    {},
    {
      seed: seed
        .replace('loadBalancers:', `${instance('cart')}loadBalancers:`)
        .replace("['store-1:8080'", "['cart-1:8080', 'store-1:8080'"),
    },
  );
  const wish = { app: 'store', image: '1.1.0', environment: {} };
  const both = { ...at.look, deploys: { ...at.look.deploys, apps: [at.app, cart] } };
  expect((await planDeploy(both, wish)).consequences.join()).not.toContain('cart-1');
  expect((await planDeploy(at.look, wish)).consequences.join()).toMatch(
    /store of store-lb has 1 backend that is not of store: \S+ \(cart-1\): it stays in traffic/,
  );
});

function instance(name: string): string {
  return `  - name: '${name}-1'
    region: eu-frankfurt-1
    compartment: store
    tags: { app: ${name} }
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/store:1.0.0' }]
`;
}
