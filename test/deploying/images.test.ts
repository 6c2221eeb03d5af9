import { describe, expect, test } from 'vitest';
import { anotherRepository } from '../../src/deploying/doubts.ts';
import { imageOf } from '../../src/deploying/images.ts';
import { storeApp } from '../deploy/shop.ts';

/** What image= means for an app whose own is fra.ocir.io/lamplight/store. */

const app = storeApp();
const own = 'fra.ocir.io/lamplight/store';
const hex = '0123456789abcdef'.repeat(4);
const digest = `sha256:${hex}`;

describe('an image of its own repository', () => {
  test.each([
    ['1.4.2', `${own}:1.4.2`],
    [':1.4.2', `${own}:1.4.2`],
    ['…:1.4.2', `${own}:1.4.2`],
    [digest, `${own}@${digest}`],
    [`@${digest}`, `${own}@${digest}`],
    [`…@${digest}`, `${own}@${digest}`],
    [digest.toUpperCase(), `${own}@${digest}`],
    [`1.4.2@${digest}`, `${own}:1.4.2@${digest}`],
    [`:1.4.2@${digest}`, `${own}:1.4.2@${digest}`],
    ['store:1.4.2', `${own}:1.4.2`],
    ['lamplight/store:1.4.2', `${own}:1.4.2`],
    [`store@${digest}`, `${own}@${digest}`],
    [`${own}:1.4.2`, `${own}:1.4.2`],
    [`${own}@${digest}`, `${own}@${digest}`],
    [`${own}:1.4.2@${digest}`, `${own}:1.4.2@${digest}`],
  ])('%s', (image, url) => {
    expect(imageOf(app, { image })).toBe(url);
    expect(anotherRepository(app, url)).toEqual([]);
  });

  test('is brought back by its digest, whatever its tag means now', () => {
    const back = { version: 3, image: `${own}:1.4.2`, digest, environment: {} };
    expect(imageOf(app, { back })).toBe(`${own}:1.4.2@${digest}`);
  });
});

describe('an image of another repository says where that is, and the card says that it is another', () => {
  test.each([
    ['docker.io/other/thing:1', 'docker.io/other/thing:1', 'docker.io/other/thing'],
    ['docker.io/nginx:1', 'docker.io/library/nginx:1', 'docker.io/library/nginx'],
    ['localhost:5000/store:1', 'localhost:5000/store:1', 'localhost:5000/store'],
    ['lhr.ocir.io/lamplight/store:1', 'lhr.ocir.io/lamplight/store:1', 'lhr.ocir.io/lamplight/store'],
    ['lamplight/other:1', 'fra.ocir.io/lamplight/other:1', 'fra.ocir.io/lamplight/other'],
  ])('%s', (image, url, repository) => {
    expect(imageOf(app, { image })).toBe(url);
    expect(anotherRepository(app, url)).toEqual([
      `It is another repository than store's own: ${repository}, not ${own}.`,
    ]);
  });
});

describe('what is refused', () => {
  test.each([
    ['sha256:abc', '"sha256:abc" is no digest: it has 3 hexadecimal digits, and needs 64.'],
    ['@sha256:abc', '"sha256:abc" is no digest: it has 3 hexadecimal digits, and needs 64.'],
    ['1.4.2@sha256:abc', '"sha256:abc" is no digest: it has 3 hexadecimal digits, and needs 64.'],
    [`${own}@sha256:abc`, '"sha256:abc" is no digest: it has 3 hexadecimal digits, and needs 64.'],
    [`sha256:${'xyz'.repeat(21)}a`, '" is no digest: "x" is no hexadecimal digit.'],
    ['sha1:abc', '"sha1:abc" is no digest: it is written as sha256: and 64 hexadecimal digits.'],
    ['1.4.2@abc', '"abc" is no digest: it is written as sha256: and 64 hexadecimal digits.'],
    [hex, '"0123456789ab…" may be a tag or a digest.'],
    ['other/thing:1', '"other/thing:1" does not say in which registry it is.'],
    ['thing:1', '"thing:1" does not say in which registry it is.'],
    ['Store!', '"Store!" is no image.'],
    [`${own}:a b`, `"${own}:a b" is no image.`],
  ])('%s', (image, message) => {
    expect(() => imageOf(app, { image })).toThrow(message);
  });

  test('with what to write instead', () => {
    const hintOf = (image: string) => {
      try {
        return imageOf(app, { image });
      } catch (error) {
        return error;
      }
    };
    expect(hintOf('other/thing:1')).toMatchObject({
      hint: `Write it out: deploy store image=docker.io/other/thing:1 – or name a tag of ${own}: deploy store image=1`,
    });
    expect(hintOf(hex)).toMatchObject({
      hint: `Where the digest is meant: deploy store image=sha256:${hex}`,
    });
  });
});
