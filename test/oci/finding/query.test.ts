import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everything, matches, type Selector } from '../../../src/core/selector.ts';
import type { Target } from '../../../src/core/target.ts';
import { ocidParts } from '../../../src/oci/client/ocid.ts';
import { isPlain, searchQuery } from '../../../src/oci/finding/query.ts';
import { type Stage, stage } from '../sandbox.ts';

const query = (selector: Partial<Selector>, compartments?: readonly string[]) =>
  searchQuery({ types: ['instance'], selector: { ...everything, ...selector }, compartments });
const alive = "lifecycleState != 'TERMINATED' && lifecycleState != 'DELETED'";

describe('a search query', () => {
  test.each<[string, Partial<Selector>, string]>([
    ['nothing', {}, ''],
    ['a name', { names: ['web-1'] }, " && displayName = 'web-1'"],
    ['two names', { names: ['a', 'b'] }, " && (displayName = 'a' || displayName = 'b')"],
    ['a pattern', { names: ['*shop-web*1'] }, " && displayName =~ 'shop-web'"],
    ['a name that cannot be said', { names: ["it's", 'web-1'] }, ''],
    [
      'a tag',
      { tags: [{ key: 'env', values: ['dev'] }] },
      " && (freeformTags.key = 'env' && freeformTags.value = 'dev')",
    ],
    ['a tag with any value', { tags: [{ key: 'env', values: ['*'] }] }, " && (freeformTags.key = 'env')"],
    [
      'a defined tag',
      { tags: [{ key: 'Operations.CostCenter', values: ['42'] }] },
      " && ((freeformTags.key = 'Operations.CostCenter' && freeformTags.value = '42') || (definedTags.namespace = 'Operations' && definedTags.key = 'CostCenter' && definedTags.value = '42'))",
    ],
  ])('for %s', (_, selector, condition) => {
    expect(query(selector)).toBe(`query instance resources where ${alive}${condition}`);
  });

  test('says compartments while they are few', () => {
    expect(query({}, ['ocid1.compartment.oc1..a'])).toContain("compartmentId = 'ocid1.compartment.oc1..a'");
    expect(
      query(
        {},
        Array.from({ length: 51 }, (_, at) => `ocid1.compartment.oc1..${at}`),
      ),
    ).not.toContain('51');
  });

  test('never lets a typed value out of its quotes', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        "x' || displayName != '",
        "\\' || 'a' = 'a",
        "x'; query all resources",
        "x\n|| y = 'z'",
        '‘x’',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, key, value) => {
        const text = query({ names: [name], tags: [{ key, values: [value] }] });
        const values = [...text.matchAll(/'([^']*)'/g)].map(([, quoted = '']) => quoted);
        expect(text.replace(/'[^']*'/g, '?')).toMatch(/^query instance resources where [\w .?!=~&|()]*$/);
        for (const quoted of values) expect(isPlain(quoted)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('over the sandbox', () => {
  let on: Stage;
  let all: readonly Target[];
  beforeAll(async () => {
    on = await stage();
    all = await on.find('');
  });
  afterAll(() => on.close());

  test('what is found is what matches, for any selector', async () => {
    const pick = <T>(values: readonly T[]) => fc.subarray([...new Set(values)], { maxLength: 2 });
    const part = (name: string) => name.slice(0, Math.ceil(name.length / 2));
    const names = all.flatMap(({ name }) => [
      name,
      `${part(name)}*`,
      `*${part(name)}`,
      "x' || displayName != '",
    ]);
    const selectors = fc.record({
      kinds: pick(['instance', 'container-instance', 'autonomous-database'] as const),
      names: pick(names),
      ocids: fc.constant([]),
      regions: pick(['eu-frankfurt-1', 'eu-amsterdam-1', 'nowhere']),
      compartments: pick(['shop', 'shop/dev', 'DATA', 'platform/ci', 'nowhere']),
      tags: fc.array(
        fc.record({
          key: fc.constantFrom('env', 'APP', 'Operations.CostCenter', "e' || 'a", 'owner'),
          values: fc.subarray(['dev', 'shop', 'PROD', '4711', 's*', "d' || 'a"], {
            minLength: 1,
            maxLength: 2,
          }),
        }),
        { maxLength: 2 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(selectors, async (selector) => {
        const found = await on.cloud.reader.find(selector);
        const wanted = all.filter((target) => matches(selector, target));
        expect(found).toEqual({ targets: wanted, missing: [] });
      }),
      { numRuns: 60 },
    );
  });
});

test.each([
  ['ocid1.instance.oc1.eu-frankfurt-1.abc', { type: 'instance', region: 'eu-frankfurt-1' }],
  ['OCID1.INSTANCE.OC1.IAD.ABC', { type: 'instance', region: 'us-ashburn-1' }],
  ['ocid1.compartment.oc1..abc', { type: 'compartment', region: '' }],
  ['ocid1.instance.oc1.eu-frankfurt-1.a&compartmentId=b', undefined],
  ["ocid1.instance.oc1.x.a'", undefined],
  ['web-1', undefined],
])('the parts of %s', (ocid, parts) => expect(ocidParts(ocid)).toEqual(parts));
