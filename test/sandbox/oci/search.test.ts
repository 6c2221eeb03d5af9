import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { holds, type Indexed } from '../../../sandbox/oci/search/match.ts';
import { BadQuery, type Condition, operators, parseQuery } from '../../../sandbox/oci/search/query.ts';
import { amsterdam, bootOci, type Cloud, clients, ocidOf } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
});

beforeEach(() => cloud.reset());

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

async function search(query: string, from = sdk) {
  const { resourceSummaryCollection } = await from.search.searchResources({
    searchDetails: { type: 'Structured', query },
  });
  return resourceSummaryCollection.items ?? [];
}

const names = async (query: string, from = sdk) =>
  (await search(query, from)).map(({ displayName }) => displayName ?? '').sort();

const shopDev = ['shop-dev-api', 'shop-dev-db', 'web-1', 'web-2'];
const three = 'instance, containerinstance, autonomousdatabase';

describe('structured search', () => {
  it('finds by tags, each pair in its own brackets', async () => {
    const query =
      `query ${three} resources where (freeformTags.key = 'app' && freeformTags.value = 'shop') ` +
      `&& (freeformTags.key = 'env' && freeformTags.value = 'dev') && lifecycleState != 'TERMINATED' ` +
      'sorted by displayName asc';
    expect((await search(query)).map(({ displayName }) => displayName)).toEqual(shopDev);
    expect(await names(query.replaceAll('&&', 'AND').replace('query', 'QUERY'))).toEqual(shopDev);
  });

  it('does not mix the key of one tag with the value of another', async () => {
    expect(
      await names(`query instance resources where (freeformTags.key = 'tier' && freeformTags.value = 'dev')`),
    ).toEqual([]);
  });

  it.each([
    [`query instance resources where displayName = 'WEB-1'`, ['web-1']],
    [`query instance resources where displayName == 'WEB-1'`, []],
    [
      `query instance resources where displayName =~ 'eb-'`,
      ['shop-web-1', 'shop-web-2', 'shop-web-3', 'web-1', 'web-2'],
    ],
    [`query instance resources where displayName =~ 'web' && displayName !=~ 'shop'`, ['web-1', 'web-2']],
    [`query instance resources where displayName = 'web-1' || displayName = 'web-2'`, ['web-1', 'web-2']],
    [
      `query instance resources where (displayName = 'web-1' or displayName = 'web-2') and lifecycleState = 'STOPPED'`,
      [],
    ],
    [
      `query instance resources where definedTags.namespace = 'Operations' && definedTags.key = 'CostCenter' && definedTags.value = '5200'`,
      ['gpu-train-1'],
    ],
    [`query instance resources where displayName = 'Geburtstagsgrüße Köln'`, ['Geburtstagsgrüße Köln']],
    [`query instance resources where displayName = '<!channel> nightly'`, ['<!channel> nightly']],
    [`query compartment resources where displayName = 'ci'`, ['ci']],
    [`query all resources where displayName = 'shop-dev-api'`, ['shop-dev-api', 'shop-dev-api']],
    [`query ContainerInstance resources matching 'shop-api'`, ['shop-api']],
    [`query all resources where timeCreated > now - 1h`, []],
    [
      `query instance resources where displayName != 'web-1' && displayName =~ 'web-' && timeCreated >= '2020-01-01' && displayName !=~ 'shop'`,
      ['web-2'],
    ],
  ])('%s', async (query, found) => {
    expect(await names(query)).toEqual([...found].sort());
  });

  it('speaks of one region only, but of all compartments', async () => {
    const other = clients(cloud, amsterdam);
    expect(await names(`query instance resources where displayName = 'bastion'`, other)).toEqual(['bastion']);
    expect(await names(`query compartment resources`, other)).toEqual(
      await names(`query compartment resources`),
    );
    other.close();
  });

  it('summarises as OCI does', async () => {
    const [summary] = await search(`query instance resources where displayName = 'web-1'`);
    expect(summary).toMatchObject({
      resourceType: 'Instance',
      identifier: await ocidOf(cloud, 'web-1'),
      compartmentId: cloud.compartments['shop/dev'],
      lifecycleState: 'Running',
      freeformTags: { app: 'shop', env: 'dev' },
    });
  });

  it('knows of changes only after a while', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const state = async () =>
      (await search(`query instance resources where identifier = '${instanceId}'`))[0]?.lifecycleState;
    await sdk.compute.instanceAction({ instanceId, action: 'STOP' });
    expect(await state()).toBe('Running');
    cloud.clock.advance(5_000);
    expect(await state()).toBe('Stopping');
    cloud.clock.advance(5_000);
    expect(await state()).toBe('Stopping');
    cloud.clock.advance(5_000);
    expect(await state()).toBe('Stopped');
  });

  it('pages through everything once', async () => {
    const searchDetails = { type: 'Structured', query: 'query all resources' };
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const reply = await sdk.search.searchResources({ searchDetails, limit: 7, ...(page && { page }) });
      seen.push(...(reply.resourceSummaryCollection.items ?? []).map(({ identifier }) => identifier));
      page = reply.opcNextPage || undefined;
    } while (page);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await search('query all resources')).length);
  });

  it.each([
    'instance resources',
    'query instance',
    'query instance resources where',
    `query instance resources where displayName = web-1`,
    `query instance resources where displayName ~ 'web-1'`,
    `query instance resources where (displayName = 'web-1'`,
    `query instance resources where displayName = 'web-1' &&`,
    `query instance resources where displayName = 'web-1`,
    `query unicorn resources`,
    `query instance resources where unicorn = 'pink'`,
    `query instance resources where displayName = 'a' sorted by unicorn`,
    `query instance resources extra`,
    `query instance resources where ${'('.repeat(100)}displayName = 'a'`,
  ])('refuses %s', async (query) => {
    await expect(search(query)).rejects.toMatchObject({ statusCode: 400, serviceCode: 'InvalidParameter' });
  });
});

