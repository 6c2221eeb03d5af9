import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fill,
  placeholders,
  placeholdersOf,
  strayPlaceholder,
} from '../../../src/core/deploy/placeholders.ts';

const values = { app: 'shop', version: '7', tag: '1.4.2', replica: '2', region: 'eu-frankfurt-1' };

test.each([
  ['{app} {version} {tag} {replica} {region}', 'shop 7 1.4.2 2 eu-frankfurt-1'],
  ['http://{ip}:8080/', 'http://{ip}:8080/'],
  ['{{tag}} is {tag}', '{tag} is 1.4.2'],
  ['{"a": {"b": "{tag}"}}', '{"a": {"b": "1.4.2"}}'],
  ['{message} {Tag} {}', '{message} {Tag} {}'],
  ['Errors[1m]{app = "{app}"}.sum()', 'Errors[1m]{app = "shop"}.sum()'],
  ['{{tag}', '{1.4.2'],
])('%j', (text, filled) => expect(fill(text, values)).toBe(filled));

test('a value with what looks like a placeholder or a pattern stays as it is', () => {
  expect(fill('{app}', { app: '{tag} $& $1', tag: 'no' })).toBe('{tag} $& $1');
});

test('without braces nothing changes', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replace(/[{}]/g, '');
      expect(fill(plain, values)).toBe(plain);
    }),
  );
});

test.each([
  ['http://{ip}:8080/{tag}', placeholdersOf.url, undefined],
  [
    '{replica}',
    placeholdersOf.url,
    'has {replica}, which is not known here: {app}, {version}, {tag}, {region}, {ip} are',
  ],
  ['{verson}', placeholdersOf.url, 'has {verson}, which stands for nothing; did you mean {version}?'],
  [
    '{x}',
    placeholdersOf.query,
    'has {x}, which stands for nothing; known here: {app}, {version}, {tag}, {region}',
  ],
  ['{{verson}}', placeholdersOf.url, undefined],
  ['A[1m]{backendSetName = "api"}.sum()', placeholdersOf.query, undefined],
])('%j', (text, allowed, stray) => expect(strayPlaceholder(text, allowed)).toBe(stray));

test('where braces are common, only what is known elsewhere is strange', () => {
  const { environment } = placeholdersOf;
  expect(strayPlaceholder('{message} {"a":1}', environment, 'left')).toBeUndefined();
  expect(strayPlaceholder('{ip}', environment, 'left')).toMatch(/^has \{ip\}, which is not known here/);
});

test('each is known somewhere', () => {
  const somewhere = Object.values(placeholdersOf).flat();
  expect(new Set<string>(somewhere)).toEqual(new Set(Object.keys(placeholders)));
});
