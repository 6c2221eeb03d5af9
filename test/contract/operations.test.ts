import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planDigest } from '../../src/engine/digest.ts';
import { verifyAudit } from '../../src/engine/audit.ts';
import { ana, ben, draftOf, type House, house, makeSite, oneApproval, planOf, type Site, siteKinds, until } from '../engine/house.ts';

describe.each(siteKinds)('operations on %s', (kind) => {
  let site: Site;
  let at: House;
  beforeEach(async () => {
    site = await makeSite(kind);
    at = await house(site);
    await at.engine.start();
  });
  afterEach(async () => {
    await at.close();
    await site.remove();
  });

  it('runs a plan that needs no approval and records it', async () => {
    const plan = planOf([at.cloud.add('web-1'), at.cloud.add('web-2')]);
    const proposed = await at.engine.propose(draftOf(plan));
    expect(proposed).toMatchObject({ id: 'op-1', status: 'queued', digest: planDigest(plan) });
    const done = await until(at.engine, proposed.id);
    expect(done.status).toBe('succeeded');
    expect(done.steps.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ]);
    expect(at.cloud.acts.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
    const events = (await at.engine.history({ about: 'op-1', limit: 20 })).map(({ event }) => event).reverse();
    expect(events[0]).toBe('queued');
    expect(events.at(-1)).toBe('finished');
    expect(events.filter((event) => event === 'acted')).toHaveLength(2);
    expect(await verifyAudit(at.store)).toEqual({ entries: events.length });
  });

  it('waits for an approval and runs when it comes', async () => {
    const plan = planOf([at.cloud.add('web-1')]);
    const { id, digest } = await at.engine.propose(draftOf(plan, { asks: [oneApproval] }));
    const own = await at.engine.press(id, { by: ana, verdict: 'approve', digest }, 'p1');
    expect(own.ruling.state).toBe('refused');
    const { ruling } = await at.engine.press(id, { by: ben, verdict: 'approve', digest }, 'p2');
    expect(ruling.state).toBe('approved');
    expect((await until(at.engine, id)).status).toBe('succeeded');
  });
});
