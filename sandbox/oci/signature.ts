import { createHash, createPublicKey, generateKeyPair, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { SandboxClock } from '../clock.ts';
import { notAuthenticated } from './errors.ts';
import type { Tenancy } from './tenancy.ts';

/** What a client needs to sign: the entries of an OCI configuration file. */
export interface Credentials {
  readonly tenancy: string;
  readonly user: string;
  readonly fingerprint: string;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** The home region. */
  readonly region: string;
}

/** How far a client's clock may be off, in milliseconds. */
const SKEW = 5 * 60 * 1000;

/** A new API key for the tenancy's user. */
export async function makeCredentials(tenancy: Tenancy): Promise<Credentials> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const digest = createHash('md5').update(der).digest('hex');
  return {
    tenancy: tenancy.ocid,
    user: tenancy.user.ocid,
    fingerprint: digest.match(/../g)?.join(':') ?? '',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    region: tenancy.regions[0]?.name ?? '',
  };
}

/** A request as it came over the wire: nothing decoded, nothing normalised. */
export interface Signed {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Checks request signatures: draft-cavage-http-signatures-08 as OCI uses it.
 * https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm
 */
export class Verifier {
  readonly #clock: SandboxClock;
  readonly #keyId: string;
  readonly #key: KeyObject;

  constructor(clock: SandboxClock, credentials: Credentials) {
    const { tenancy, user, fingerprint, privateKey } = credentials;
    this.#clock = clock;
    this.#keyId = `${tenancy}/${user}/${fingerprint}`;
    this.#key = createPublicKey(privateKey);
  }

  /** @throws OciError 401 */
  check(request: Signed): void {
    const fields = read(request.headers.get('authorization') ?? '');
    if (fields.get('version') !== '1' || fields.get('algorithm') !== 'rsa-sha256') throw notAuthenticated();
    if (fields.get('keyId') !== this.#keyId) throw notAuthenticated();

    const names = (fields.get('headers') ?? '').toLowerCase().split(' ').filter(Boolean);
    checkCoverage(names, request.method);
    const signature = Buffer.from(fields.get('signature') ?? '', 'base64');
    if (!verify('sha256', Buffer.from(signingString(names, request)), this.#key, signature))
      throw notAuthenticated();

    this.#checkDate(request.headers.get(names.includes('x-date') ? 'x-date' : 'date') ?? '');
    if (names.includes('x-content-sha256')) checkBody(request);
  }

  /** Clients sign by the real time, also while the sandbox clock has been moved; either will do. */
  #checkDate(text: string): void {
    const date = Date.parse(text);
    const clocks = [Date.now(), this.#clock.now()];
    if (clocks.some((now) => Math.abs(now - date) <= SKEW)) return;
    if (Number.isNaN(date)) throw notAuthenticated();
    const http = (ms: number) => new Date(ms).toUTCString();
    const now = Date.now();
    throw notAuthenticated(
      `Date '${http(date)}' is not within allowed clock skew. Current '${http(now)}', ` +
        `valid datetime range: ['${http(now - SKEW)}', '${http(now + SKEW)}']`,
    );
  }
}

/** `Signature version="1",keyId="…",…`, in any order. */
function read(authorization: string): Map<string, string> {
  const fields = new Map<string, string>();
  const [, list] = /^Signature\s+(.*)$/is.exec(authorization) ?? [];
  for (const [, name, value] of (list ?? '').matchAll(/(\w+)="([^"]*)"/g))
    fields.set(name ?? '', value ?? '');
  return fields;
}

function checkCoverage(names: readonly string[], method: string): void {
  const needed = ['(request-target)', 'host'];
  if (['POST', 'PUT', 'PATCH'].includes(method))
    needed.push('content-length', 'content-type', 'x-content-sha256');
  const isDated = names.includes('date') || names.includes('x-date');
  if (!isDated || !needed.every((name) => names.includes(name))) throw notAuthenticated();
}

function signingString(names: readonly string[], { method, target, headers }: Signed): string {
  return names
    .map((name) => {
      if (name === '(request-target)') return `${name}: ${method.toLowerCase()} ${target}`;
      const value = headers.get(name);
      if (value === null) throw notAuthenticated();
      return `${name}: ${value}`;
    })
    .join('\n');
}

function checkBody({ headers, body }: Signed): void {
  const digest = createHash('sha256').update(body).digest('base64');
  if (headers.get('x-content-sha256') !== digest) throw notAuthenticated();
  if (headers.get('content-length') !== String(body.length)) throw notAuthenticated();
}
