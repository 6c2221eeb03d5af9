import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describe as describeOperation } from '../../src/core/describe.ts';
import type { Letter } from '../../src/core/letter.ts';
import { createOutbox } from '../../src/engine/mail/outbox.ts';
import { ana, ben, type House, hour, house, makeSite, open, type Site, siteKinds } from '../engine/house.ts';

describe.each(siteKinds)('what comes in and goes out, on %s', (kind) => {
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

  const letter = (
    key: string,
    title: string,
    to: Letter['to'] = { kind: 'channel', channel: 'C1' },
  ): Letter => ({
    key,
    to,
    report: { title, tone: 'plain', blocks: [] },
  });
  const due = () => at.outbox.due(at.clock.now(), 10);
  const posted = { channel: 'C1', ts: '1.1' };

  describe('outbox', () => {
    it('hands out a letter once, until it is settled', async () => {
      let rings = 0;
      const stop = at.outbox.onPut(() => {
        rings += 1;
      });
      await at.outbox.put({ ...letter('a', 'one'), broadcast: true });
      stop();
      await at.outbox.put(letter('b', 'two'));
      expect(rings).toBe(1);
      expect((await due()).map(({ key, version, tries }) => [key, version, tries])).toEqual([
        ['a', 1, 0],
        ['b', 1, 0],
      ]);
      expect(await due()).toEqual([]);
      expect(await at.outbox.unsent()).toBe(2);
      await at.outbox.sent('a', 1, posted, 0);
      await at.outbox.dead('b', 1, 'nobody there');
      expect(await at.outbox.unsent()).toBe(0);
      expect(await at.outbox.posted('a')).toEqual(posted);
      expect(await at.outbox.posted('b')).toBeUndefined();
    });

    it('sends only the newest content, and an edit not before its time', async () => {
      await at.outbox.put(letter('a', 'one'));
      await at.outbox.put(letter('a', 'two'));
      expect(await due()).toMatchObject([{ version: 2, report: { title: 'two' } }]);
      await at.outbox.put(letter('a', 'three'));
      await at.outbox.sent('a', 2, posted, at.clock.now() + 2_000);
      expect(await due()).toEqual([]);
      at.clock.advance(2_000);
      expect(await due()).toMatchObject([{ version: 3, report: { title: 'three' }, posted }]);
    });

    it('keeps a thread’s letters until there is a thread', async () => {
      await at.outbox.put(letter('a#1', 'reply', { kind: 'thread', of: 'a' }));
      await at.outbox.put(letter('a', 'parent'));
      expect((await due()).map(({ key }) => key)).toEqual(['a']);
      await at.outbox.sent('a', 1, posted, 0);
      expect(await due()).toMatchObject([{ key: 'a#1', parent: posted }]);
    });

    it('lets a reply go when its parent never will', async () => {
      await at.outbox.put(letter('a', 'parent'));
      await at.outbox.put(letter('a#1', 'reply', { kind: 'thread', of: 'a' }));
      const [parent] = await due();
      expect(parent?.key).toBe('a');
      await at.outbox.dead('a', 1, 'channel is archived');
      const [reply] = await due();
      expect(reply).toMatchObject({ key: 'a#1' });
      expect(reply?.parent).toBeUndefined();
    });

    it('knows after a crash which post may be there already', async () => {
      await at.outbox.put(letter('a', 'one'));
      await at.outbox.put(letter('b', 'two'));
      await due();
      const tried = at.clock.now();
      expect(await at.outbox.sending('a', 1, tried)).toBe(true);
      // the process dies; the next start of a worker takes back what it had in hand
      await at.store.write((db) => db.updateTable('message').set({ sender: null, lease_until: 0 }).execute());
      at.clock.advance(1_000);
      const again = await due();
      expect(again.map(({ key, attemptedAt }) => [key, attemptedAt])).toEqual([
        ['a', tried],
        ['b', undefined],
      ]);
    });

    it('keeps a doubt through a later try that certainly failed', async () => {
      await at.outbox.put(letter('a', 'one'));
      await due();
      const first = at.clock.now();
      await at.outbox.sending('a', 1, first);
      await at.outbox.delay('a', 0, 'no reply', 'maybe');
      at.clock.advance(10);
      expect((await due())[0]?.attemptedAt).toBe(first);
      await at.outbox.sending('a', 1, at.clock.now());
      await at.outbox.delay('a', 0, 'throttled', 'no');
      expect((await due())[0]?.attemptedAt).toBe(first);
      await at.outbox.sent('a', 1, posted, 0);
      await at.outbox.put(letter('a', 'two'));
      expect((await due())[0]?.attemptedAt).toBeUndefined();
    });

    it('gives no letter to two senders, and none back to one that was too slow', async () => {
      const store = await open(site);
      const other = createOutbox({ store, describe: describeOperation });
      for (let each = 0; each < 30; each++) await at.outbox.put(letter(`k${each}`, 'x'));
      const handed = await Promise.all(
        Array.from({ length: 10 }, (_, each) => (each % 2 ? other : at.outbox).due(at.clock.now(), 5)),
      );
      const keys = handed.flat().map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(await at.outbox.due(at.clock.now(), 50).then((rest) => rest.length + keys.length)).toBe(30);
      await at.store.write((db) => db.updateTable('message').set({ lease_until: 0 }).execute());
      const [taken] = await other
        .due(at.clock.now(), 50)
        .then((all) => all.filter(({ key }) => key === 'k0'));
      expect(taken?.key).toBe('k0');
      expect(await at.outbox.sending('k0', 1, at.clock.now())).toBe(false);
      await at.outbox.sent('k0', 1, posted, 0);
      expect(await other.posted('k0')).toBeUndefined();
      await store.close();
    });

    it('posts anew what was deleted', async () => {
      await at.outbox.put(letter('a', 'one'));
      await due();
      await at.outbox.sent('a', 1, posted, 0);
      await at.outbox.put(letter('a', 'two'));
      await due();
      await at.outbox.lost('a');
      await at.outbox.delay('a', 0, 'it was deleted', 'no');
      const [again] = await due();
      expect(again).toMatchObject({ key: 'a', version: 2 });
      expect(again?.posted).toBeUndefined();
    });
  });

  describe('inbox', () => {
    it('takes each delivery once, in batches too', async () => {
      expect(await at.inbox.claim('e1', { text: 'stop web-1' })).toBe('new');
      expect(await at.inbox.claim('e1', { text: 'stop web-1' })).toBe('seen');
      const batch = ['e1', 'e2', 'e2', 'e3'].map((key) => ({ key, payload: null }));
      expect(await at.inbox.claimAll(batch)).toEqual(['seen', 'new', 'seen', 'new']);
      expect(await at.inbox.claimAll([])).toEqual([]);
    });

    it('has one new among many claims at once', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 }),
          async (names) => {
            const keys = names.map((name) => `${at.clock.now()}-${Buffer.from(name).toString('hex')}`);
            const answers = await Promise.all(keys.map((key) => at.inbox.claim(key, null)));
            for (const key of new Set(keys))
              expect(
                answers.filter((answer, index) => keys[index] === key && answer === 'new').length,
              ).toBeLessThan(2);
          },
        ),
        { numRuns: 20 },
      );
    });

    it('finds after a crash what was not done, and forgets payloads when done', async () => {
      const start = at.clock.now();
      await at.inbox.claim('old', { n: 0 });
      at.clock.advance(hour);
      await at.inbox.claim('done', { n: 1 });
      await at.inbox.claim('open', { n: 2 });
      await at.inbox.done('done');
      if (kind === 'postgres') await leasesEnd();
      expect(await at.inbox.takeOver(start + hour)).toEqual([{ key: 'open', payload: { n: 2 } }]);
      const rows = await at.store.read((db) =>
        db.selectFrom('delivery').select(['key', 'payload']).where('key', '=', 'done').execute(),
      );
      expect(rows).toEqual([{ key: 'done', payload: null }]);
      await at.engine.purge({ deliveries: at.clock.now(), letters: 0, operations: 0 });
      expect(await at.inbox.claim('done', null)).toBe('new');
    });

    it.runIf(kind === 'postgres')(
      'leaves what a process is at to it, for as long as it says so',
      async () => {
        const take = () => at.inbox.takeOver(0);
        await at.inbox.claimAll(['e1', 'e2', 'e3'].map((key) => ({ key, payload: key })));
        expect(await take()).toEqual([]);
        await leasesEnd();
        await at.inbox.hold(['e2']);
        const found = await Promise.all([take(), take(), take()]);
        expect(found.flat().toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
          { key: 'e1', payload: 'e1' },
          { key: 'e3', payload: 'e3' },
        ]);
        expect(await take()).toEqual([]);
      },
    );

    /** Whoever was at it says nothing for longer than a lease lasts. */
    const leasesEnd = () =>
      at.store.write((db) => db.updateTable('delivery').set({ lease_until: 0 }).execute());
  });

  describe('choices', () => {
    it('gives a line back to the one it was offered to, for an hour', async () => {
      const [key = '', second] = await at.choices.keep(['stop web-1 ocid1', 'stop web-1 ocid2'], ana);
      expect(key).toMatch(/^[\w-]{24}$/);
      expect(key).not.toBe(second);
      expect(await at.choices.line(key, ana)).toBe('stop web-1 ocid1');
      await expect(at.choices.line(key, ben)).rejects.toThrow('offered to somebody else');
      await expect(at.choices.line('made-up', ana)).rejects.toThrow('no longer open');
      at.clock.advance(hour);
      await expect(at.choices.line(key, ana)).rejects.toThrow('no longer open');
    });
  });
});
