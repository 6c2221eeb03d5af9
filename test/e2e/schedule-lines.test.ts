import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain } from '../support/plain.ts';
import { bootWorld, type World } from '../support/world.ts';
import { heard, tell } from './scene.ts';

/** What can be typed of schedules where no policy is written. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ config: plain });
});
afterAll(() => world?.stop());

test('a family answers with what can follow its first word, and a wrong second word with the right one', async () => {
  for (const line of ['schedule', 'schedule --help', 'help schedule'])
    expect((await tell(world, line)).shown).toMatch(/schedule pause[\s\S]*schedule <?|schedule show/);
  expect((await tell(world, 'schedule lst')).shown).toContain('Did you mean schedule list?');
  expect((await tell(world, 'shedule list')).shown).toContain('schedule');
  expect((await tell(world, 'schedule list --help')).shown).toContain('schedule list: list the policies');
});

test('where no policy is written, that is what is said', async () => {
  expect((await tell(world, 'schedule list')).shown).toContain('No policy is written.');
  expect((await tell(world, 'schedule show dev')).shown).toContain('There is no policy dev.');
  expect((await tell(world, 'schedule pause dev --until 22:00')).shown).toContain('There is no policy dev.');
  expect((await tell(world, 'why web-1')).shown).toContain('no policy is about it');
  expect((await tell(world, 'schedule next web-1')).shown).toContain('0 of 1 resource has a schedule.');
});

test('a dry run of keep says the moment with its zone, and what would be done', async () => {
  const line = 'keep shop-dev-api on until 2027-01-01 08:00 because of the demo --dry-run';
  const { shown } = await tell(world, line);
  expect(shown).toContain('keep shop-dev-api on until Fri 1 Jan 08:00 Europe/Amsterdam');
  expect(shown).toContain('Because: of the demo');
  expect((await tell(world, 'keep shop-dev-api on until 25:00')).shown).toContain('There is no time 25:00.');
  expect((await tell(world, 'keep shop-dev-api on')).shown).toContain('Until when?');
  expect((await tell(world, 'keep shop-dev-api end --dry-run')).shown).toContain(
    'shop-dev-api (nobody keeps it)',
  );
});

test('a bare keep opens its form, and what is filled in runs as a line', async () => {
  await world.as('ana').types('/oci keep', { in: 'ops' });
  const view = await world.until(async () => (await world.as('ana').views()).at(-1), 'the form of keep');
  expect(JSON.stringify(view.raw)).toContain('datetimepicker');
  const target = { text: { type: 'plain_text', text: 'shop-dev-api' }, value: 'shop-dev-api' };
  const { shown } = await heard(world, 'ana', () =>
    world.as('ana').submits({
      'type-ahead:targets': [target],
      pick: 'on',
      moment: Date.parse('2027-01-01T07:00Z') / 1000,
      text: 'the demo',
      switches: ['dry-run'],
    }),
  );
  expect(shown).toContain('keep shop-dev-api on until Fri 1 Jan 08:00');
  expect(shown).toContain('Because: the demo');
});
