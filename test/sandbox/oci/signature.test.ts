import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { bootOci, type Cloud, endpoint, frankfurt } from './cloud.ts';

let cloud: Cloud;
let key: KeyObject;

beforeAll(async () => {
  cloud = await bootOci();
  key = createPrivateKey(cloud.credentials.privateKey);
});

afterAll(() => cloud.close());

interface Wish {
  method: string;
  path: string;
  body?: string;
  /** Headers as they are signed. */
  headers: Record<string, string>;
  signed: string[];
  keyId: string;
  key: KeyObject;
  algorithm: string;
  version: string;
}

/** A request as a client signs it, after `spoil` has had its way with it. */
function signed(
  method: string,
  path: string,
  body: string | undefined,
  spoil: (wish: Wish) => void = () => {},
) {
  const { tenancy, user, fingerprint } = cloud.credentials;
  const base = new URL(endpoint(cloud, 'core'));
  const wish: Wish = {
    method,
    path: `${base.pathname}/20160918${path}`,
    ...(body !== undefined && { body }),
    headers: { date: new Date().toUTCString(), host: base.host },
    signed: ['date', '(request-target)', 'host'],
    keyId: `${tenancy}/${user}/${fingerprint}`,
    key,
    algorithm: 'rsa-sha256',
    version: '1',
  };
  if (method !== 'GET') {
    wish.signed.push('content-length', 'content-type', 'x-content-sha256');
    wish.headers['content-length'] = String(Buffer.byteLength(body ?? ''));
    wish.headers['content-type'] = 'application/json';
    wish.headers['x-content-sha256'] = createHash('sha256')
      .update(body ?? '')
      .digest('base64');
  }
  spoil(wish);
  const target = wish.path;
  const text = wish.signed
    .map((name) =>
      name === '(request-target)'
        ? `${name}: ${wish.method.toLowerCase()} ${target}`
        : `${name}: ${wish.headers[name] ?? ''}`,
    )
    .join('\n');
  const signature = sign('sha256', Buffer.from(text), wish.key).toString('base64');
  return {
    wish,
    authorization:
      `Signature version="${wish.version}",keyId="${wish.keyId}",algorithm="${wish.algorithm}",` +
      `headers="${wish.signed.join(' ')}",signature="${signature}"`,
  };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly json: { code?: string; message?: string };
}

function send({ wish, authorization }: ReturnType<typeof signed>): Promise<Answer> {
  const { port } = new URL(cloud.url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        method: wish.method,
        path: wish.path,
        headers: { ...wish.headers, authorization },
      },
      (incoming) => {
        let text = '';
        incoming.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode, headers: incoming.headers, json: JSON.parse(text || '{}') }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(wish.body);
  });
}

const list = () => `/instances?compartmentId=${cloud.compartments['shop/dev']}`;
const launch = '/instances';
const refused = {
  status: 401,
  json: {
    code: 'NotAuthenticated',
    message: 'The required information to complete authentication was not provided or was incorrect.',
  },
};

test('collections may end with a slash, as LaunchInstance of the Go and Python SDKs writes them', async () => {
  const slashed = list().replace('?', '/?');
  expect(await send(signed('GET', slashed, undefined))).toMatchObject({ status: 200 });
  expect(await send(signed('POST', '/instances/', '{}'))).toMatchObject({
    status: 400,
    json: { code: 'MissingParameter' },
  });
});