describe('free-text search', () => {
  it('finds words in any field, all of them', async () => {
    const find = async (text: string) => {
      const { resourceSummaryCollection } = await sdk.search.searchResources({
        searchDetails: { type: 'FreeText', text },
      });
      return (resourceSummaryCollection.items ?? []).map(({ displayName }) => displayName);
    };
    expect(await find('WEB-1 dev')).toContain('web-1');
    expect(await find('web-1 dev')).not.toContain('shop-web-1');
    expect(await find('load-test')).toContain('load-test-1');
  });
});

describe('resource types', () => {
  it('are listed and described', async () => {
    const { items } = await sdk.search.listResourceTypes({});
    expect(items.map(({ name }) => name)).toEqual(expect.arrayContaining(['Instance', 'ContainerInstance']));
    const { resourceType } = await sdk.search.getResourceType({ name: 'instance' });
    expect(resourceType).toMatchObject({ name: 'Instance' });
    await expect(sdk.search.getResourceType({ name: 'Unicorn' })).rejects.toMatchObject({ statusCode: 404 });
  });
});

const field = fc.constantFrom('displayname', 'lifecyclestate', 'freeformtags.key', 'freeformtags.value');
const comparison = fc.record({
  field,
  operator: fc.constantFrom(...operators),
  value: fc.string({ maxLength: 8 }),
});
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }) }),
  ),
}));

function show(of: Condition): string {
  if ('any' in of) return `(${of.any.map(show).join(' || ')})`;
  if ('all' in of) return `(${of.all.map(show).join(' && ')})`;
  return `${of.field} ${of.operator} '${of.value.replace(/[\\']/g, '\\$&')}'`;
}

const indexed: fc.Arbitrary<Indexed> = fc.record({
  resourceType: fc.constant('Instance'),
  identifier: fc.constant('ocid1.instance.oc1..x'),
  compartmentId: fc.constant('ocid1.compartment.oc1..x'),
  displayName: fc.string({ maxLength: 8 }),
  lifecycleState: fc.constantFrom('RUNNING', 'STOPPED'),
  timeCreated: fc.constant('2026-01-01T00:00:00.000Z'),
  availabilityDomain: fc.constant(undefined),
  region: fc.constant('eu-frankfurt-1'),
  freeformTags: fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }), { maxKeys: 3 }),
  definedTags: fc.constant({}),
  additionalDetails: fc.constant({}),
});

describe('the grammar', () => {
  it('reads back every condition that is written down', () => {
    fc.assert(
      fc.property(condition, (wanted) => {
        expect(parseQuery(`query instance resources where ${show(wanted)}`, 0).where).toEqual(wanted);
      }),
    );
  });

  it('gives a tree or a BadQuery for any text, and nothing else', () => {
    const word = fc.constantFrom(
      'query',
      'instance',
      'resources',
      'where',
      'displayName',
      '=',
      "'a'",
      '(',
      ')',
      '&&',
      'or',
      'now',
      '-',
      '3h',
      'sorted',
      'by',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (query) => {
        try {
          expect(parseQuery(query, 0)).toHaveProperty('types');
        } catch (error) {
          expect(error).toBeInstanceOf(BadQuery);
        }
      }),
    );
  });

  it('a name in quotation marks means itself, whatever it holds', () => {
    fc.assert(
      fc.property(indexed, fc.string({ maxLength: 30 }), (of, displayName) => {
        const { where } = parseQuery(
          `query all resources where ${show({ field: 'displayname', operator: '==', value: displayName })}`,
          0,
        );
        expect(where && holds(where, { ...of, displayName })).toBe(true);
        expect(where && holds(where, { ...of, displayName: `${displayName}x` })).toBe(false);
      }),
    );
  });

  it('every operator and its negation disagree about names', () => {
    fc.assert(
      fc.property(indexed, fc.string({ maxLength: 3 }), (of, value) => {
        for (const [yes, no] of [
          ['=', '!='],
          ['==', '!=='],
          ['=~', '!=~'],
          ['>', '<='],
          ['<', '>='],
        ] as const) {
          const is = (operator: (typeof operators)[number]) =>
            holds({ field: 'displayname', operator, value }, of);
          expect(is(yes)).not.toBe(is(no));
        }
      }),
    );
  });
});
