import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { kiosk, reads, withApps } from './deploying.ts';
import { again, ask, heard, tell } from './scene.ts';

/** What a way back leaves behind, as people see it: the list on the message, and the buttons that see to it. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    config: withApps((store) => {
      const { before: _, ...app } = kiosk(store);
      return { kiosk: app };
    }),
  });
});
afterAll(() => world?.stop());

const press = (label: string, ts: string, by = 'ana') => world.as(by).clicks(label, { in: 'ops', ts });
const up = async () =>
  (await world.oci.resources())
    .filter(({ name, state }) => name.startsWith('kiosk-') && state === 'ACTIVE')
    .map(({ name }) => name);
/** Called off, and one deletion is refused. */
const leaves = async (version: number) => {
  const card = await ask(world, 'deploy kiosk image=1.4.1');
  await press('Approve', card.ts, 'ben');
  await reads(world, card, /waits for a word/);
  await world.oci.faults({
    operation: 'ContainerInstance.DeleteContainerInstance',
    resource: `kiosk-v${version}-1`,
    status: 404,
    for: '9h',
  });
  await press('Abort', card.ts);
  const left = await reads(world, card, /something is left behind/);
  await world.call('DELETE', '/control/oci/faults');
  return left;
};
const asked = (pattern: RegExp) =>
  world.until(async () => {
    const card = (await world.channel('ops').messages()).find(({ text }) => pattern.test(text));
    if (!card) await world.clock.advance('1s');
    return card;
  }, `a card of ${pattern}`);

test('is finished by a button, and then its buttons are gone', async () => {
  const before = await up();
  const left = await leaves(1);
  expect(left.shown).toMatch(/Left behind, for somebody to look at:\n• Delete kiosk-v1-1: .*\(404 /);
  expect(left.buttons).toEqual(['Finish taking it back', 'Show each step', 'Retire kiosk-v1-1']);
  expect(await up()).toEqual([...before, 'kiosk-v1-1']);

  const dry = await heard(world, 'ana', () => press('Show each step', left.ts));
  expect(dry.text).toMatch(
    /^Dry run: finish taking back op-\d+ \(deploy kiosk 1\.4\.1\)\. Nothing was changed\.$/,
  );
  expect(dry.shown).toContain('kiosk-v1-1 is deleted.');
  await press('Finish taking it back', left.ts);
  const next = await asked(/asks to finish taking back/);
  const twice = await heard(world, 'ben', () => press('Finish taking it back', left.ts, 'ben'));
  expect(twice.shown).toMatch(/op-\d+ is to finish it already, and waits to be approved\./);
  await press('Approve', next.ts, 'ben');
  await reads(world, next, / done in /);
  const end = await world.until(async () => {
    const now = await again(world, left);
    await world.clock.advance('1s');
    return now.buttons.length === 0 && now;
  }, 'the buttons to go');
  expect(end.shown).toMatch(/Left behind, and finished since by `op-\d+`:/);
  expect(await up()).toEqual(before);
  expect((await tell(world, 'releases kiosk')).shown).toMatch(/version 1, 1\.4\.1\* – was taken back/);
  expect((await tell(world, 'deploy finish kiosk')).shown).toContain(
    'No deploy of kiosk has left anything behind.',
  );
});

test('may be retired one by one, and then there is nothing to finish', async () => {
  const before = await up();
  const left = await leaves(2);
  await press('Retire kiosk-v2-1', left.ts);
  const card = await asked(/asks to retire kiosk-v2-1/);
  await press('Approve', card.ts, 'ben');
  await reads(world, card, / done in /);
  expect(await up()).toEqual(before);
  const late = await heard(world, 'ana', () => press('Finish taking it back', left.ts));
  expect(late.shown).toMatch(/Nothing is left of what op-\d+ left behind: kiosk-v2-1 is gone\./);
});
