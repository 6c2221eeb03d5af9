import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../src/core/actor.ts';
import type { Ask } from '../../src/core/approval.ts';
import { verifyAudit } from '../../src/engine/audit.ts';
import {
  ana,
  ben,
  cleo,
  draftOf,
  type House,
  hour,
  house,
  makeSite,
  oneApproval,
  planOf,
  type Site,
  siteKinds,
} from '../engine/house.ts';

describe.each(siteKinds)('presses on %s', (kind) => {
  let site: Site;
  let at: House;
  beforeEach(async () => {
    site = await makeSite(kind);
    at = await house(site);
  });
  afterEach(async () => {
    await at.close();
    await site.remove();
  });

  const ask = async (asks: readonly Ask[] = [oneApproval], name = 'web-1') =>
    at.engine.propose(draftOf(planOf([at.cloud.add(name)]), { asks }));
  const approve = (id: string, digest: string, by: Actor, key: string) =>
    at.engine.press(id, { by, verdict: 'approve', digest }, key);

  it('gives 1,000 simultaneous double approvals 1,000 single winners', async () => {
    const target = at.cloud.add('web-1');
    const asked = [];
    for (let each = 0; each < 1_000; each++)
      asked.push(await at.engine.propose(draftOf(planOf([target]), { asks: [oneApproval] })));
    const rulings = await Promise.all(
      asked.flatMap(({ id, digest }) =>
        [ben, cleo].map(async (by) => {
          const { ruling } = await approve(id, digest, by, `${id}-${by.user}`);
          return { id, by: by.user, state: ruling.state };
        }),
      ),
    );
    for (const { id } of asked) {
      const states = rulings.filter((each) => each.id === id).map(({ state }) => state);
      expect(states.sort()).toEqual(['approved', 'refused']);
    }
    const queued = await at.engine.list({ status: ['queued'], limit: 2_000 });
    expect(queued).toHaveLength(1_000);
    expect(queued.every(({ approval }) => approval?.decisions.length === 1)).toBe(true);
    expect((await verifyAudit(at.store)).fault).toBeUndefined();
  }, 60_000);

  it('answers the same press the same, also after it was decided', async () => {
    const { id, digest } = await ask();
    const first = await approve(id, digest, ben, 'press-1');
    const again = await approve(id, digest, ben, 'press-1');
    expect(again.ruling).toEqual(first.ruling);
    expect(again.operation.approval?.decisions).toHaveLength(1);
  });

  it('tells who comes too late who was first', async () => {
    const { id, digest } = await ask();
    await approve(id, digest, ben, 'a');
    const { ruling } = await approve(id, digest, cleo, 'b');
    expect(ruling).toMatchObject({ state: 'refused', decided: { by: 'UBEN', verdict: 'approve' } });
    expect(ruling).toMatchObject({ because: expect.stringMatching(/^UBEN was first: it was approved at /) });
  });

  it('counts two people where two are asked, and one person once', async () => {
    const { id, digest } = await ask([{ ...oneApproval, count: 2 }]);
    expect((await approve(id, digest, ben, 'a')).ruling).toMatchObject({ state: 'counted', missing: 1 });
    expect((await approve(id, digest, ben, 'b')).ruling.state).toBe('refused');
    expect((await at.engine.get(id))?.status).toBe('waiting');
    const { ruling, operation } = await approve(id, digest, cleo, 'c');
    expect(ruling.state).toBe('approved');
    expect(operation.approval?.decisions.map(({ by }) => by)).toEqual(['UBEN', 'UCLEO']);
  });

  it('refuses the requester, a stranger and another plan, and changes nothing', async () => {
    const { id, digest } = await ask();
    const eve = { kind: 'slack', user: 'UEVE', team: 'T1', groups: [] } as const satisfies Actor;
    for (const [by, what] of [
      [ana, digest],
      [eve, digest],
      [ben, 'f'.repeat(64)],
    ] as const)
      expect((await approve(id, what, by, `${by.user} ${what}`)).ruling.state).toBe('refused');
    expect(await at.engine.get(id)).toMatchObject({ status: 'waiting', approval: { decisions: [] } });
  });

  it('denies, and a later approval does not revive it', async () => {
    const { id, digest } = await ask();
    const { operation } = await at.engine.press(
      id,
      { by: ben, verdict: 'deny', digest, reason: 'not tonight' },
      'a',
    );
    expect(operation.status).toBe('denied');
    expect((await approve(id, digest, cleo, 'b')).operation.status).toBe('denied');
    expect((await at.engine.history({ about: 'UBEN', limit: 1 }))[0]).toMatchObject({
      event: 'denied',
      operation: id,
      details: { reason: 'not tonight' },
    });
  });

  it('expires a press that comes after the time', async () => {
    const { id, digest } = await ask();
    at.clock.advance(hour);
    const { ruling, operation } = await approve(id, digest, ben, 'a');
    expect(ruling.state).toBe('expired');
    expect(operation.status).toBe('expired');
    expect((await approve(id, digest, ben, 'b')).ruling).toMatchObject({
      state: 'refused',
      because: expect.stringContaining('expired'),
    });
  });

  it('refuses a press on what is not there or needs none', async () => {
    await expect(approve('op-99', 'x', ben, 'a')).rejects.toThrow('There is no operation op-99.');
    await expect(approve("op-1'; drop table", 'x', ben, 'a')).rejects.toThrow('There is no operation');
    const { id, digest } = await ask([]);
    expect((await approve(id, digest, ben, 'a')).ruling).toMatchObject({
      because: 'This needs no approval.',
    });
  });
});
