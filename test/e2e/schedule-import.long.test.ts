import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { tell } from './scene.ts';

/** What resources say in their tags, asked for in Slack. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

test('tags are shown as policies', async () => {
  const { shown } = await tell(world, 'schedule import compartment:data');
  expect(shown).toContain('3 resources carry a schedule in tags: 3 policies.');
  expect(shown).toContain('kind:instance notebook-1');
  expect(shown).toContain('Mon-Fri 07:00-21:00 Europe/Berlin');
  expect(shown).toContain('daily stop 21:00 Europe/Berlin');
  expect(shown).toMatch(/sandpit db[\s\S]*Mon-Fri 06:30-21:30 Europe\/(Amsterdam|Berlin)/);
});

test('what cannot be read is told with its sentence, and what has no such tags too', async () => {
  const [notebook] = await world.oci.resources({ name: 'notebook-1' });
  await world.call('POST', `/control/oci/resources/${notebook?.ocid}`, {
    definedTags: { Schedule: { WeekDay: '0,1' } },
  });
  await world.clock.advance('10s');
  const { shown } = await tell(world, 'schedule import notebook-1');
  expect(shown).toContain('1 that cannot be read');
  expect(shown).toContain('Schedule.WeekDay has 2 values, and a day has 24 hours.');
  expect((await tell(world, 'schedule import env=prod')).shown).toContain(
    'Nothing that matches env=prod says in its tags when it is to be up.',
  );
});
