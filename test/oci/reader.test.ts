import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { everything, parseSelector } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';
import { type Stage, stage } from './sandbox.ts';

let on: Stage;
let all: readonly Target[];
beforeAll(async () => {
  on = await stage();
  all = await on.find('');
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const names = (targets: readonly Target[]) => targets.map(({ name }) => name);
const read = (target: Target) => on.cloud.reader.read(target);

describe('find', () => {
  test('sorts by name, with compartment paths and both sorts of tags', async () => {
    const found = await on.find('app=shop env=dev');
    expect(names(found)).toEqual(['shop-dev-api', 'shop-dev-db', 'web-1', 'web-2']);
    expect(found[2]).toMatchObject({
      kind: 'instance',
      region: 'eu-frankfurt-1',
      compartment: { path: 'shop/dev' },
      tags: { app: 'shop', tier: 'web', 'Operations.CostCenter': '4711' },
      state: 'RUNNING',
    });
  });

  test('is current in state though Search lags behind', async () => {
    const web = await on.one('web-1');
    await on.edit(web, { state: 'STOPPED' });
    expect((await on.one('web-1')).state).toBe('STOPPED');
  });

  test('leaves out what is gone, before Search knows and after', async () => {
    const web = await on.one('web-1');
    await on.edit(web, { state: 'TERMINATED' });
    expect(await on.find('web-1')).toEqual([]);
    expect(await on.find(web.ocid)).toEqual([]);
    on.clock.advance(60_000);
    expect(names(await on.find('web-*'))).toEqual(['web-2']);
  });

  test('reads OCIDs where they live, without Search', async () => {
    const web = await on.one('web-1');
    const searched = () => on.calls.filter(({ operation }) => operation.startsWith('ResourceSearch')).length;
    const before = searched();
    expect(names(await on.find(web.ocid.toUpperCase().toLowerCase()))).toEqual(['web-1']);
    expect(await on.find('ocid1.vcn.oc1.eu-frankfurt-1.abc')).toEqual([]);
    expect(await on.find('ocid1.instance.oc1.us-ashburn-1.abc')).toEqual([]);
    expect(await on.find(`${web.ocid}&compartmentId=x`)).toEqual([]);
    expect(searched()).toBe(before);
  });

  test('takes names and OCIDs side by side', async () => {
    const db = await on.one('shop-dev-db');
    expect(names(await on.find(`web-1 ${db.ocid}`))).toEqual(['shop-dev-db', 'web-1']);
  });

  test('names a region that is away, and answers for the others', async () => {
    await on.fault({ region: 'eu-amsterdam-1', away: true, for: '1h' });
    const { targets, missing } = await on.hurry(on.cloud.reader.find(parseSelector(['bastion'])));
    expect(targets.map(({ region }) => region)).toEqual(['eu-frankfurt-1']);
    expect(missing).toEqual([{ region: 'eu-amsterdam-1', because: expect.stringMatching(/^no reply/) }]);
  });

  test('asks Identity elsewhere when the first region is away', async () => {
    await on.fault({ region: 'eu-frankfurt-1', away: true, for: '1h' });
    const cloud = on.open({ regions: on.oci.regions });
    const { targets, missing } = await on.hurry(cloud.reader.find(parseSelector(['bastion'])));
    expect(targets.map(({ region }) => region)).toEqual(['eu-amsterdam-1']);
    expect(missing.map(({ region }) => region)).toEqual(['eu-frankfurt-1']);
  });

  test('says why a region cannot be asked', async () => {
    await on.fault({ operation: 'Compute.ListInstances', region: 'eu-amsterdam-1', status: 404, for: '1h' });
    const { missing } = await on.cloud.reader.find({ ...everything, kinds: ['instance'] });
    expect(missing).toEqual([
      {
        region: 'eu-amsterdam-1',
        because: expect.stringMatching(
          /^404 NotAuthorizedOrNotFound: Authorization failed or requested resource not found, opc-request-id \S+$/,
        ),
      },
    ]);
  });

  test('gets through when OCI throttles', async () => {
    const slow = { operation: '*', perSecond: 2, burst: 2 };
    await on.limit([slow]);
    // by a clock that runs ahead it is soon forgotten how slow it had to be
    const rates: number[] = [];
    const watch = setInterval(() => rates.push(...on.cloud.limits().map(({ rate }) => rate)), 1);
    const { targets, missing } = await on
      .hurry(on.cloud.reader.find(everything))
      .finally(() => clearInterval(watch));
    expect([targets.length, missing]).toEqual([all.length, []]);
    expect((await on.requests()).filter(({ status }) => status === 429)).not.toEqual([]);
    expect(Math.min(...rates)).toBeLessThan(10);
  });

  test('reads the compartments every ten minutes, and when it meets one that it does not know', async () => {
    const looks = async () =>
      (await on.requests()).filter(({ operation }) => operation === 'Identity.ListCompartments').length;
    const cloud = on.open();
    const find = (path: string) => cloud.reader.find(parseSelector([`compartment:${path}`]));
    await find('shop');
    await find('shop/dev');
    await find('nowhere');
    expect(await looks()).toBe(1);
    on.clock.advance(60_000);
    await find('nowhere');
    expect(await looks()).toBe(2);
    on.clock.advance(11 * 60_000);
    await find('shop');
    expect(await looks()).toBe(3);
  });

  test('looks nowhere but in the regions and compartments it is kept to', async () => {
    const kept = on.open({ regions: ['eu-frankfurt-1'], compartments: ['shop'] });
    const { targets } = await kept.reader.find(everything);
    expect(new Set(targets.map(({ compartment }) => compartment.path))).toEqual(
      new Set(['shop/dev', 'shop/prod']),
    );
    expect(new Set(targets.map(({ region }) => region))).toEqual(new Set(['eu-frankfurt-1']));
    const outside = await on.one('airflow-1');
    expect((await kept.reader.find(parseSelector([outside.ocid]))).targets).toEqual([]);
    expect(await kept.reader.read(outside)).toBeUndefined();
    const byOcid = on.open({ compartments: [on.oci.compartments.shop ?? ''] });
    expect(names((await byOcid.reader.find(parseSelector(['web-1']))).targets)).toEqual(['web-1']);
  });
});

describe('read', () => {
  test('gives the etag, and the time of the last work request where acting needs it', async () => {
    const web = await on.fresh(await on.one('web-1'));
    expect(web.etag).toMatch(/^[0-9a-f]{40}$/);
    expect(await on.fresh(await on.one('shop-dev-api'))).toMatchObject({
      compartment: { path: 'shop/dev' },
      facts: { lastWorkRequest: null },
    });
  });

  test('says undefined of what is not there', async () => {
    const web = await on.one('web-1');
    expect(await read({ ...web, ocid: `${web.ocid}x` })).toBeUndefined();
  });
});

describe('inspect', () => {
  const value = async (line: string, label: string) =>
    (await on.cloud.reader.inspect(await on.one(line))).find((each) => each.label === label)?.value;

  test('tells what a person wants to know, and no nulls', async () => {
    expect(await value('web-1', 'Size')).toBe('2 OCPUs, 16 GB memory');
    expect(await value('web-1', 'Private IP')).toMatch(/^10\.\d+\.\d+\.\d+$/);
    expect(await value('web-1', 'Created')).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
    expect(await value('shop-dev-api', 'Container api')).toMatch(
      /^ACTIVE, fra\.ocir\.io\/.*, health HEALTHY$/,
    );
    expect(await value('shop-dev-db', 'Compute')).toMatch(/ECPUs/);
    for (const line of ['web-1', 'shop-dev-api', 'shop-dev-db'])
      for (const { value } of await on.cloud.reader.inspect(await on.one(line)))
        expect(value).not.toMatch(/null|undefined|Invalid|\[object/);
  });

  test('goes without what may not be read', async () => {
    await on.fault({ operation: 'VirtualNetwork.*', status: 404, for: '1h' });
    expect(await value('web-1', 'Private IP')).toBeUndefined();
    expect(await value('web-1', 'Shape')).toBe('VM.Standard.E5.Flex');
  });
});

test('logs of each container come as plain text, without escape sequences', async () => {
  const api = await on.one('shop-dev-api');
  const logs = await on.cloud.reader.logs(api, { previous: false });
  expect(logs.map(({ container }) => container)).toEqual(['api', 'envoy']);
  for (const { text } of logs) {
    expect(text.length).toBeGreaterThan(0);
    expect(text).not.toContain('\u001B');
  }
});

describe('names', () => {
  test('are kept for five minutes, and refreshed behind the back of who asks', async () => {
    const cloud = on.open();
    const before = await cloud.reader.names();
    expect(before.length).toBeGreaterThan(40);
    const searches = async () =>
      (await on.requests()).filter(({ operation }) => operation === 'ResourceSearch.SearchResources').length;
    const asked = await searches();
    expect(await cloud.reader.names()).toBe(before);
    expect(await searches()).toBe(asked);
    on.clock.advance(6 * 60_000);
    expect(await cloud.reader.names()).toBe(before);
    await expect.poll(() => cloud.reader.names()).not.toBe(before);
  });

  test('outlive an outage', async () => {
    const cloud = on.open();
    const before = await cloud.reader.names();
    await on.fault({ away: true, for: '10h' });
    const found = await on.hurry(cloud.reader.find(everything));
    expect(found).toMatchObject({ targets: [], missing: [{}, {}] });
    expect(await cloud.reader.names()).toBe(before);
  });
});

describe('probes', () => {
  test('all pass in the sandbox, each with the statement that grants it', async () => {
    for (const { run, grant } of on.cloud.reader.probes()) {
      expect(await run()).not.toBe('');
      expect(grant).toMatch(
        /^Allow group LAMPLIGHTER to (inspect|use|manage|\{) ?[A-Za-z_, -]+\}? in tenancy$|^Search shows/,
      );
    }
  });

  test('one that may not fails with OCI’s words', async () => {
    await on.fault({ operation: 'Database.*', status: 404, for: '1h' });
    const probe = on.cloud.reader.probes().find(({ name }) => name === 'Read autonomous-databases');
    await expect(probe?.run()).rejects.toMatchObject({ name: 'CloudError', status: 404 });
  });
});

test('a crowd comes page by page, list and search alike', async () => {
  const crowd = await stage({
    seed: `
tenancy: crowd
user: { name: bot, email: bot@crowd.example }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 1 }]
compartments: { all: { description: everything } }
instances: [{ name: 'web-{n}', count: 2300, region: eu-frankfurt-1, compartment: all }]
`,
  });
  try {
    expect(await crowd.find('')).toHaveLength(2300);
    const pages = (operation: string) => crowd.calls.filter((call) => call.operation === operation).length;
    expect([pages('ResourceSearch.SearchResources'), pages('Compute.ListInstances')]).toEqual([3, 3]);
  } finally {
    await crowd.close();
  }
});
