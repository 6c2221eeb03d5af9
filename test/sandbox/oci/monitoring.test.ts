import { models } from 'oci-monitoring';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amsterdam, bootOci, type Cloud, clients } from './cloud.ts';

const minute = 60_000;
let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
let noon: number;
beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
});
beforeEach(() => {
  cloud.reset();
  noon = Math.floor(cloud.clock.now() / minute) * minute;
});
afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const compartmentId = () => cloud.compartments['shop/prod'] ?? '';
const posted = (
  value: number,
  more: Partial<models.MetricDataDetails> = {},
  ago = minute / 2,
): models.MetricDataDetails => ({
  namespace: 'shop',
  compartmentId: compartmentId(),
  name: 'checkout.errors',
  dimensions: { version: '1.4.2' },
  datapoints: [{ timestamp: new Date(noon - ago), value }],
  ...more,
});
const post = async (metricData: models.MetricDataDetails[], more: object = {}) =>
  (await sdk.monitoring.postMetricData({ postMetricDataDetails: { metricData, ...more } }))
    .postMetricDataResponseDetails;
const ask = async (
  query: string,
  more: Partial<models.SummarizeMetricsDataDetails> = {},
  request: object = {},
) =>
  (
    await sdk.monitoring.summarizeMetricsData({
      compartmentId: compartmentId(),
      summarizeMetricsDataDetails: {
        namespace: 'shop',
        query,
        startTime: new Date(noon - 5 * minute),
        endTime: new Date(noon + minute),
        ...more,
      },
      ...request,
    })
  ).items;
const control = (body: object) =>
  cloud.control.request('/metrics', { method: 'POST', body: JSON.stringify(body) });

describe('Monitoring', () => {
  it('answers what was posted, as the service writes it', async () => {
    expect(
      await post([posted(1, { metadata: { unit: 'errors' } }), posted(2), posted(4, {}, 90_000)]),
    ).toEqual({ failedMetricsCount: 0, failedMetrics: [] });
    expect(await ask('checkout.errors[1m].sum()', { resolution: '1m' })).toMatchObject([
      {
        namespace: 'shop',
        compartmentId: compartmentId(),
        name: 'checkout.errors',
        dimensions: { version: '1.4.2' },
        metadata: { unit: 'errors' },
        resolution: '1m',
        aggregatedDatapoints: [{ value: 4 }, { value: 3 }],
      },
    ]);
    const [line] = await ask('checkout.errors[1m].sum()');
    expect(line?.aggregatedDatapoints.map(({ timestamp }) => new Date(timestamp).getTime())).toEqual([
      noon - minute,
      noon,
    ]);
  });

  it('answers an empty list where there is no data', async () => {
    await post([posted(1)]);
    expect(await ask('checkout.errors[1m]{version = "1.4.1"}.sum()')).toEqual([]);
    expect(await ask('checkout.Errors[1m].sum()')).toEqual([]);
    expect(await ask('checkout.errors[1m].sum()', { namespace: 'elsewhere' })).toEqual([]);
    expect(await ask('checkout.errors[1m].sum()', { resourceGroup: 'blue' })).toEqual([]);
    expect(
      await ask('checkout.errors[1m].sum()', {}, { compartmentId: cloud.compartments['shop/dev'] }),
    ).toEqual([]);
    expect(
      await ask('checkout.errors[1m].sum()', {
        startTime: new Date(noon - 5 * minute),
        endTime: new Date(noon),
      }),
    ).toEqual([]);
    const there = clients(cloud, amsterdam);
    const { items } = await there.monitoring.summarizeMetricsData({
      compartmentId: compartmentId(),
      summarizeMetricsDataDetails: { namespace: 'shop', query: 'checkout.errors[1m].sum()' },
    });
    expect(items).toEqual([]);
    there.close();
  });

  it('looks at the last three hours unless it is told', async () => {
    await post([posted(1)]);
    cloud.clock.advance(2 * minute);
    const details = { namespace: 'shop', query: 'checkout.errors[1m].count()' };
    const asked = { compartmentId: compartmentId(), summarizeMetricsDataDetails: details };
    const [line] = (await sdk.monitoring.summarizeMetricsData(asked)).items;
    expect(line?.aggregatedDatapoints).toHaveLength(1);
    cloud.clock.advance(4 * 60 * minute);
    expect((await sdk.monitoring.summarizeMetricsData(asked)).items).toEqual([]);
  });

  it('reads all compartments at the tenancy only', async () => {
    await post([posted(1), posted(2, { compartmentId: cloud.credentials.tenancy })]);
    const subtree = { compartmentId: cloud.credentials.tenancy, compartmentIdInSubtree: true };
    expect(await ask('checkout.errors[1m].grouping().sum()', {}, subtree)).toMatchObject([
      { compartmentId: cloud.credentials.tenancy, dimensions: {}, aggregatedDatapoints: [{ value: 3 }] },
    ]);
    await expect(
      ask('checkout.errors[1m].sum()', {}, { compartmentIdInSubtree: true }),
    ).rejects.toMatchObject({ statusCode: 400 });
  });

  it.each([
    ['checkout.errors[1m]', {}],
    ['checkout.errors[1m].median()', {}],
    ['checkout.errors[5m].sum()', { resolution: '10m' }],
    ['checkout.errors[5m].sum()', { resolution: '10s' }],
    ['checkout.errors[5m].sum()', { startTime: new Date(0), endTime: new Date(0) }],
  ])('refuses %j with %j', async (query, more) => {
    await expect(ask(query, more)).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: 'InvalidParameter',
    });
  });

  it('takes data of any namespace by the control API', async () => {
    const of = {
      compartment: 'shop/prod',
      namespace: 'oci_lbaas',
      name: 'HttpResponses5xx',
      dimensions: { backendSetName: 'api' },
    };
    const at = new Date(noon - 1).toISOString();
    const reply = await control({
      ...of,
      points: [
        { value: 1, count: 3, at },
        { value: 2, at },
      ],
    });
    expect(await reply.json()).toEqual({ ok: true, recorded: 2 });
    expect(await ask('HttpResponses5xx[1m].sum()', { namespace: 'oci_lbaas' })).toMatchObject([
      { dimensions: { backendSetName: 'api' }, aggregatedDatapoints: [{ value: 5 }] },
    ]);
    expect((await control({ ...of, points: [] })).status).toBe(400);
    expect((await control({ ...of, compartment: 'mars', points: [{ value: 1 }] })).status).toBe(400);
    await cloud.control.request('/metrics', { method: 'DELETE' });
    expect(await ask('HttpResponses5xx[1m].sum()', { namespace: 'oci_lbaas' })).toEqual([]);
  });
});

