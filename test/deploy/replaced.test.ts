import { afterEach, expect, test } from 'vitest';
import { type Rig, rig } from './rig.ts';
import { seed } from './shop.ts';

/** What the first deploy keeps of what was there before it. */

let at: Rig;
afterEach(() => at?.close());

test('the image of what was not deployed through the bot is kept, by what its tag means now', async () => {
  at = await rig();
  const { release, consequences } = await at.plan();
  const { image, digest, ...replaced } = release?.replaces ?? {};
  expect(replaced).toEqual({ version: 0 });
  expect(image).toBe('fra.ocir.io/lamplight/store:1.0.0');
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(consequences[0]).toContain('replace store-1, store-2, store-3 (1.0.0).');
  expect(consequences).toContain(
    `store-1, store-2, store-3 were not deployed through me, and their image is named by its tag: rollback brings back what 1.0.0 means now (${digest?.slice(0, 19)}…).`,
  );
});

test('instances of different images have nothing to go back to, and the card says so', async () => {
  const other = `  - name: 'store-x'
    region: eu-frankfurt-1
    compartment: store
    tags: { app: store }
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/store:1.1.0' }]
`;
  at = await rig({}, { seed: seed.replace('loadBalancers:', `${other}loadBalancers:`) });
  const { release, consequences } = await at.plan();
  expect(release?.replaces).toBeUndefined();
  expect(consequences).toContain(
    'store-1, store-2, store-3, store-x were not deployed through me and run different images (1.0.0, 1.1.0): rollback cannot bring them back.',
  );
});
