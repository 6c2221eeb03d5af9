import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finder } from '../../../src/core/deploy/app.ts';
import { finds, mayShare, nameFor } from '../../../src/core/deploy/finder.ts';

const active = { tags: {}, states: ['ACTIVE'] };
const api1 = { name: 'shop-api-1', tags: { app: 'shop', 'Operations.Env': 'prod' }, state: 'ACTIVE' };

describe('an instance is found', () => {
  test.each([
    ['by a pattern', { ...active, name: 'shop-api-*' }, true],
    ['whatever its case', { ...active, name: 'SHOP-API-1' }, true],
    ['only by the whole name', { ...active, name: 'shop-api' }, false],
    ['by a tag', { ...active, tags: { app: 'shop' } }, true],
    ['by a defined tag, whatever its case', { ...active, tags: { 'operations.env': 'PROD' } }, true],
    ['by a pattern of a tag', { ...active, tags: { app: 'sh*' } }, true],
    ['only by all tags', { ...active, tags: { app: 'shop', tier: 'api' } }, false],
    ['only by name and tags', { ...active, name: 'web-*', tags: { app: 'shop' } }, false],
    ['only in a state', { tags: { app: 'shop' }, states: ['INACTIVE'] }, false],
    ['in any state, if none is said', { tags: { app: 'shop' }, states: [] }, true],
  ])('%s', (_, finder, found) => expect(finds(finder, api1)).toBe(found));
});

describe('two finders may find the same', () => {
  test.each<[string, Finder, Finder, boolean]>([
    ['names that meet', { ...active, name: 'shop-*' }, { ...active, name: '*-api' }, true],
    ['names that do not', { ...active, name: 'shop-*' }, { ...active, name: 'web-*' }, false],
    ['a name and its pattern', { ...active, name: 'shop-1' }, { ...active, name: 'SHOP-*' }, true],
    ['stars that need what is not there', { ...active, name: 'a*b' }, { ...active, name: 'a' }, false],
    ['other values of a tag', { ...active, tags: { app: 'a' } }, { ...active, tags: { App: 'b' } }, false],
    ['other tags', { ...active, tags: { app: 'a' } }, { ...active, tags: { tier: 'b' } }, true],
    ['a name and a tag', { ...active, name: 'shop-*' }, { ...active, tags: { app: 'shop' } }, true],
    ['other states', { ...active, name: 'a' }, { tags: {}, states: ['FAILED'], name: 'a' }, false],
    ['any state', { ...active, name: 'a' }, { tags: {}, states: [], name: 'a' }, true],
  ])('%s', (_, one, other, both) => {
    expect(mayShare(one, other)).toBe(both);
    expect(mayShare(other, one)).toBe(both);
  });

  const patterns = fc
    .array(fc.constantFrom('a', 'b', '-', '*'), { maxLength: 7 })
    .map((each) => each.join(''));

  test('whenever there is an instance that both find', () => {
    fc.assert(
      fc.property(patterns, patterns, fc.stringMatching(/^[ab-]{0,5}$/), (one, other, name) => {
        const [first, second]: [Finder, Finder] = [
          { ...active, name: one },
          { ...active, name: other },
        ];
        const instance = { name, tags: {}, state: 'ACTIVE' };
        if (finds(first, instance) && finds(second, instance)) expect(mayShare(first, second)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('only if a name of the letters of both is like both', () => {
    const names = ['', ...'ab'].flatMap((a) =>
      ['', ...'ab'].flatMap((b) => ['', ...'ab'].map((c) => a + b + c)),
    );
    const short = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 3 }).map((each) => each.join(''));
    fc.assert(
      fc.property(short, short, (one, other) => {
        const longer = [...names, ...names.flatMap((a) => names.map((b) => a + b))];
        const both = longer.some((name) =>
          [one, other].every((each) => finds({ ...active, name: each }, { name, tags: {}, state: 'ACTIVE' })),
        );
        expect(mayShare({ ...active, name: one }, { ...active, name: other })).toBe(both);
      }),
    );
  });
});

test.each([
  [{}, 'shop-7-1'],
  [{ name: '*' }, 'shop-7-1'],
  [{ name: 'shop-api-*' }, 'shop-api-7-1'],
  [{ name: '*-api-*' }, '7-1-api-'],
  [{ name: 'shop*' }, 'shop-7-1'],
  [{ name: 'shop.*' }, 'shop.7-1'],
  [{ name: 'shöp*api' }, 'shöp-7-1-api'],
  [{ name: '*api' }, '7-1-api'],
  [{ name: 'shop-api' }, 'shop-api'],
])('a new instance for %j is %s, and is found', (find, name) => {
  expect(nameFor(find, 'shop', '7-1')).toBe(name);
  expect(finds({ ...active, ...find }, { name, tags: {}, state: 'ACTIVE' })).toBe(true);
});