describe('a post', () => {
  it.each([
    [{ namespace: 'oci_lbaas' }, /reserved/],
    [{ namespace: 'Shop' }, /namespace/],
    [{ name: '5xx' }, /name/],
    [{ dimensions: {} }, /dimensions/],
    [{ dimensions: { 'a b': 'c' } }, /dimensions/],
    [{ compartmentId: 'ocid1.compartment.oc1..elsewhere' }, /not authorized or not found/],
    [{ datapoints: [] }, /datapoints/],
    [{ datapoints: [{ timestamp: new Date(0), value: 1 }] }, /timestamp/],
    [{ datapoints: [{ timestamp: new Date(), value: 1, count: 0 }] }, /count/],
  ])('with %j is refused', async (more, why) => {
    await expect(post([posted(1, more)])).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringMatching(why),
    });
  });

  it('keeps what is right and tells of the rest, unless it is all or nothing', async () => {
    const { BatchAtomicity } = models.PostMetricDataDetails;
    const batch = [posted(1), posted(2, { name: '5xx' })];
    await expect(post(batch, { batchAtomicity: BatchAtomicity.Atomic })).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(await ask('checkout.errors[1m].sum()')).toEqual([]);
    expect(await post(batch)).toMatchObject({
      failedMetricsCount: 1,
      failedMetrics: [{ metricData: { name: '5xx' } }],
    });
    expect(await ask('checkout.errors[1m].sum()')).toHaveLength(1);
  });
});

describe('the list of metrics', () => {
  const list = async (listMetricsDetails: models.ListMetricsDetails, more: object = {}) =>
    sdk.monitoring.listMetrics({ compartmentId: compartmentId(), listMetricsDetails, ...more });

  beforeEach(async () => {
    await post([
      posted(1),
      posted(1, { dimensions: { version: '1.4.1' } }),
      posted(1, { name: 'orders' }),
      posted(1, { namespace: 'crm', resourceGroup: 'blue' }),
    ]);
  });

  it('is narrowed by name, namespace, group and dimensions', async () => {
    expect((await list({})).items).toHaveLength(3);
    expect((await list({ name: 'orders' })).items).toMatchObject([
      { name: 'orders', namespace: 'shop', dimensions: { version: '1.4.2' } },
    ]);
    expect((await list({ dimensionFilters: { version: '1.4.1' } })).items).toHaveLength(1);
    expect((await list({ resourceGroup: 'blue' })).items).toMatchObject([{ namespace: 'crm' }]);
  });

  it('is grouped, sorted and paged', async () => {
    const { SortBy, SortOrder } = models.ListMetricsDetails;
    const { items } = await list({
      groupBy: ['namespace', 'resourceGroup'],
      sortBy: SortBy.Namespace,
      sortOrder: SortOrder.Desc,
    });
    expect(items.map(({ namespace }) => namespace)).toEqual(['shop', 'crm']);
    const first = await list({ sortBy: SortBy.Name }, { limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['checkout.errors', 'checkout.errors']);
    const rest = await list({ sortBy: SortBy.Name }, { page: first.opcNextPage });
    expect(rest.items.map(({ name }) => name)).toEqual(['orders']);
  });
});
