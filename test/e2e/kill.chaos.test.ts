import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleets } from '../support/fleets.ts';
import { bootWorld, type World } from '../support/world.ts';

/**
 * kill -9 at fifty random moments of a stop of twenty instances. Each time the next process must bring
 * it to its end: every instance stopped, no action sent twice for one step, one message that ends right.
 */

const kills = Number(process.env.KILLS ?? 50);
const size = 20;

let world: World;
beforeAll(async () => {
  world = await bootWorld({ seed: fleets(kills, size) });
});
afterAll(() => world?.stop());

const cards = async () =>
  (await world.channel('ops').messages()).filter(({ text }) => text.includes('stop 20'));

describe('kill -9 in the middle of a stop of twenty', () => {
  test.each(Array.from({ length: kills }, (_, at) => at + 1))('round %i', async (round) => {
    const ana = world.as('ana');
    const before = (await cards()).length;
    await ana.types(`/oci stop app=fleet-${round} env=dev`, { in: 'ops' });
    const card = await world.until(async () => {
      const last = await world.channel('ops').last();
      return last && /asks to stop 20/.test(last.text) ? last : undefined;
    }, 'the card');
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    // the whole operation takes about a second and a half of real time: any moment of it may be hit
    await pause(Math.random() * 1_500);
    await world.bot.kill9();
    await world.bot.ready();

    let looks = 0;
    const done = await world.until(async () => {
      await world.clock.advance('5s');
      // a press that was acknowledged in the very milliseconds before the kill is not recorded yet: Ben presses again
      if (++looks === 20 && / asks to /.test((await world.channel('ops').last())?.text ?? ''))
        await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
      const messages = await world.channel('ops').messages();
      return messages.find(
        ({ ts, text }) => ts === card.ts && /( done in |failed|unresolved|void)/.test(text),
      );
    }, 'the message to end');
    expect(done.text).toMatch(/ done in /);

    const fleet = (await world.oci.resources()).filter(({ name }) => name.startsWith(`fleet-${round}-`));
    expect(fleet.map(({ state }) => state)).toEqual(Array(size).fill('STOPPED'));
    const actions = (await world.oci.requests()).filter(
      ({ operation, status }) => /InstanceAction/.test(operation) && status === 200,
    );
    for (const { ocid } of fleet) expect(actions.filter(({ resource }) => resource === ocid)).toHaveLength(1);
    expect(await cards()).toHaveLength(before + 1);
  });
});
