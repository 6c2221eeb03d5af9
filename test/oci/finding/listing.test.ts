import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { everything, parseSelector } from '../../../src/core/selector.ts';
import { type Stage, stage } from '../sandbox.ts';

const seed = `
tenancy: lamplight
user: { name: lamplighter-bot, email: lamplighter@lamplight.example }
regions:
  - { name: eu-frankfurt-1, key: FRA, domains: 3 }
compartments:
  shop: { description: The web shop }
  shop/dev: { description: Where the shop is built }
  data: { description: Warehouse }
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
mysqlSystems:
  - { name: lake, region: eu-frankfurt-1, compartment: data, tags: { env: dev } }
postgresSystems:
  - { name: ledger, region: eu-frankfurt-1, compartment: shop, tags: { env: dev } }
`;

let on: Stage;
beforeAll(async () => {
  on = await stage({ seed });
});
beforeEach(async () => {
  on.oci.reset();
  await on.clearFaults();
});
afterAll(() => on.close());

const names = async (line: string) => (await on.find(line)).map(({ name }) => name);
const lists = async () =>
  (await on.requests()).filter(({ operation }) => operation === 'DbSystem.ListDbSystems').length;

test('what Search does not know is found by name, tag, kind and compartment', async () => {
  expect(await names('')).toEqual(['lake', 'ledger', 'web-1']);
  expect(await names('lake')).toEqual(['lake']);
  expect(await names('env=dev')).toEqual(['lake', 'ledger']);
  expect(await names('kind:postgresql')).toEqual(['ledger']);
  expect(await names('compartment:shop')).toEqual(['ledger', 'web-1']);
});

test('a compartment that held none is passed over for some minutes, unless the kind is asked for', async () => {
  const cloud = on.open();
  const before = await lists();
  await cloud.reader.find(everything);
  expect((await lists()) - before).toBe(4);
  await cloud.reader.find(everything);
  expect((await lists()) - before).toBe(5);
  await cloud.reader.find(parseSelector(['kind:mysql']));
  expect((await lists()) - before).toBe(9);
  on.clock.advance(11 * 60_000);
  await cloud.reader.find(everything);
  expect((await lists()) - before).toBe(13);
});

test('only the compartments that are meant are listed', async () => {
  const cloud = on.open({ compartments: ['shop'] });
  const before = await lists();
  const { targets } = await cloud.reader.find(everything);
  expect(targets.map(({ name }) => name)).toEqual(['ledger', 'web-1']);
  expect((await lists()) - before).toBe(2);
});

test('a service that cannot be asked is missing by its kind, and the rest is there', async () => {
  await on.fault({ operation: 'DbSystem.ListDbSystems', status: 500, for: '10m' });
  const { targets, missing } = await on.hurry(on.open().reader.find(everything));
  expect(targets.map(({ name }) => name)).toEqual(['ledger', 'web-1']);
  expect(missing).toEqual([
    { region: 'eu-frankfurt-1', because: expect.stringMatching(/^mysql-db-systems: 500 /) },
  ]);
});

test('a right that is missing hides them and nothing else', async () => {
  await on.fault({ operation: 'DbSystem.ListDbSystems', status: 404, for: '10m' });
  const { targets, missing } = await on.open().reader.find(everything);
  expect(targets.map(({ name }) => name)).toEqual(['ledger', 'web-1']);
  expect(missing).toEqual([]);
});

test('doctor says that they are listed', async () => {
  const probe = on.cloud.reader.probes().find(({ name }) => name === 'Read mysql-db-systems');
  expect(await probe?.run()).toBe('eu-frankfurt-1: listed, since Search does not know them');
});
