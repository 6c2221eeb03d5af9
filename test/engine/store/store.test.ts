import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/core/refusal.ts';
import { storeCheck } from '../../../src/engine/store/check.ts';
import { openStore } from '../../../src/engine/store/store.ts';
import { draftOf, house, makeSite, planOf, type Site, until } from '../house.ts';

let site: Site;
beforeEach(async () => {
  site = await makeSite();
});
afterEach(() => site.remove());

async function refusal(opening: Promise<unknown>): Promise<Refusal> {
  const error = await opening.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${error}`);
  return error;
}

describe('a store that cannot be used is refused with the reason', () => {
  it('when it is not a database', async () => {
    writeFileSync(join(site.folder, 'lamplighter.db'), 'garbage '.repeat(1_000));
    expect((await refusal(openStore(site))).message).toContain('is damaged or is not a database');
  });

  it('when it was cut off', async () => {
    await (await openStore(site)).close();
    rmSync(join(site.folder, 'lamplighter.db-wal'), { force: true });
    truncateSync(join(site.folder, 'lamplighter.db'), 5_000);
    expect((await refusal(openStore(site))).message).toContain('is damaged');
  });

  it('when its folder is a file', async () => {
    const file = join(site.folder, 'file');
    writeFileSync(file, '');
    const { message, hint } = await refusal(openStore({ folder: file }));
    expect(message).toContain('cannot be written');
    expect(hint).toContain('LAMPLIGHTER_STORE');
  });

  it('when its file is a folder', async () => {
    mkdirSync(join(site.folder, 'lamplighter.db'));
    expect((await refusal(openStore(site))).message).toContain('cannot be opened');
  });

  it('when a newer version wrote it', async () => {
    const store = await openStore(site);
    await store.write((db) =>
      db.updateTable('meta').set({ value: '99' }).where('name', '=', 'schema').execute(),
    );
    await store.close();
    expect((await refusal(openStore(site))).message).toContain('newer Lamplighter (schema 99');
    expect(readFileSync(join(site.folder, 'lamplighter.db')).length).toBeGreaterThan(0);
  });

  it('when PostgreSQL does not answer, without quoting the password', async () => {
    const url = 'postgres://bot:hunter2@127.0.0.1:1/lamplighter';
    const { message, hint } = await refusal(openStore({ ...site, url, patience: 50 }));
    expect(message).toBe('PostgreSQL at 127.0.0.1:1/lamplighter cannot be used: ECONNREFUSED.');
    expect(`${message} ${hint}`).not.toContain('hunter2');
  });
});

describe('the embedded store', () => {
  it('lets one process work and others look and ask', async () => {
    const bot = await house(site);
    const terminal = await house(site, { clock: bot.clock, cloud: bot.cloud });
    await bot.engine.start();
    await terminal.engine.start();
    expect([bot.engine.working, terminal.engine.working]).toEqual([true, false]);
    const { id } = await terminal.engine.propose(draftOf(planOf([bot.cloud.add('web-1')])));
    expect((await until(terminal.engine, id)).status).toBe('succeeded');
    await bot.close();
    const next = await terminal.engine.propose(draftOf(planOf([bot.cloud.add('web-2')])));
    expect((await until(terminal.engine, next.id)).status).toBe('succeeded');
    expect(terminal.engine.working).toBe(true);
    await terminal.close();
  });

  it('survives many writers at once', async () => {
    const houses = await Promise.all([house(site), house(site), house(site)]);
    const [first] = houses;
    const target = first?.cloud.add('web-1');
    if (!first || !target) throw new Error('no house');
    await Promise.all(
      houses.flatMap(({ engine }) =>
        Array.from({ length: 20 }, () => engine.propose(draftOf(planOf([target])))),
      ),
    );
    expect(await first.engine.list({ limit: 100 })).toHaveLength(60);
    for (const each of houses) await each.close();
  });

  it('waits while another program holds the file', async () => {
    const { engine, cloud, close } = await house(site);
    const holder = new Database(join(site.folder, 'lamplighter.db'));
    holder.exec('begin immediate');
    setTimeout(() => {
      holder.exec('rollback');
      holder.close();
    }, 300);
    const { id } = await engine.propose(draftOf(planOf([cloud.add('web-1')])));
    expect(id).toBe('op-1');
    await close();
  });

  it('is examined by doctor', async () => {
    const store = await openStore(site);
    expect(await storeCheck(store).run()).toBe(`SQLite at ${store.place} takes writes`);
    await store.close();
  });
});
