import { createHmac } from 'node:crypto';
import { SlackError } from '../errors.ts';
import type { Timing } from '../limits.ts';
import { signingSecret } from '../seed.ts';
import type { Envelope, Outcome, Transport } from './delivery.ts';

/** Where an app listens: at one address, or at one for each thing that Slack lets it set apart. */
export type RequestUrls =
  | string
  | {
      readonly commands?: string;
      readonly interactivity?: string;
      /** Type-ahead menus; `interactivity` where there is none. */
      readonly options?: string;
      readonly events?: string;
    };

/** HTTP mode: signed requests to the app's request URLs, as Slack sends them. */
export class HttpMode implements Transport {
  readonly #urls: RequestUrls;
  readonly #timing: Timing;

  constructor(urls: RequestUrls, timing: Timing) {
    this.#urls = urls;
    this.#timing = timing;
  }

  async send(envelope: Envelope): Promise<Outcome> {
    const { body, contentType } = encode(envelope);
    const url = urlFor(this.#urls, envelope);
    if (url === undefined) return { acked: false, reason: 'dispatch_failed', noRetry: true };
    try {
      const response = await this.#post(url, body, contentType, retryHeaders(envelope));
      const text = await response.text();
      if (response.ok) return { acked: true, body: decode(text, response.headers.get('content-type')) };
      return {
        acked: false,
        reason: response.status >= 500 ? 'http_service_error' : 'http_client_error',
        noRetry: response.headers.get('x-slack-no-retry') === '1',
      };
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return { acked: false, reason: timedOut ? 'operation_timeout' : 'dispatch_failed' };
    }
  }

  /** The request with which Slack checks the address of events. @throws SlackError no_request_url */
  verify(body: string): Promise<Response> {
    const url = typeof this.#urls === 'string' ? this.#urls : this.#urls.events;
    if (url === undefined) throw new SlackError('no_request_url');
    return this.#post(url, body, 'application/json');
  }

  /** One signed request. Rejects with a TimeoutError when the app does not answer in time. */
  #post(
    url: string,
    body: string,
    contentType: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        accept: 'application/json,*/*',
        ...signature(body),
        ...headers,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.#timing.ack),
    });
  }
}

/**
 * The two headers that prove a request is Slack's: `v0=` and HMAC-SHA256 over `v0:timestamp:body`.
 * The timestamp is real time: an app compares it with its own clock.
 * Source: docs.slack.dev, verifying requests from Slack.
 */
export function signature(
  body: string,
  secret: string = signingSecret,
  at = Date.now(),
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

function urlFor(urls: RequestUrls, { type, payload }: Envelope): string | undefined {
  if (typeof urls === 'string') return urls;
  if (type === 'events_api') return urls.events;
  if (type === 'slash_commands') return urls.commands;
  return payload.type === 'block_suggestion' ? (urls.options ?? urls.interactivity) : urls.interactivity;
}

const form = 'application/x-www-form-urlencoded';

function encode({ type, payload }: Envelope): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields =
    type === 'interactive'
      ? { payload: JSON.stringify(payload) }
      : Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
  return { body: new URLSearchParams(fields).toString(), contentType: form };
}

/** Slack has other words for people than for apps. Source: docs.slack.dev, Events API, retries. */
const retryReasons: Readonly<Record<string, string>> = {
  operation_timeout: 'http_timeout',
  http_service_error: 'http_error',
  http_client_error: 'http_error',
  dispatch_failed: 'connection_failed',
};

function retryHeaders({ retry }: Envelope): Record<string, string> {
  if (!retry) return {};
  const reason = retryReasons[retry.reason] ?? 'unknown_error';
  return { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': reason };
}

function decode(text: string, contentType: string | null): unknown {
  if (text === '') return undefined;
  if (!contentType?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
