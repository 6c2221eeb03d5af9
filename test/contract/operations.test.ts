import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/engine/audit.ts';
import { planDigest } from '../../src/engine/digest.ts';
import {
  ana,
  ben,
  draftOf,
  type House,
  hour,
  house,
  makeSite,
  oneApproval,
  planOf,
  type Site,
  siteKinds,
  until,
} from '../engine/house.ts';

describe.each(siteKinds)('operations on %s', (kind) => {
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

  const web = (count: number) => Array.from({ length: count }, (_, each) => at.cloud.add(`web-${each + 1}`));

  it('runs a plan that needs no approval and records it', async () => {
    await at.engine.start();
    const plan = planOf(web(2));
    const proposed = await at.engine.propose(draftOf(plan));
    expect(proposed).toMatchObject({ id: 'op-1', status: 'queued', digest: planDigest(plan) });
    const done = await until(at.engine, proposed.id);
    expect(done.status).toBe('succeeded');
    expect(done.steps.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 1],
      ['done', 1],
    ]);
    expect(at.cloud.acts.map(({ name }) => name).sort()).toEqual(['web-1', 'web-2']);
    const history = (await at.engine.history({ about: 'op-1', limit: 20 })).toReversed();
    expect(history[0]).toMatchObject({ event: 'queued', actor: 'UANA', line: 'stop web-1 web-2' });
    expect(history.at(-1)).toMatchObject({ event: 'finished', details: { status: 'succeeded' } });
    const acted = history.filter(({ event }) => event === 'acted');
    expect(acted.map(({ details }) => details.requestId).sort()).toEqual(['request-1', 'request-2']);
    expect(await verifyAudit(at.store)).toEqual({ entries: history.length });
  });

  it('waits for an approval and runs when it comes', async () => {
    await at.engine.start();
    const { id, digest } = await at.engine.propose(draftOf(planOf(web(1)), { asks: [oneApproval] }));
    expect((await at.engine.get(id))?.status).toBe('waiting');
    await at.engine.press(id, { by: ben, verdict: 'approve', digest }, 'p2');
    expect((await until(at.engine, id)).status).toBe('succeeded');
  });

  it('makes one operation of many proposals with one key', async () => {
    const draft = draftOf(planOf(web(1)));
    const made = await Promise.all(Array.from({ length: 50 }, () => at.engine.propose(draft)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await at.engine.list({ limit: 100 })).toHaveLength(1);
    expect(await at.engine.history({ limit: 100 })).toHaveLength(1);
  });

  it('refuses a plan in which two steps would share a retry token', async () => {
    const [target] = web(1);
    if (!target) throw new Error('no target');
    await expect(at.engine.propose(draftOf(planOf([target, target])))).rejects.toThrow('two steps named');
  });

  it('lists newest first, by status, and reads what anyone may write', async () => {
    const [target] = web(1);
    if (!target) throw new Error('no target');
    const line = 'stop "x\0" 😀 100% _ \\ \ud800 <!channel>';
    await at.engine.propose(draftOf(planOf([target])));
    await at.engine.propose(draftOf(planOf([target]), { asks: [oneApproval], line }));
    const all = await at.engine.list({ limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(['op-2', 'op-1']);
    expect(await at.engine.list({ status: ['queued'], limit: 10 })).toMatchObject([{ id: 'op-1' }]);
    expect(await at.engine.history({ about: '100%', limit: 10 })).toMatchObject([{ operation: 'op-2' }]);
    expect(await at.engine.history({ about: '1000', limit: 10 })).toEqual([]);
    expect((await verifyAudit(at.store)).fault).toBeUndefined();
    expect(await at.engine.counts()).toEqual({ waiting: 1, queued: 1, running: 0, undoing: 0 });
    expect(await at.engine.get('nonsense')).toBeUndefined();
  });

  it('starts a wave when the one before it is done, and none after a failure', async () => {
    await at.engine.start();
    const targets = web(4);
    const good = await at.engine.propose(draftOf(planOf(targets.slice(0, 2), { waves: 2 })));
    await until(at.engine, good.id);
    expect(at.cloud.acts.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
    at.cloud.fail({ on: 'act', name: 'web-3', times: 1, status: 400 });
    const bad = await at.engine.propose(draftOf(planOf(targets.slice(2), { waves: 2 })));
    const ended = await until(at.engine, bad.id);
    expect(ended.status).toBe('failed');
    expect(ended.steps.map(({ state }) => state)).toEqual(['failed', 'skipped']);
    expect(at.cloud.calls.map(({ name }) => name)).not.toContain('web-4');
  });

  it('tells the channel once for each operation, with what is true when it is sent', async () => {
    await at.engine.start();
    const { id } = await at.engine.propose(draftOf(planOf(web(1))));
    await until(at.engine, id);
    const letters = await at.outbox.due(at.clock.now(), 10);
    expect(letters.map(({ key, to }) => [key, to])).toEqual([['op-1', { kind: 'channel', channel: 'C1' }]]);
    expect(letters[0]?.report.tone).toBe('success');
  });

  describe('locks', () => {
    it('lets one operation at a time have a target, names the holder, and takes turns', async () => {
      await at.engine.start();
      const [one, two, three] = web(3);
      if (!one || !two || !three) throw new Error('no targets');
      at.cloud.stuck = true;
      const first = await at.engine.propose(draftOf(planOf([one, two])));
      await until(at.engine, first.id, ({ status }) => status === 'running');
      const second = await at.engine.propose(draftOf(planOf([two, three])));
      const third = await at.engine.propose(draftOf(planOf([three])));
      const waiting = await until(at.engine, second.id, ({ because }) => because !== undefined);
      expect(waiting.because).toBe('Waiting for op-1 (Stop 2 instances), which holds web-2.');
      const behind = await until(at.engine, third.id, ({ because }) => because !== undefined);
      expect(behind.because).toBe('Waiting for op-2 (Stop 2 instances), which comes first for web-3.');
      at.cloud.stuck = false;
      at.clock.advance(hour);
      expect((await until(at.engine, first.id)).status).toBe('failed');
      // the first has moved web-2 away from what the second's card said
      expect((await until(at.engine, second.id)).status).toBe('void');
      expect((await until(at.engine, third.id)).status).toBe('succeeded');
    });

    it('never has two operations on one target, whoever comes', { timeout: 120_000 }, async () => {
      const targets = web(6);
      const busy = new Set<string>();
      let clashes = 0;
      const verb = at.cloud.verbs['instance.stop'];
      if (!verb) throw new Error('no verb');
      const verbs = {
        'instance.stop': {
          ...verb,
          act: async (step: Parameters<typeof verb.act>[0]) => {
            if (busy.has(step.target.ocid)) clashes += 1;
            busy.add(step.target.ocid);
            await new Promise((resolve) => setTimeout(resolve, 2));
            busy.delete(step.target.ocid);
            return {};
          },
          observe: async () => ({ state: 'done' as const }),
        },
      };
      Object.assign(at.cloud.verbs, verbs);
      await at.engine.start();
      const made = await Promise.all(
        Array.from({ length: 40 }, (_, each) =>
          at.engine.propose(
            draftOf(
              planOf(targets.filter((_target, place) => (each + place) % 3 !== 0 || place === each % 6)),
            ),
          ),
        ),
      );
      const ended: string[] = [];
      // one after the other: forty who ask every 5 ms would leave the engine no connection
      for (const { id } of made) ended.push((await until(at.engine, id)).status);
      expect(new Set(ended)).toEqual(new Set(['succeeded']));
      expect(clashes).toBe(0);
    });
  });

  describe('cancel', () => {
    it('ends at once what waits or is queued', async () => {
      const targets = web(1);
      const waiting = await at.engine.propose(draftOf(planOf(targets), { asks: [oneApproval] }));
      expect(await at.engine.cancel(waiting.id, ben, 'wrong one')).toMatchObject({
        status: 'cancelled',
        cancel: { by: 'UBEN', because: 'wrong one' },
      });
      const queued = await at.engine.propose(draftOf(planOf(targets)));
      expect((await at.engine.cancel(queued.id, ana)).status).toBe('cancelled');
      await expect(at.engine.cancel(queued.id, ana)).rejects.toThrow('is over already');
      await at.engine.start();
      const next = await at.engine.propose(draftOf(planOf(targets)));
      expect((await until(at.engine, next.id)).status).toBe('succeeded');
      expect(at.cloud.acts).toHaveLength(1);
    });

    it('sees what was sent to its end and skips the rest', async () => {
      await at.engine.start();
      at.cloud.pace = hour;
      const { id } = await at.engine.propose(draftOf(planOf(web(2), { waves: 2, within: 2 * hour })));
      await until(at.engine, id, ({ steps }) => steps[0]?.receipt !== undefined);
      expect((await at.engine.cancel(id, ana, 'wrong one')).status).toBe('running');
      await expect(at.engine.cancel(id, ben, 'mine')).rejects.toThrow(
        `${id} is being cancelled already, by @UANA – “wrong one”.`,
      );
      at.clock.advance(hour);
      const ended = await until(at.engine, id);
      expect(ended.status).toBe('cancelled');
      expect(ended.steps.map(({ state }) => state)).toEqual(['done', 'skipped']);
    });

    it('ends what is only being read because OCI is away', async () => {
      await at.engine.start();
      at.cloud.fail({ on: 'read', times: 1_000_000, status: 0 });
      const { id } = await at.engine.propose(draftOf(planOf(web(1))));
      const held = await until(at.engine, id, ({ because }) => because !== undefined);
      expect(held.because).toMatch(/^OCI does not answer/);
      await at.engine.cancel(id, ana);
      at.clock.advance(60_000);
      expect((await until(at.engine, id)).status).toBe('cancelled');
      expect(at.cloud.calls).toHaveLength(0);
    });
  });

  describe('time', () => {
    it('reminds with growing gaps and expires, by the clock', async () => {
      await at.engine.start();
      const { id } = await at.engine.propose(draftOf(planOf(web(1)), { asks: [oneApproval] }));
      const [message] = await at.outbox.due(at.clock.now(), 10);
      await at.outbox.sent(id, message?.version ?? 0, { channel: 'C1', ts: '1.0' }, 0);
      const reminders: string[] = [];
      for (const part of [1 / 8, 1 / 4, 3 / 8]) {
        at.clock.advance(hour * part);
        const letters = await eventually(() => at.outbox.due(at.clock.now(), 10));
        expect(letters[0]?.parent).toEqual({ channel: 'C1', ts: '1.0' });
        reminders.push(...letters.map(({ key }) => key));
        for (const { key, version } of letters) await at.outbox.sent(key, version, undefined, 0);
      }
      expect(reminders).toEqual([`${id}#reminder-1`, `${id}#reminder-2`, `${id}#reminder-3`]);
      at.clock.advance(hour / 4);
      expect(await until(at.engine, id)).toMatchObject({ status: 'expired' });
    });

    it('sends one reminder after a long absence, and expires what ran out meanwhile', async () => {
      const targets = web(1);
      const late = await at.engine.propose(draftOf(planOf(targets), { asks: [oneApproval] }));
      const gone = await at.engine.propose(
        draftOf(planOf(targets), { asks: [{ ...oneApproval, within: hour / 4 }] }),
      );
      at.clock.advance(hour / 2);
      await at.engine.start();
      await until(at.engine, gone.id);
      const keys = await at.store.read((db) => db.selectFrom('message').select('key').execute());
      expect(keys.map(({ key }) => key).sort()).toEqual([late.id, `${late.id}#reminder-2`, gone.id]);
    });

    it('does not hang when the clock is set back', async () => {
      await at.engine.start();
      at.cloud.pace = 20;
      const { id } = await at.engine.propose(draftOf(planOf(web(1))));
      at.clock.advance(-24 * hour);
      at.cloud.change('web-1', {});
      expect((await until(at.engine, id)).finishedAt).toBeDefined();
    });
  });

  describe('takeover', () => {
    it('leaves alone what only a newer version knows how to do', async () => {
      const { id } = await at.engine.propose(draftOf(planOf(web(1), { verb: 'instance.paint' })));
      await at.engine.start();
      const known = await at.engine.propose(draftOf(planOf([at.cloud.add('web-9')])));
      await until(at.engine, known.id);
      expect(await at.engine.get(id)).toMatchObject({ status: 'queued' });
    });

    it('gives up on what ends the process again and again', async () => {
      const { id } = await at.engine.propose(draftOf(planOf(web(2))));
      await at.store.write(async (db) => {
        await db.updateTable('operation').set({ claims: 25, status: 'running' }).execute();
        await db.updateTable('step').set({ state: 'running' }).where('position', '=', 0).execute();
      });
      await at.engine.start();
      const ended = await until(at.engine, id);
      expect(ended.status).toBe('unresolved');
      expect(ended.because).toContain('Look at the console');
      expect(ended.steps.map(({ state }) => state)).toEqual(['unknown', 'skipped']);
      expect(at.cloud.calls).toHaveLength(0);
    });

    it('looks before it sends what was started without a receipt', async () => {
      const [gone, kept] = web(2);
      if (!gone || !kept) throw new Error('no targets');
      const { id } = await at.engine.propose(draftOf(planOf([gone, kept])));
      await at.store.write(async (db) => {
        await db.updateTable('operation').set({ status: 'running', started_at: at.clock.now() }).execute();
        const started = { state: 'running', attempts: 1, started_at: at.clock.now() };
        for (const [position, before] of [gone, kept].entries())
          await db
            .updateTable('step')
            .set({ ...started, before: JSON.stringify(before) })
            .where('position', '=', position)
            .execute();
      });
      // the call for the first got through before the process died, the one for the second did not
      at.cloud.change('web-1', { state: 'STOPPED' });
      await at.engine.start();
      const ended = await until(at.engine, id);
      expect(ended.steps.map(({ state, attempts }) => [state, attempts])).toEqual([
        ['done', 1],
        ['done', 2],
      ]);
      expect(at.cloud.acts.map(({ name }) => name)).toEqual(['web-2']);
    });
  });

  it('forgets what is past its time, but not the audit', async () => {
    await at.engine.start();
    const [one, two] = web(2);
    if (!one || !two) throw new Error('no targets');
    const old = await at.engine.propose(draftOf(planOf([one])));
    await until(at.engine, old.id);
    at.clock.advance(hour);
    const open = await at.engine.propose(draftOf(planOf([two]), { asks: [oneApproval] }));
    const before = at.clock.now() - 1;
    const { entries } = await verifyAudit(at.store);
    await at.engine.purge({ operations: before, letters: before, deliveries: before });
    expect((await at.engine.list({ limit: 10 })).map(({ id }) => id)).toEqual([open.id]);
    expect(await verifyAudit(at.store)).toEqual({ entries });
  });
});

async function eventually<T>(look: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (;;) {
    const found = await look();
    if (found.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
