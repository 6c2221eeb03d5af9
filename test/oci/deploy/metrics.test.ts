import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { measure } from '../../../src/oci/deploy/metrics.ts';
import { type Bare, bare, control } from '../bare.ts';
import { type Stage, stage } from '../sandbox.ts';

const minute = 60_000;
let on: Stage;
let below: Bare;
let noon: number;
beforeAll(async () => {
  on = await stage();
  below = bare(on);
});
beforeEach(() => {
  on.oci.reset();
  noon = Math.floor(on.clock.now() / minute) * minute;
});
afterAll(async () => {
  below.close();
  await on.close();
});

const ask = (query: string, more: { resolution?: string } = {}) =>
  measure(below.services, {
    region: 'eu-frankfurt-1',
    compartmentId: on.oci.compartments['shop/prod'] ?? '',
    namespace: 'oci_lbaas',
    query,
    from: noon - 10 * minute,
    to: noon + minute,
    ...more,
  });
const record = (name: string, set: string, values: Readonly<Record<number, number>>) =>
  control(on, '/metrics', {
    compartment: 'shop/prod',
    namespace: 'oci_lbaas',
    name,
    dimensions: { backendSetName: set },
    points: Object.entries(values).map(([ago, value]) => ({
      value,
      at: new Date(noon - Number(ago) * minute).toISOString(),
    })),
  });

describe('a measurement', () => {
  test('has a line for each group, in order of time', async () => {
    await record('HttpRequests', 'api', { 0: 200, 1: 100, 3: 50 });
    await record('HttpRequests', 'web', { 1: 7 });
    expect(await ask('HttpRequests[1m].groupBy(backendSetName).sum()')).toEqual([
      {
        dimensions: { backendSetName: 'api' },
        points: [
          { at: noon - 3 * minute, value: 50 },
          { at: noon - minute, value: 100 },
          { at: noon, value: 200 },
        ],
      },
      { dimensions: { backendSetName: 'web' }, points: [{ at: noon - minute, value: 7 }] },
    ]);
  });

  test('may be of several metrics, and of windows that overlap', async () => {
    await record('HttpRequests', 'api', { 0: 200, 1: 100 });
    await record('HttpResponses5xx', 'api', { 0: 4, 1: 1 });
    const [share] = await ask(
      '(HttpResponses5xx[2m]{backendSetName = "api"}.sum() / HttpRequests[2m]{backendSetName = "api"}.sum()) * 100',
      { resolution: '1m' },
    );
    expect(share?.points.slice(-2).map(({ value }) => value)).toEqual(
      [1, 5 / 3].map((v) => expect.closeTo(v)),
    );
  });

  test('of what nobody has measured is empty, and is not taken for nothing', async () => {
    expect(await ask('HttpResponses5xx[1m].sum()')).toEqual([]);
    await record('HttpRequests', 'api', { 0: 0 });
    expect(await ask('HttpRequests[1m].sum()')).toMatchObject([{ points: [{ value: 0 }] }]);
    expect(await ask('HttpResponses5xx[1m].sum() / HttpRequests[1m].sum()')).toEqual([]);
    expect(await ask('HttpRequests[1m].sum() / HttpRequests[1m].sum()')).toEqual([]);
  });

  test('that cannot be read is a fault, with what OCI says', async () => {
    await expect(ask('HttpRequests[1m].median()')).rejects.toMatchObject({
      status: 400,
      code: 'InvalidParameter',
      message: expect.stringContaining('"median" is no statistic'),
    });
    await on.fault({ operation: 'Monitoring.*', status: 404, for: '1h' });
    await expect(ask('HttpRequests[1m].sum()')).rejects.toMatchObject({ status: 404 });
  });
});
