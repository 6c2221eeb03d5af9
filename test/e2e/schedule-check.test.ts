import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { bootWorld, type World } from '../support/world.ts';
import { tell } from './scene.ts';

/** What Slack is told of policies that somebody may not have meant. */

const policies = `policies:
  shop-evenings: { what: app=shop env=dev kind:vm, when: Mon-Fri 07:30-20:00 Europe/Amsterdam }
  dev-nights: { what: env=dev kind:vm, when: [Mon-Fri 07:30-15:00 Europe/Amsterdam, Mon-Fri 14:00-22:00 Europe/Amsterdam] }
  release: { what: web-1 env=dev, protect: true }
  always-never: { what: worker-dev-1, when: [always, never] }
  gone: { what: app=gone, when: Mon-Fri 07:30-20:00 Europe/Amsterdam }
  nobody: { what: app=shop env=dev, except: env=dev, when: Mon-Fri 07:30-20:00 Europe/Amsterdam }
`;

let world: World;
beforeAll(async () => {
  const usual = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8');
  world = await bootWorld({ config: usual.replace(/^policies:\n/m, policies) });
});
afterAll(() => world?.stop());

test('a check tells of every oddity with its places', async () => {
  const { shown } = await tell(world, 'schedule check');
  expect(shown).toMatch(/things are odd about \d+ policies, with \d+ resources in sight\./);
  expect(shown).toMatch(/lamplighter\.yml:\d+` gone means nothing that I can see\./);
  expect(shown).toContain('nobody means nothing that I can see: what it says is left out again, as env=dev.');
  expect(shown).toContain(
    'dev-nights says Mon-Fri 07:30-15:00 and Mon-Fri 14:00-22:00, which overlap: they are one window then, up 07:30-22:00.',
  );
  expect(shown).toMatch(
    /always-never says never, which never counts: always says the opposite of the same days/,
  );
  expect(shown).toMatch(
    /lamplighter\.yml:\d+`, `lamplighter\.yml:\d+` shop-evenings and dev-nights are both about/,
  );
  expect(shown).toMatch(/shop-evenings wants down at .* 20:00 Europe\/Amsterdam, when dev-nights wants up/);
  expect(shown).toMatch(
    /shop-evenings and release are both about web-1.*; release wins, since it never stops what it is about, and shop-evenings does not stop it/,
  );
});

test('a file is known by its name, and no other can be handed over', async () => {
  expect((await tell(world, 'schedule check lamplighter.yml')).shown).toMatch(
    /odd about \d+ policies in lamplighter\.yml/,
  );
  const { shown } = await tell(world, 'schedule check policies/new.yml');
  expect(shown).toContain('I was started with no policy in policies/new.yml.');
  expect(shown).toContain('Policies are written in lamplighter.yml. Slack hands me no file');
});
