import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ImageReference,
  imageText,
  parseImage,
  pinnedText,
  withTag,
} from '../../../src/core/deploy/image.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('the name of an image', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.29', 'docker.io/library/nginx:1.29'],
    ['grafana/grafana:12.2.0', 'docker.io/grafana/grafana:12.2.0'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/grafana/grafana', 'docker.io/grafana/grafana:latest'],
    ['fra.ocir.io/lamplight/shop-api:1.4.2', 'fra.ocir.io/lamplight/shop-api:1.4.2'],
    ['fra.ocir.io/lamplight/team/shop-api', 'fra.ocir.io/lamplight/team/shop-api:latest'],
    ['localhost:5000/shop', 'localhost:5000/shop:latest'],
    ['localhost/shop:dev', 'localhost/shop:dev'],
    ['MyHost/shop', 'MyHost/shop:latest'],
    ['[::1]:5000/shop', '[::1]:5000/shop:latest'],
    [`shop@${digest}`, `docker.io/library/shop@${digest}`],
    [`fra.ocir.io/ns/shop:1.4.2@${digest}`, `fra.ocir.io/ns/shop:1.4.2@${digest}`],
  ])('%s is %s', (text, whole) => {
    const image = parseImage(text);
    expect(image && imageText(image)).toBe(whole);
  });

  test.each([
    '',
    ' ',
    'Shop',
    'fra.ocir.io/',
    'fra.ocir.io//shop',
    'shop:',
    'shop:-1',
    'shop:a b',
    'shop:1:2',
    'shop@sha256:abc',
    `shop@${digest}@${digest}`,
    'fra.ocir.io/ns/shop..api',
    'https://fra.ocir.io/ns/shop',
    'a'.repeat(256),
    'f'.repeat(64),
  ])('%j is none', (text) => {
    expect(parseImage(text)).toBeUndefined();
  });

  test('is read back from its whole text', () => {
    fc.assert(
      fc.property(references(), (reference) => {
        expect(parseImage(imageText(reference))).toEqual(reference);
      }),
    );
  });

  test('is refused or read, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab.:/@-_0A') })), (text) => {
        const image = parseImage(text);
        if (image) expect(parseImage(imageText(image))).toEqual(image);
      }),
    );
  });
});

test('another tag leaves the digest behind', () => {
  const image = parseImage(`fra.ocir.io/ns/shop:1.4.1@${digest}`);
  expect(image && imageText(withTag(image, '1.4.2'))).toBe('fra.ocir.io/ns/shop:1.4.2');
  expect(() => image && withTag(image, 'no tag')).toThrow(RangeError);
});

test('a pinned name has the digest and no tag', () => {
  const image = parseImage('fra.ocir.io/ns/shop:1.4.1');
  expect(image && pinnedText(image, digest)).toBe(`fra.ocir.io/ns/shop@${digest}`);
});

function references(): fc.Arbitrary<ImageReference> {
  const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const joined = fc.tuple(word, fc.constantFrom('.', '_', '__', '-', '--'), word).map((all) => all.join(''));
  const path = fc.array(fc.oneof(word, joined), { minLength: 2, maxLength: 4 }).map((all) => all.join('/'));
  const registry = fc.constantFrom(
    'docker.io',
    'fra.ocir.io',
    'localhost',
    'localhost:5000',
    'ocir.eu-frankfurt-1.oci.oraclecloud.com',
  );
  const tag = fc.stringMatching(/^\w[\w.-]{0,20}$/);
  return fc
    .tuple(registry, path, fc.option(tag), fc.boolean())
    .map(([registry, repository, tag, hasDigest]) => ({
      registry,
      repository,
      ...(tag !== null ? { tag } : hasDigest ? {} : { tag: 'latest' }),
      ...(hasDigest ? { digest } : {}),
    }));
}
