import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/engine/audit.ts';
import {
  draftOf,
  type House,
  house,
  makeSite,
  planOf,
  type Site,
  siteKinds,
  until,
} from '../engine/house.ts';
import { type Relay, relayTo } from '../engine/relay.ts';

describe.skipIf(!siteKinds.includes('postgres'))(
  'a PostgreSQL that goes away (needs TEST_DATABASE_URL)',
  () => {
    let site: Site;
    let line: Relay;
    let at: House;
    beforeEach(async () => {
      site = await makeSite('postgres');
      line = await relayTo(site.url ?? '');
      at = await house({ ...site, url: line.url });
    });
    afterEach(async () => {
      await at.close();
      await line.close();
      await site.remove();
    });

    it.each(['before', 'after'] as const)(
      'loses and doubles nothing when COMMITs are cut off %s they take effect',
      async (when) => {
        const targets = Array.from({ length: 12 }, (_, each) => at.cloud.add(`web-${each}`));
        line.cutEvery(4, when);
        const made = await Promise.all(targets.map((target) => at.engine.propose(draftOf(planOf([target])))));
        expect(new Set(made.map(({ id }) => id)).size).toBe(12);
        expect(await verifyAudit(at.store)).toEqual({ entries: 12 });
        await at.engine.start();
        const ended = await Promise.all(made.map(({ id }) => until(at.engine, id)));
        expect(ended.every(({ status }) => status === 'succeeded')).toBe(true);
        expect(at.cloud.calls).toHaveLength(12);
        const history = await at.engine.history({ limit: 1_000 });
        expect(history.filter(({ event }) => event === 'acted')).toHaveLength(12);
        expect((await verifyAudit(at.store)).fault).toBeUndefined();
      },
    );

    it('goes on where it was when the server is back', async () => {
      await at.engine.start();
      at.cloud.pace = 200;
      const targets = Array.from({ length: 8 }, (_, each) => at.cloud.add(`web-${each}`));
      const { id } = await at.engine.propose(draftOf(planOf(targets, { waves: 2 })));
      await until(at.engine, id, ({ steps }) => steps.some(({ state }) => state === 'running'));
      for (let each = 0; each < 3; each++) {
        line.away(true);
        await pause(150);
        line.away(false);
        await pause(100);
      }
      expect((await until(at.engine, id)).status).toBe('succeeded');
      expect(at.cloud.calls).toHaveLength(8);
      expect((await verifyAudit(at.store)).fault).toBeUndefined();
    });
  },
);
