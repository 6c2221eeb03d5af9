import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSite, type Site, type SiteKind, siteKinds } from '../engine/house.ts';
import { fleets } from '../support/fleets.ts';
import { bootWorld, type World } from '../support/world.ts';

/**
 * kill -9 at fifty random moments of a stop of twenty instances, and at some on PostgreSQL. Each time the next process must
 * bring it to its end: every instance stopped, no action sent twice for one step, one message that ends right.
 */

const kills: Readonly<Record<SiteKind, number>> = { sqlite: Number(process.env.KILLS ?? 50), postgres: 9 };
const size = 20;
/**
 * On PostgreSQL what a process had in hand is its own until its leases have ended, which last 20 s of real time: less of the
 * clock's time must pass meanwhile than deadlines allow.
 */
const patience = { sqlite: { within: 15_000, step: '5s' }, postgres: { within: 60_000, step: '200ms' } };

describe.each(siteKinds)('kill -9 in the middle of a stop of twenty, on %s', (kind) => {
  let site: Site;
  let world: World;
  beforeAll(async () => {
    site = await makeSite(kind);
    world = await bootWorld({
      seed: fleets(kills[kind], size),
      ...(site.url ? { database: site.url } : {}),
    });
  });
  afterAll(async () => {
    await world?.stop();
    await site.remove();
  });

  const cards = async () =>
    (await world.channel('ops').messages()).filter(({ text }) => text.includes('stop 20'));

  test.each(Array.from({ length: kills[kind] }, (_, at) => at + 1))('round %i', async (round) => {
    const ana = world.as('ana');
    const before = (await cards()).length;
    await ana.types(`/oci stop app=fleet-${round} env=dev`, { in: 'ops' });
    const card = await world.until(async () => {
      const last = await world.channel('ops').last();
      return last && /asks to stop 20/.test(last.text) ? last : undefined;
    }, 'the card');
    await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
    // the whole operation takes about a second and a half of real time: any moment of it may be hit; in every third round
    // it is one just after the press was acknowledged
    await pause(Math.random() * (round % 3 === 0 ? 40 : 1_500));
    await world.bot.kill9();
    await world.bot.ready();

    const done = await world.until(
      async () => {
        await world.clock.advance(patience[kind].step);
        const messages = await world.channel('ops').messages();
        return messages.find(
          ({ ts, text }) => ts === card.ts && /( done in |failed|unresolved|void)/.test(text),
        );
      },
      'the message to end',
      patience[kind].within,
    );
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
