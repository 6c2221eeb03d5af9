import type { App, Receiver } from '@slack/bolt';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Log } from '../../log.ts';
import { limits } from '../rendering/limits.ts';
import { BadBody, bodyOf } from './http-body.ts';
import { SeenSignatures, verifySignature } from './signature.ts';

/** How long Slack waits for an answer, in ms of real time. */
const patience = 3_000;

/**
 * Slack's requests on the bot's own HTTP server. Bolt's receiver would bring a second server, refuse
 * content types that proxies write, take requests from the future and hang after a 413.
 */
export class HttpReceiver implements Receiver {
  readonly #secret: string;
  readonly #log: Log;
  readonly #seen = new SeenSignatures();
  #app: App | undefined;

  constructor(options: { readonly http: Hono; readonly signingSecret: string; readonly log: Log }) {
    this.#secret = options.signingSecret;
    this.#log = options.log;
    const limit = bodyLimit({
      maxSize: limits.requestBytes,
      onError: (c) => c.json({ ok: false, error: 'too_large' }, 413, { connection: 'close' }),
    });
    options.http.post('/slack/events', limit, (c) => this.#receive(c));
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async #receive(c: Context): Promise<Response> {
    const raw = await c.req.text();
    // Slack looks whether our certificate is good: unsigned, and answered without doing anything
    if (isSslCheck(raw)) return c.body(null, 200);
    const signature = c.req.header('x-slack-signature') ?? '';
    const now = Date.now(); // Slack signs with real time, whatever the bot's clock says
    const bad = verifySignature({
      secret: this.#secret,
      signature,
      timestamp: c.req.header('x-slack-request-timestamp') ?? '',
      body: raw,
      now,
    });
    if (bad) return this.#refuse(c, bad);
    if (this.#seen.before(signature, now)) return this.#refuse(c, 'replayed');
    try {
      const response = await this.#dispatch(c, bodyOf(raw));
      // Slack sends again at once what was not taken: that is no replay
      if (response.status >= 500) this.#seen.forget(signature);
      return response;
    } catch (error) {
      if (error instanceof BadBody) return c.json({ ok: false, error: error.message }, 400);
      throw error;
    }
  }

  async #dispatch(c: Context, body: Readonly<Record<string, unknown>>): Promise<Response> {
    if (body.type === 'url_verification') return c.json({ challenge: body.challenge });
    const app = this.#app;
    if (!app) return c.json({ ok: false, error: 'starting' }, 503);
    return new Promise((resolve) => {
      let open = true;
      const answer = (response: () => Response) => {
        if (!open) return;
        open = false;
        clearTimeout(late);
        resolve(response());
      };
      const late = setTimeout(() => answer(() => this.#unacknowledged(c, body)), patience);
      const ack = async (content?: unknown) => answer(() => acknowledgement(c, content));
      app.processEvent({ body: { ...body }, ack, ...retryOf(c) }).then(
        // every listener has ended: who has not acknowledged by now will not
        () => answer(() => this.#unacknowledged(c, body)),
        (error: unknown) => {
          this.#log.error({ err: error }, 'a request of Slack broke something');
          answer(() => c.json({ ok: false, error: 'internal' }, 500));
        },
      );
    });
  }

  #unacknowledged(c: Context, { type = 'command' }: Readonly<Record<string, unknown>>): Response {
    this.#log.error({ type }, 'nothing acknowledged a request of Slack');
    return c.json({ ok: false, error: 'not_acknowledged' }, 503);
  }

  #refuse(c: Context, because: string): Response {
    this.#log.warn({ because, path: c.req.path }, 'refused a request that is not proven to be from Slack');
    return c.json({ ok: false, error: because }, 401);
  }
}

function isSslCheck(raw: string): boolean {
  return !raw.startsWith('{') && new URLSearchParams(raw).get('ssl_check') === '1';
}

function acknowledgement(c: Context, content: unknown): Response {
  if (content === undefined || content === '') return c.body(null, 200);
  return typeof content === 'string' ? c.text(content) : c.json(content);
}

function retryOf(c: Context): { retryNum?: number; retryReason?: string } {
  const retryNum = Number(c.req.header('x-slack-retry-num'));
  const retryReason = c.req.header('x-slack-retry-reason');
  return {
    ...(retryNum > 0 ? { retryNum } : {}),
    ...(retryReason ? { retryReason } : {}),
  };
}