describe('request signatures', () => {
  it('of a GET are accepted with date or x-date, in any order of the headers', async () => {
    expect(await send(signed('GET', list(), undefined))).toMatchObject({ status: 200 });
    const dated = signed('GET', list(), undefined, (wish) => {
      wish.headers['x-date'] = wish.headers.date ?? '';
      wish.headers.date = 'not a date';
      wish.signed = ['host', 'x-date', '(request-target)'];
    });
    expect(await send(dated)).toMatchObject({ status: 200 });
  });

  it('of a POST are accepted: what is refused then is the body itself', async () => {
    expect(await send(signed('POST', launch, '{}'))).toMatchObject({
      status: 400,
      json: { code: 'MissingParameter', message: 'availabilityDomain is required.' },
    });
    expect(await send(signed('POST', launch, '{"a":'))).toMatchObject({
      status: 400,
      json: { code: 'CannotParseRequest' },
    });
  });

  it.each<[string, (wish: Wish) => void]>([
    [
      'another key',
      (wish) => {
        wish.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      },
    ],
    [
      'another user',
      (wish) => {
        wish.keyId = wish.keyId.replace('ocid1.user', 'ocid1.user2');
      },
    ],
    [
      'no signed date',
      (wish) => {
        wish.signed = ['(request-target)', 'host'];
      },
    ],
    [
      'no signed target',
      (wish) => {
        wish.signed = ['date', 'host'];
      },
    ],
    [
      'no signed host',
      (wish) => {
        wish.signed = ['date', '(request-target)'];
      },
    ],
    [
      'another algorithm',
      (wish) => {
        wish.algorithm = 'hmac-sha256';
      },
    ],
    [
      'another version',
      (wish) => {
        wish.version = '2';
      },
    ],
    [
      'a header that is not there',
      (wish) => {
        wish.signed.push('x-nothing');
      },
    ],
    [
      'a date that is none',
      (wish) => {
        wish.headers.date = 'yesterday';
      },
    ],
  ])('with %s are refused', async (_, spoil) => {
    expect(await send(signed('GET', list(), undefined, spoil))).toMatchObject(refused);
  });

  it('made for another path, query or method are refused', async () => {
    const elsewhere = signed('GET', list(), undefined);
    elsewhere.wish.path += '&limit=1';
    expect(await send(elsewhere)).toMatchObject(refused);
    const other = signed('GET', list(), undefined);
    other.wish.method = 'DELETE';
    expect(await send(other)).toMatchObject(refused);
  });

  it('of another body are refused, and those that leave the body out', async () => {
    const changed = signed('POST', launch, '{"a":1}');
    changed.wish.body = '{"a":2}';
    expect(await send(changed)).toMatchObject(refused);
    for (const name of ['content-length', 'content-type', 'x-content-sha256']) {
      const without = signed('POST', launch, '{}', (wish) => {
        wish.signed = wish.signed.filter((each) => each !== name);
      });
      expect(await send(without), name).toMatchObject(refused);
    }
  });

  it('older or newer than five minutes are refused, and the answer says what time it is', async () => {
    for (const minutes of [-6, 6]) {
      const late = signed('GET', list(), undefined, (wish) => {
        wish.headers.date = new Date(Date.now() + minutes * 60_000).toUTCString();
      });
      const { status, json } = await send(late);
      expect(status).toBe(401);
      expect(json.message).toContain('is not within allowed clock skew');
    }
  });

  it('are judged by the real time or the sandbox clock, whichever fits', async () => {
    cloud.clock.advance(3 * 60 * 60_000);
    expect(await send(signed('GET', list(), undefined))).toMatchObject({ status: 200 });
    const ahead = signed('GET', list(), undefined, (wish) => {
      wish.headers.date = new Date(cloud.clock.now()).toUTCString();
    });
    expect(await send(ahead)).toMatchObject({ status: 200 });
    cloud.clock.offset = 0;
  });

  it('are not even looked for by chance: no header, other schemes', async () => {
    for (const authorization of ['', 'Bearer abc', 'Signature', 'Signature version="1"'])
      expect(await send({ ...signed('GET', list(), undefined), authorization })).toMatchObject(refused);
  });

  it('for a region that is not subscribed are refused', async () => {
    const far = signed('GET', list(), undefined, (wish) => {
      wish.path = wish.path.replace(frankfurt, 'us-ashburn-1');
    });
    expect(await send(far)).toMatchObject(refused);
  });

  it('the client’s request id comes back with parts added', async () => {
    const named = signed('GET', list(), undefined);
    named.wish.headers['opc-request-id'] = 'MINE';
    const { headers } = await send(named);
    expect(headers['opc-request-id']).toMatch(/^MINE(\/[0-9A-F]{32}){2}$/);
  });
});
