import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { record, verifyAudit } from '../../src/engine/audit.ts';
import { type House, house, makeSite, type Site, siteKinds } from '../engine/house.ts';

describe.each(siteKinds)('the audit on %s', (kind) => {
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

  const note = (event: string) => ({
    at: 1,
    event,
    actor: 'UANA',
    details: { odd: 'é\ud800\0"', n: [1, null] },
  });
  const append = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, each) => at.store.write((db) => record(db, note(`event ${each}`)))),
    );
  /** As somebody with the database's own rights could, who takes the guard away first. */
  const tamper = async (statement: string) => {
    const guards = kind === 'sqlite' ? ['audit_no_update', 'audit_no_delete'] : ['audit_append_only'];
    await at.store.write(async (db) => {
      for (const guard of guards)
        await sql.raw(`drop trigger ${guard}${kind === 'sqlite' ? '' : ' on audit'}`).execute(db);
      await sql.raw(statement).execute(db);
    });
  };

  it('is one chain, whoever appends at once, also over pages', async () => {
    expect(await verifyAudit(at.store)).toEqual({ entries: 0 });
    await append(50);
    await at.store.write((db) =>
      record(db, ...Array.from({ length: 2_000 }, (_, each) => note(`bulk ${each}`))),
    );
    expect(await verifyAudit(at.store)).toEqual({ entries: 2_050 });
    expect((await at.engine.history({ limit: 1 }))[0]?.details).toEqual({ odd: 'é\ud800\0"', n: [1, null] });
  });

  it('records nothing of a transaction that is undone', async () => {
    await append(1);
    const broken = at.store.write(async (db) => {
      await record(db, note('never'));
      throw new Error('undone');
    });
    await expect(broken).rejects.toThrow('undone');
    await append(1);
    expect(await verifyAudit(at.store)).toEqual({ entries: 2 });
  });

  it.each(["update audit set actor = 'UEVE'", 'delete from audit', 'delete from audit where seq = 2'])(
    'the database refuses: %s',
    async (statement) => {
      await append(3);
      await expect(at.store.write((db) => sql.raw(statement).execute(db))).rejects.toThrow('append-only');
      expect(await verifyAudit(at.store)).toEqual({ entries: 3 });
    },
  );

  it.each([
    ["update audit set actor = 'UEVE' where seq = 2", 2, 'entry 2 was changed'],
    ["update audit set details = '{}' where seq = 3", 3, 'entry 3 was changed'],
    ['delete from audit where seq = 2', 2, 'entry 2 is missing'],
    ['delete from audit where seq >= 4', 4, 'entry 4 is missing'],
    ['delete from audit', 1, 'entry 1 is missing'],
  ])('a change shows: %s', async (statement, seq, because) => {
    await append(5);
    await tamper(statement);
    expect((await verifyAudit(at.store)).fault).toEqual({ seq, because });
  });
});
