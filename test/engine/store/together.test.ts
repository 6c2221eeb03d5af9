import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db, Store } from '../../../src/engine/store/store.ts';
import { makeSite, open, type Site } from '../house.ts';

let site: Site;
let store: Store;
beforeEach(async () => {
  site = await makeSite();
  store = await open(site);
});
afterEach(async () => {
  await store.close();
  await site.remove();
});

const put = (name: string) => async (db: Db) => {
  await db.insertInto('meta').values({ name, value: 'x' }).execute();
  return name;
};
const names = async () =>
  (await store.read((db) => db.selectFrom('meta').select('name').where('value', '=', 'x').execute()))
    .map(({ name }) => name)
    .sort();

describe('changes that are written together', () => {
  test('are whole or nothing each, and each is answered with its own', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 120 }, (_, at) =>
        store.write(async (db) => {
          const name = await put(`n${String(at).padStart(3, '0')}`)(db);
          if (at % 10 === 3) throw new Error(`not ${name}`);
          return name;
        }),
      ),
    );
    const kept = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(kept).toHaveLength(108);
    expect(await names()).toEqual(kept);
    const failed = outcomes.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(failed[0]).toBe('Error: not n003');
    expect(failed).toHaveLength(12);
  });

  test('see what went before them in the same transaction', async () => {
    const counts = await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        store.write(async (db) => {
          await put(name)(db);
          return (await db.selectFrom('meta').select('name').where('value', '=', 'x').execute()).length;
        }),
      ),
    );
    expect(counts).toEqual([1, 2, 3]);
  });

  test('a change that breaks a rule of the database takes nobody with it', async () => {
    const outcomes = await Promise.allSettled([
      store.write(put('a')),
      store.write(put('a')),
      store.write(put('b')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['a', 'b']);
  });
});
