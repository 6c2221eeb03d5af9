import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../src/core/schedule/model.ts';
import { verifyAudit } from '../../src/engine/audit.ts';
import { createKeeps } from '../../src/engine/schedules/keeps.ts';
import { createLedger, type Ledger } from '../../src/engine/schedules/ledger.ts';
import type { Change } from '../../src/engine/schedules/memories.ts';
import {
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

const day = 24 * hour;

function memoryOf(ocid: string, other: Partial<Memory> = {}): Memory {
  return {
    ocid,
    policy: 'shop',
    edge: 1,
    want: 'down',
    decidedAt: 1,
    because: 'the window ended',
    outcome: 'none',
    tries: 0,
    firstSeen: 1,
    flips: [],
    ...other,
  };
}

describe.each(siteKinds)('the ledger on %s', (kind) => {
  let site: Site;
  let at: House;
  /** Another process: on PostgreSQL with connections of its own. */
  let other: House;
  let ledger: Ledger;
  let theirs: Ledger;
  beforeEach(async () => {
    site = await makeSite(kind);
    at = await house(site);
    other = await house(site, { clock: at.clock, cloud: at.cloud, node: 'other' });
    ledger = createLedger(at);
    theirs = createLedger(other);
  });
  afterEach(async () => {
    await at.close();
    await other.close();
    await site.remove();
  });

  /** What stands in the store for it, as a change has to name it. */
  const textOf = async (ocid: string) => (await ledger.memories([ocid])).get(ocid)?.text;
  const known = async (ocid: string) => (await ledger.memories([ocid])).get(ocid)?.memory;
  const count = (table: 'operation' | 'step' | 'message' | 'audit' | 'memory') =>
    at.store.read(async (db) => (await db.selectFrom(table).selectAll().execute()).length);

  describe('memories', () => {
    it('are blank until the first is written', async () => {
      expect(await ledger.isBlank()).toBe(true);
      await ledger.remember([{ before: undefined, after: memoryOf('a') }]);
      expect(await ledger.isBlank()).toBe(false);
    });

    it('are written where nothing else was written meanwhile, each by itself', async () => {
      const first = memoryOf('a');
      await ledger.remember([{ before: undefined, after: first }]);
      const before = await textOf('a');
      const written = await ledger.remember([
        { before: undefined, after: memoryOf('a', { edge: 2 }) },
        { before: JSON.stringify(memoryOf('a', { edge: 7 })), after: memoryOf('a', { edge: 3 }) },
        { before: JSON.stringify(memoryOf('b')), after: memoryOf('b') },
        { before: undefined, after: memoryOf('c', { outcome: 'pending' }) },
      ]);
      expect([...written]).toEqual(['c']);
      expect(await known('a')).toEqual(first);
      expect(await known('b')).toBeUndefined();
      expect([...(await ledger.remember([{ before, after: memoryOf('a', { edge: 4 }) }]))]).toEqual(['a']);
      expect(await known('a')).toMatchObject({ edge: 4 });
      expect([...(await ledger.pending()).keys()]).toEqual(['c']);
    });

    it('of two processes that change the same one, one does', async () => {
      await ledger.remember([{ before: undefined, after: memoryOf('a') }]);
      const before = await textOf('a');
      for (let round = 0; round < 10; round++) {
        const text = await textOf('a');
        const answers = await Promise.all([
          ledger.remember([{ before: text, after: memoryOf('a', { edge: 10 + round }) }]),
          theirs.remember([{ before: text, after: memoryOf('a', { edge: 90 + round }) }]),
        ]);
        expect(answers.map(({ size }) => size).sort()).toEqual([0, 1]);
      }
      expect([...(await ledger.remember([{ before, after: memoryOf('a') }]))]).toEqual([]);
    });

    it('of more than one statement holds are found', async () => {
      const ocids = Array.from({ length: 1_200 }, (_, each) => `ocid-${each}`);
      await ledger.remember(ocids.map((ocid) => ({ before: undefined, after: memoryOf(ocid) })));
      expect((await ledger.memories(ocids)).size).toBe(1_200);
    });

    it('are forgotten when their resource was not seen for long, and not before', async () => {
      await ledger.remember(['a', 'b'].map((ocid) => ({ before: undefined, after: memoryOf(ocid) })));
      at.clock.advance(10 * day);
      await ledger.seen(['a']);
      await ledger.purge(at.clock.now() - 5 * day);
      expect([...(await ledger.memories(['a', 'b'])).keys()]).toEqual(['a']);
    });
  });

  describe('a question', () => {
    const asked = async (draft: Parameters<typeof draftOf>[1] = {}) => {
      const [one, two] = [at.cloud.add('web-1'), at.cloud.add('web-2')];
      const fired = await at.engine.fire(
        draftOf(planOf([one, two]), { asks: [oneApproval], ...draft }),
        [one, two].map(({ ocid }) => ({
          before: undefined,
          after: memoryOf(ocid, { outcome: 'pending', act: 'stop' }),
        })),
      );
      return { id: fired?.id ?? '', one: one.ocid, two: two.ocid };
    };
    const moves = async (ocid: string) => ({
      before: await textOf(ocid),
      after: memoryOf(ocid, { edge: 2, want: 'up', because: 'kept on' }),
    });
    const statusOf = async (id: string) => (await at.engine.get(id))?.status;
    const approve = { by: ben, verdict: 'approve' } as const;

    it('is over when something else is wanted of one that it is about', async () => {
      const { id, one, two } = await asked();
      const change = await moves(one);
      expect([...(await ledger.remember([change]))]).toEqual([one]);
      expect(await at.engine.get(id)).toMatchObject({
        status: 'void',
        because: 'Something else is wanted by now. web-1: kept on.',
      });
      expect(await known(two)).toMatchObject({ outcome: 'pending', operation: id });
      const { digest = '' } = (await at.engine.get(id)) ?? {};
      const { ruling } = await at.engine.press(id, { ...approve, digest }, 'late');
      expect(ruling).toMatchObject({ state: 'refused' });
    });

    it('goes on where the change was made from what is not there any more', async () => {
      const { id, one } = await asked();
      const { after, before } = await moves(one);
      await ledger.remember([{ before, after: { ...memoryOf(one), outcome: 'pending', operation: id } }]);
      expect([...(await ledger.remember([{ before, after }]))]).toEqual([]);
      expect(await statusOf(id)).toBe('waiting');
    });

    it('that somebody has said yes to is seen to its end first', async () => {
      const { id, one } = await asked();
      const change = await moves(one);
      const { digest = '' } = (await at.engine.get(id)) ?? {};
      await at.engine.press(id, { ...approve, digest }, 'yes');
      expect([...(await ledger.remember([change]))]).toEqual([]);
      expect(await statusOf(id)).toBe('queued');
    });

    it('is over with the next edge of its schedule, whatever it was given', async () => {
      const { id } = await asked({ until: at.clock.now() + hour / 2 });
      const { digest = '' } = (await at.engine.get(id)) ?? {};
      at.clock.advance(hour / 2);
      const { ruling } = await at.engine.press(id, { ...approve, digest }, 'late');
      expect(ruling).toMatchObject({
        state: 'expired',
        because: 'Its hour is over: its schedule wants something else now.',
      });
      expect(await statusOf(id)).toBe('expired');
    });
  });

  describe('firing', () => {
    const pair = () => [at.cloud.add('web-1'), at.cloud.add('web-2')];
    const pending = (ocid: string, before?: string): Change => ({
      before,
      after: memoryOf(ocid, { outcome: 'pending', act: 'stop' }),
    });
    const nothing = { operation: 0, step: 0, message: 0, audit: 0 };
    const left = async () => ({
      operation: await count('operation'),
      step: await count('step'),
      message: await count('message'),
      audit: await count('audit'),
    });

    it('writes the operation and what is remembered of its resources', async () => {
      const targets = pair();
      const fired = await at.engine.fire(
        draftOf(planOf(targets), { key: 'edge' }),
        targets.map(({ ocid }) => pending(ocid)),
      );
      expect(fired).toMatchObject({ id: 'op-1', status: 'queued' });
      for (const { ocid } of targets)
        expect(await known(ocid)).toMatchObject({ outcome: 'pending', operation: 'op-1' });
      expect([...(await ledger.busy())].sort()).toEqual(targets.map(({ ocid }) => ocid).sort());
      expect([...(await ledger.operations(['op-1', 'op-1', 'op-7'])).keys()]).toEqual(['op-1']);
    });

    it('leaves nothing at all where one resource was decided about by another process', async () => {
      const targets = pair();
      const [one, two] = targets;
      if (!one || !two) throw new Error('no targets');
      await theirs.remember([{ before: undefined, after: memoryOf(two.ocid) }]);
      const fired = await at.engine.fire(draftOf(planOf(targets)), [pending(one.ocid), pending(two.ocid)]);
      expect(fired).toBeUndefined();
      expect(await left()).toEqual(nothing);
      expect(await known(one.ocid)).toBeUndefined();
      expect(await known(two.ocid)).toEqual(memoryOf(two.ocid));
    });

    it('does nothing under a key that was there before, though the memories would fit', async () => {
      const targets = pair();
      const draft = () => draftOf(planOf(targets), { key: 'edge' });
      await at.engine.fire(
        draft(),
        targets.map(({ ocid }) => pending(ocid)),
      );
      const texts = await ledger.memories(targets.map(({ ocid }) => ocid));
      const again = await other.engine.fire(
        draft(),
        targets.map(({ ocid }) => pending(ocid, texts.get(ocid)?.text)),
      );
      expect(again).toBeUndefined();
      expect(await left()).toMatchObject({ operation: 1, message: 1, audit: 1 });
      for (const { ocid } of targets) expect(await textOf(ocid)).toBe(texts.get(ocid)?.text);
    });

    it('happens once, however many try at once, under one key or under several', async () => {
      const targets = pair();
      const changes = targets.map(({ ocid }) => pending(ocid));
      const fired = await Promise.all(
        Array.from({ length: 20 }, (_, each) =>
          (each % 2 === 0 ? at : other).engine.fire(
            draftOf(planOf(targets), { key: `edge-${each % 3}` }),
            each % 5 === 0 ? changes.toReversed() : changes,
          ),
        ),
      );
      expect(fired.filter((operation) => operation !== undefined)).toHaveLength(1);
      expect(await left()).toEqual({ operation: 1, step: 2, message: 1, audit: 1 });
      expect((await verifyAudit(at.store)).fault).toBeUndefined();
      await at.engine.start();
      await until(at.engine, fired.find((operation) => operation !== undefined)?.id ?? '');
      expect(at.cloud.acts).toHaveLength(2);
    });

    it('keeps what is not approved yet out of what is at work, and what people did apart', async () => {
      const [one, two] = pair();
      if (!one || !two) throw new Error('no targets');
      const by = { actor: { kind: 'schedule', policy: 'shop' } } as const;
      await at.engine.fire(draftOf(planOf([one]), { ...by, asks: [oneApproval] }), [pending(one.ocid)]);
      expect(await ledger.busy()).toEqual(new Set());
      const since = at.clock.now() - 1;
      const fired = await at.engine.fire(draftOf(planOf([two]), by), [pending(two.ocid)]);
      await at.engine.start();
      await until(at.engine, fired?.id ?? '');
      expect(await ledger.touched(since)).toEqual(new Map());
      const person = await at.engine.propose(
        draftOf(planOf([{ ...two, state: 'STOPPED' }], { verb: 'instance.start' })),
      );
      const { finishedAt } = await until(at.engine, person.id);
      const touched = await ledger.touched(since);
      expect([...touched.keys()]).toEqual([two.ocid]);
      expect(touched.get(two.ocid)).toBeLessThanOrEqual(finishedAt ?? 0);
      expect(await ledger.touched(at.clock.now())).toEqual(new Map());
    });
  });

  describe('pages', () => {
    const page = (value: string) => ({ at: 7, open: true, value });

    it('are changed from what they are, by one process after the other', async () => {
      for (const round of [1, 2, 3]) {
        const key = `evening:${round}`;
        await Promise.all(
          Array.from({ length: 20 }, (_, each) =>
            (each % 2 === 0 ? ledger : theirs).turn(key, (value = '') => page(`${value}.`)),
          ),
        );
        expect((await ledger.page(key))?.value).toHaveLength(20);
      }
    });

    it('are listed while they are open, and left as they are where nothing is to change', async () => {
      await ledger.turn('b', () => page('b'));
      await ledger.turn('a', () => page('a'));
      await ledger.turn('c', () => ({ ...page('c'), at: 3 }));
      expect((await ledger.pages(9)).map(({ key }) => key)).toEqual(['c', 'a', 'b']);
      await ledger.turn('a', () => ({ at: 7, open: false, value: 'over' }));
      expect(await ledger.turn('b', () => undefined)).toEqual({ key: 'b', ...page('b') });
      expect(await ledger.turn('d', () => undefined)).toBeUndefined();
      expect((await theirs.pages(7)).map(({ key }) => key)).toEqual(['c', 'b']);
      expect((await theirs.pages(6)).map(({ key }) => key)).toEqual(['c', 'a', 'b']);
      expect(await theirs.page('a')).toEqual({ key: 'a', at: 7, open: false, value: 'over' });
    });
  });

  describe('what tells of a page', () => {
    const letter = {
      key: 'evening',
      to: { kind: 'channel', channel: 'C1' },
      report: { title: ['An evening'], tone: 'plain', blocks: [] },
    } as const;

    it('is put with the change, and not where nothing is changed', async () => {
      const next = { at: 7, open: true, value: 'begun' };
      const begin = (who: Ledger) => who.turn('evening', (found) => (found ? undefined : next), letter);
      await Promise.all([begin(ledger), begin(theirs), begin(ledger), begin(theirs)]);
      const [due, ...more] = await at.outbox.due(at.clock.now(), 10);
      expect(more).toEqual([]);
      expect(due).toMatchObject({ key: 'evening', version: 1 });
      await at.outbox.sent('evening', due?.version ?? 0, { channel: 'C1', ts: '1.0' }, 0);
      await ledger.turn('evening', () => undefined, { ...letter, report: { ...letter.report, title: [] } });
      expect(await at.outbox.unsent()).toBe(0);
    });
  });

  describe('people’s words', () => {
    const keeps = () => createKeeps(at);
    const say = async (word: 'on' | 'off' | 'end', ocid: string, lasts = 0, token = `${Math.random()}`) => {
      const before = at.cloud.add(ocid);
      const target = { ...before, ocid, compartment: 'shop/dev' };
      const verb = keeps().verbs[`keep.${word}`];
      const step = {
        name: `keep.${word} ${ocid}`,
        verb: `keep.${word}`,
        target,
        within: hour,
        with: { by: 'UANA', until: at.clock.now() + lasts, because: 'the demo' },
      };
      const context = { token, etag: undefined, signal: new AbortController().signal };
      const receipt = await verb?.act(step, context);
      return verb?.observe(step, receipt, { ...context, before, elapsed: 0 });
    };

    it('stand until they end, and the same step repeated is one word', async () => {
      expect(await say('on', 'a', hour, 'op-1/keep')).toEqual({ state: 'done' });
      await say('on', 'a', hour, 'op-1/keep');
      const [keep, ...more] = await ledger.keeps();
      expect(more).toEqual([]);
      expect(keep).toMatchObject({ id: 'keep-1', ocid: 'a', want: 'up', by: 'UANA', because: 'the demo' });
      expect(await keeps().running()).toHaveLength(1);
      at.clock.advance(hour + 1);
      expect(await keeps().running()).toEqual([]);
    });

    it('that were ended or said anew do not come back, however long they would have lasted', async () => {
      await say('on', 'ended', 20 * day);
      await say('on', 'anew', 20 * day);
      at.clock.advance(hour);
      await say('end', 'ended');
      await say('on', 'anew', hour);
      for (const days of [0, 1, 2, 5]) {
        at.clock.advance(days * day);
        const running = (await ledger.keeps()).filter((keep) => keep.until > at.clock.now());
        expect(running.map(({ ocid }) => ocid)).toEqual(days === 0 ? ['anew'] : []);
        await ledger.purge(at.clock.now() - hour);
      }
      expect(await keeps().running()).toEqual([]);
    });

    it('are known for as long as their end may have to be made up for', async () => {
      await say('on', 'a', hour);
      at.clock.advance(4 * day);
      expect((await ledger.keeps()).map(({ ocid }) => ocid)).toEqual(['a']);
      await ledger.purge(at.clock.now() - day);
      expect(await ledger.keeps()).toEqual([]);
    });

    it('of a process whose clock is ahead do not hide those that stand until then', async () => {
      await say('on', 'a', day);
      at.clock.advance(5_000);
      await say('on', 'a', 2 * day);
      at.clock.advance(-5_000);
      expect((await ledger.keeps()).map(({ id }) => id)).toEqual(['keep-2', 'keep-1']);
      at.clock.advance(5_000);
      expect((await ledger.keeps()).map(({ id }) => id)).toEqual(['keep-2']);
    });

    it('and pauses change the pulse, in whichever process', async () => {
      const seen = new Set([await ledger.pulse()]);
      const pulse = async () => {
        const now = await ledger.pulse();
        expect(await theirs.pulse()).toBe(now);
        expect(seen.has(now)).toBe(false);
        seen.add(now);
      };
      await say('on', 'a', hour);
      await pulse();
      await say('end', 'a');
      await pulse();
      const now = at.clock.now();
      const note = { at: now, event: 'paused', actor: 'UANA' };
      const pause = { policy: 'shop', at: now, until: now + day, by: 'UANA' };
      await ledger.pause(pause, note);
      await pulse();
      await ledger.pause({ ...pause, until: now }, { ...note, event: 'resumed' });
      await pulse();
    });

    it.skipIf(kind === 'sqlite')('that are committed late are in the pulse all the same', async () => {
      let commit = () => {};
      const gate = new Promise<void>((resolve) => {
        commit = resolve;
      });
      let begun = () => {};
      const first = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const row = (key: string) => ({
        key,
        ocid: key,
        want: 'on',
        at: 1,
        until: at.clock.now() + day,
        by: 'U',
      });
      const late = other.store.write(async (db) => {
        await db.insertInto('keep').values(row('late')).execute();
        begun();
        await gate;
      });
      await first;
      await at.store.write((db) => db.insertInto('keep').values(row('early')).execute());
      const before = await ledger.pulse();
      commit();
      await late;
      expect(await ledger.pulse()).not.toBe(before);
    });

    it('pauses are one of each policy, and are in the audit', async () => {
      const note = { at: 1, event: 'paused', actor: 'UANA', line: 'schedule pause shop' };
      await ledger.pause({ policy: 'shop', at: 1, until: 9, by: 'UANA', because: 'a demo' }, note);
      await ledger.pause({ policy: 'db', at: 2, until: 9, by: 'UBEN' }, note);
      await ledger.pause({ policy: 'shop', at: 3, until: 8, by: 'UBEN' }, note);
      expect(await theirs.pauses()).toEqual([
        { policy: 'db', at: 2, until: 9, by: 'UBEN' },
        { policy: 'shop', at: 3, until: 8, by: 'UBEN' },
      ]);
      expect(await verifyAudit(at.store)).toEqual({ entries: 3 });
    });
  });

  describe('what reports are made of', () => {
    it('has of each policy the last sample before a moment and those since', async () => {
      const sample = (policy: string, moment: number) => ({ policy, at: moment, up: moment, total: 9 });
      await ledger.sample([sample('a', 1), sample('a', 2), sample('a', 5), sample('a', 7), sample('b', 6)]);
      await ledger.sample([sample('c', 1), sample('a', 7)]);
      const found = async (policies: readonly string[], since: number) =>
        (await ledger.samples(policies, since)).map(({ policy, at: moment }) => `${policy}${moment}`);
      expect(await found(['a', 'b'], 5)).toEqual(['a5', 'b6', 'a7']);
      expect(await found(['a', 'b', 'c'], 4)).toEqual(['c1', 'a2', 'a5', 'b6', 'a7']);
      expect(await found(['a'], 9)).toEqual(['a7']);
      expect(await found([], 0)).toEqual([]);
    });

    it('has what was dark, until it is up again', async () => {
      const dark = { ocid: 'a', since: 10, policy: 'shop', perHour: 0.25 };
      await ledger.darken(dark);
      await ledger.darken({ ...dark, perHour: 9 });
      await ledger.darken({ ocid: 'b', since: 12, policy: 'db' });
      expect(await ledger.openDarks()).toEqual([dark, { ocid: 'b', since: 12, policy: 'db' }]);
      await ledger.lighten(['a'], 20);
      await ledger.lighten(['a'], 30);
      expect(await ledger.darks(['shop'], 0)).toEqual([{ ...dark, until: 20 }]);
      expect(await ledger.darks(['shop', 'db'], 20)).toEqual([{ ocid: 'b', since: 12, policy: 'db' }]);
    });

    it('is not made light by what was seen before it was dark', async () => {
      await ledger.darken({ ocid: 'a', since: 10, policy: 'shop' });
      await ledger.lighten(['a'], 9);
      expect(await ledger.openDarks()).toHaveLength(1);
    });

    it('tells once of what nobody was told of yet, whoever else does', async () => {
      const letter = (key: string) => ({
        key,
        to: { kind: 'channel' as const, channel: 'C1' },
        report: { title: [key], tone: 'plain' as const, blocks: [] },
      });
      expect([...(await ledger.untold(['x', 'y']))]).toEqual(['x', 'y']);
      expect(await ledger.tell(['x', 'x'], letter('first'))).toBe(true);
      expect(await theirs.tell(['y', 'x'], letter('second'))).toBe(false);
      expect([...(await ledger.untold(['x', 'y']))]).toEqual(['y']);
      const told = await Promise.all(
        Array.from({ length: 10 }, (_, each) =>
          (each % 2 === 0 ? ledger : theirs).tell(each % 3 === 0 ? ['y'] : ['z', 'y'], letter(`y-${each}`)),
        ),
      );
      expect(told.filter((each) => each)).toHaveLength(1);
      expect(await at.outbox.due(at.clock.now(), 10)).toHaveLength(2);
    });

    it('forgets what is past its time', async () => {
      await ledger.sample([1, 9].map((moment) => ({ policy: 'a', at: moment, up: 1, total: 1 })));
      await ledger.darken({ ocid: 'a', since: 1, policy: 'a' });
      await ledger.darken({ ocid: 'b', since: 1, policy: 'a' });
      await ledger.lighten(['a'], 3);
      for (const [key, moment] of [
        ['old', 1],
        ['new', 9],
      ] as const)
        await ledger.turn(key, () => ({ at: moment, open: false, value: '' }));
      await ledger.purge(5);
      expect(await ledger.samples(['a'], 0)).toHaveLength(1);
      expect((await ledger.darks(['a'], 0)).map(({ ocid }) => ocid)).toEqual(['b']);
      expect(await ledger.page('old')).toBeUndefined();
      expect(await ledger.page('new')).toBeDefined();
    });
  });
});
