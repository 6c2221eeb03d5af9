import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLine } from '../../src/core/parse.ts';
import {
  everything,
  isEverything,
  like,
  matches,
  parseSelector,
  showSelector,
} from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';

const web: Target = {
  kind: 'instance',
  ocid: 'ocid1.instance.oc1.eu-frankfurt-1.aaaa',
  name: 'web-1',
  region: 'eu-frankfurt-1',
  compartment: { ocid: 'ocid1.compartment.oc1..dev', path: 'shop/dev' },
  tags: { app: 'shop', env: 'dev', 'Operations.CostCenter': '42' },
  state: 'RUNNING',
};
const select = (line: string) => parseSelector(cutLine(line).map(({ text }) => text));

describe('what a selector means', () => {
  test.each([
    'web-1',
    'WEB-1',
    'web-*',
    'web-1 other',
    'app=shop env=dev',
    'env=test,dev',
    'env=d*',
    'operations.costcenter=42',
    'kind:vm',
    'instances',
    'region:eu-frankfurt-1,eu-amsterdam-1',
    'compartment:shop',
    'compartment:dev',
    'compartment:shop/dev',
    'compartment:shop/*',
    'ocid1.instance.oc1.eu-frankfurt-1.AAAA',
    '',
  ])('%j matches web-1', (line) => expect(matches(select(line), web)).toBe(true));

  test.each([
    'web',
    'web-2',
    'app=shop env=prod',
    'app=shops',
    'kind:adb',
    'region:eu-amsterdam-1',
    'compartment:sho',
    'compartment:shop/prod',
    'ocid1.instance.oc1.eu-frankfurt-1.bbbb',
    'name:instances',
    'web-1 env=prod',
  ])('%j does not', (line) => expect(matches(select(line), web)).toBe(false));

  test.each([
    ['kind:', /has no value/],
    ['kind:toaster', /not a kind/],
    ['env=', /has no value/],
    ['region:', /has no value/],
    ['app=shop,env=dev', /a comma where a space belongs/],
    ['web-1,kind:vm', /a comma where a space belongs/],
    ['app==shop', /two equals signs/],
    ['app=shop AND env=dev', /"AND" is no word of a selector/],
  ])('refuses %j', (line, why) => expect(() => select(line)).toThrow(why));

  test('a query that is injected is only a name', () => {
    const hostile = 'x&compartmentId=ocid1.compartment.oc1..other';
    expect(select(hostile).tags).toEqual([
      { key: 'x&compartmentId', values: ['ocid1.compartment.oc1..other'] },
    ]);
    expect(matches(select(hostile), web)).toBe(false);
  });

  test('a pattern is text but for its stars', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const bare = a.replaceAll('*', '');
        expect(like(bare, bare)).toBe(true);
        expect(like(`${bare}*`, `${bare}${b}`)).toBe(true);
        expect(like(`*${bare}*`, `${b}${bare}${b}`)).toBe(true);
      }),
    );
  });

  test.each([
    ['a*', 'ab', true],
    ['a*a', 'a', false],
    ['*a*b*', 'xaybz', true],
    ['*b*a*', 'xaybz', false],
    ['ab*ba', 'aba', false],
    [`${'a*'.repeat(900)}b`, 'a'.repeat(255), false],
  ])('%s against %s', (pattern, text, expected) => expect(like(pattern, text)).toBe(expected));

  test('what is shown means the same when it is typed', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'abcé1-_ "*'), minLength: 1, maxLength: 8 })
      .filter((text) => text.trim() === text && !/ {2}/.test(text) && text !== '');
    const built = fc.record({
      kinds: fc.uniqueArray(fc.constantFrom('instance' as const, 'autonomous-database' as const)),
      names: fc.array(name, { maxLength: 2 }),
      ocids: fc.constantFrom([], ['ocid1.instance.oc1.x.aaaa']),
      regions: fc.constantFrom([], ['eu-frankfurt-1']),
      compartments: fc.constantFrom([], ['shop/dev']),
      tags: fc.constantFrom([], [{ key: 'env', values: ['dev', 'test'] }]),
    });
    fc.assert(
      fc.property(built, (selector) => {
        expect(select(showSelector(selector))).toEqual(selector);
      }),
    );
  });

  test('nothing said means everything', () => {
    expect(isEverything(everything)).toBe(true);
    expect(isEverything(select('*'))).toBe(true);
    expect(isEverything(select('web-1 **'))).toBe(true);
    expect(isEverything(select('* env=dev'))).toBe(false);
    expect(isEverything(select('env=dev'))).toBe(false);
  });
});
