import { createHash, createPrivateKey, sign } from 'node:crypto';
import type { OciSandbox } from '../../../../sandbox/oci/server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the answer is no JSON. */
  readonly json: unknown;
}

export interface Sending {
  readonly method?: string;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends requests that are signed as OCI wants it and otherwise are what they are told to be: no SDK is in between. */
export function rawClient(cloud: OciSandbox) {
  const { tenancy, user, fingerprint, privateKey } = cloud.credentials;
  const key = createPrivateKey(privateKey);

  /** @param path with the region and the service: `/eu-frankfurt-1/core/20160918/instances` */
  return async (path: string, { method = 'GET', body, headers = {} }: Sending = {}): Promise<Answered> => {
    const url = new URL(cloud.url + path);
    const content = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
    const given: Record<string, string> = { date: new Date().toUTCString(), host: url.host };
    if (hasBody) {
      given['content-length'] = String(Buffer.byteLength(content ?? ''));
      given['content-type'] = 'application/json';
      given['x-content-sha256'] = createHash('sha256')
        .update(content ?? '')
        .digest('base64');
    }
    Object.assign(given, headers);
    const names = ['date', '(request-target)', 'host'];
    if (hasBody) names.push('content-length', 'content-type', 'x-content-sha256');
    const target = `${method.toLowerCase()} ${url.pathname}${url.search}`;
    const text = names
      .map((name) => `${name}: ${name === '(request-target)' ? target : given[name]}`)
      .join('\n');
    const signature = sign('sha256', Buffer.from(text), key).toString('base64');
    const authorization =
      `Signature version="1",keyId="${tenancy}/${user}/${fingerprint}",algorithm="rsa-sha256",` +
      `headers="${names.join(' ')}",signature="${signature}"`;
    const response = await fetch(url, {
      method,
      headers: { ...given, authorization },
      ...(content !== undefined && { body: content }),
    });
    const answered = await response.text();
    return { status: response.status, headers: response.headers, text: answered, json: parsed(answered) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
