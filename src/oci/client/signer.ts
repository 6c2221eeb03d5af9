import { createHash, createPrivateKey, type KeyObject, type SignKeyObjectInput, sign } from 'node:crypto';
import type { AuthenticationDetailsProvider, HttpRequest, RequestSigner } from 'oci-common';

const datedOnly = ['x-date', '(request-target)', 'host'];
const bodied = ['Content-Type', 'Content-Length', 'x-content-sha256'];

/**
 * Signs requests as the SDK’s own signer does, header for header: draft-cavage-http-signatures-08 as OCI uses it
 * (https://docs.oracle.com/en-us/iaas/Content/API/Concepts/signingrequests.htm). The SDK’s reads the PEM anew for each
 * request and signs in the main thread, which is three quarters of what signing costs; here the key is read
 * once, and again when a principal has another, and Node signs in a thread of its own. What is signed is the path
 * as `fetch` sends it, where the SDK’s is refused for characters that it escapes in another way.
 */
export class Signer implements RequestSigner {
  readonly #provider: AuthenticationDetailsProvider;
  #pem: string | undefined;
  #key: KeyObject | undefined;

  constructor(provider: AuthenticationDetailsProvider) {
    this.#provider = provider;
  }

  /** Sets the headers that are signed, and `authorization`. */
  async signHttpRequest({ method, headers, uri, body }: HttpRequest): Promise<void> {
    const { host, pathname, search } = new URL(uri);
    if (!headers.has('host')) headers.set('host', host);
    if (!headers.has('x-date')) headers.set('x-date', new Date().toUTCString());
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method.toUpperCase());
    if (hasBody) describeBody(headers, body);
    const names = hasBody ? [...datedOnly, ...bodied] : datedOnly;
    const keyId = await this.#provider.getKeyId();
    const lines = names.map((name) =>
      name === '(request-target)'
        ? `${name}: ${method.toLowerCase()} ${pathname}${search}`
        : `${name.toLowerCase()}: ${headers.get(name)}`,
    );
    const signature = await signed(lines.join('\n'), this.#current());
    headers.set(
      'authorization',
      `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(' ')}",signature="${signature}"`,
    );
  }

  /** Asked after the id, which renews a principal's key where its time is over. */
  #current(): KeyObject {
    const pem = this.#provider.getPrivateKey();
    if (!this.#key || pem !== this.#pem) {
      const passphrase = this.#provider.getPassphrase();
      this.#key = createPrivateKey({ key: pem, ...(passphrase ? { passphrase } : {}) });
      this.#pem = pem;
    }
    return this.#key;
  }
}

/** The services that the bot calls take JSON. */
function describeBody(headers: Headers, body: unknown): void {
  if (body !== undefined && typeof body !== 'string') throw new Error('only text can be signed');
  const bytes = Buffer.from(body ?? '');
  if (!headers.has('content-type')) headers.set('content-type', 'application/json');
  headers.set('x-content-sha256', createHash('sha256').update(bytes).digest('base64'));
  if (!headers.has('content-length')) headers.set('content-length', String(bytes.length));
}

function signed(text: string, key: KeyObject): Promise<string> {
  const input: SignKeyObjectInput = { key };
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(text), input, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}
