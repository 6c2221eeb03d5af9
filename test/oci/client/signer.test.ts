import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { DefaultRequestSigner, type HttpRequest, SimpleAuthenticationDetailsProvider } from 'oci-common';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { Signer } from '../../../src/oci/client/signer.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const ids = ['ocid1.tenancy.oc1..t', 'ocid1.user.oc1..u', '20:3b:97:13'] as const;
const provider = (pem: string, passphrase: string | null = null) =>
  new SimpleAuthenticationDetailsProvider(...ids, pem, passphrase);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-25T18:40:00Z'), toFake: ['Date'] });
  return () => vi.useRealTimers();
});

const host = 'https://iaas.eu-frankfurt-1.oraclecloud.com/20160918';
async function signedBy(signer: Signer | DefaultRequestSigner, request: Omit<HttpRequest, 'headers'>) {
  const headers = new Headers({ accept: 'application/json' });
  await signer.signHttpRequest({ ...request, headers });
  return Object.fromEntries(headers);
}

test('every request has the headers that the SDK’s own signer signs', async () => {
  const [ours, theirs] = [new Signer(provider(pkcs8)), new DefaultRequestSigner(provider(pkcs8))];
  const word = fc.stringMatching(/^[\w%-][\w.~%-]{0,11}$/).map(encodeURIComponent);
  const request = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD') as fc.Arbitrary<
      HttpRequest['method']
    >,
    uri: fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(fc.tuple(word, word), { maxLength: 3 }))
      .map(([path, query]) => {
        const asked = query.map(([key, value]) => `${key}=${value}`).join('&');
        return `${host}/${path.join('/')}${asked ? `?${asked}` : ''}`;
      }),
    body: fc.option(fc.json(), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ body, ...rest }) => {
      const asked = { ...rest, ...(body === undefined ? {} : { body }) };
      // which adds a date that it does not sign
      const { date: _date, ...signed } = await signedBy(theirs, asked);
      expect(await signedBy(ours, asked)).toEqual(signed);
    }),
    { numRuns: 60 },
  );
});

describe('a key', () => {
  const asked = { method: 'GET', uri: `${host}/instances` } as const;
  const encrypted = (type: 'pkcs1' | 'pkcs8') =>
    privateKey.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'quiet' }).toString();

  test.each([
    ['of PKCS #1', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), null],
    ['with the label that the console writes below it', `${pkcs8}OCI_API_KEY\n`, null],
    ['of a file with Windows’ line ends', pkcs8.replaceAll('\n', '\r\n'), null],
    ['with a passphrase', encrypted('pkcs8'), 'quiet'],
    ['of PKCS #1 with a passphrase', encrypted('pkcs1'), 'quiet'],
  ])('%s signs alike', async (_, pem, passphrase) => {
    const expected = await signedBy(new Signer(provider(pkcs8)), asked);
    expect(await signedBy(new Signer(provider(pem, passphrase)), asked)).toEqual(expected);
  });

  test('that a principal renews signs from then on', async () => {
    let pem = pkcs8;
    const renewing = Object.assign(provider(pkcs8), { getPrivateKey: () => pem });
    const signer = new Signer(renewing);
    const before = await signedBy(signer, asked);
    pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    const after = await signedBy(signer, asked);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await signedBy(new Signer(provider(pem)), asked));
  });
});

test('the path is signed as fetch sends it', async () => {
  const uri = `${host}/instances?displayName=a|b{c}é "d" <e>`;
  const signer = new Signer(provider(pkcs8));
  const { url } = new Request(uri);
  expect(await signedBy(signer, { method: 'GET', uri })).toEqual(
    await signedBy(signer, { method: 'GET', uri: url }),
  );
});
