import { setTimeout as pause } from 'node:timers/promises';
import { type App, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import { Refusal } from '../../core/refusal.ts';
import type { Log } from '../../log.ts';
import { boltLog } from '../bolt-log.ts';
import { clientOptions } from '../web.ts';

/** How long Slack may take to say hello on a new socket, in ms. */
const helloWithin = 15_000;
/** A reply to our ping may take this long, in ms; less gives false alarms on jittery links. */
const pongWithin = 15_000;

/** Slack's words for an app token that will never do. */
const badToken: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
]);

interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly log: Log;
}

/**
 * One Socket Mode connection, kept up. Bolt's own reconnecting is off: it waits for the ping timeout
 * while nobody listens, gives up for good on an HTTP error, and rejects where nothing can catch it.
 */
export class Socket {
  readonly #receiver: SocketModeReceiver;
  readonly #log: Log;
  readonly #stopped = new AbortController();
  readonly #over = aborted(this.#stopped.signal);
  #connected = false;
  #running: Promise<void> | undefined;

  constructor({ appToken, apiUrl, log }: SocketOptions) {
    this.#log = log;
    this.#receiver = new SocketModeReceiver({
      appToken,
      logger: boltLog(log),
      autoReconnectEnabled: false,
      clientPingTimeout: pongWithin,
      installerOptions: { clientOptions: { ...clientOptions(apiUrl, log), retryConfig: { retries: 0 } } },
    });
  }

  get receiver(): SocketModeReceiver {
    return this.#receiver;
  }

  get connected(): boolean {
    return this.#connected;
  }

  join(app: App): void {
    this.#receiver.init(app);
  }

  /** Connects and stays connected. Throws a Refusal for a token that Slack does not take. */
  async start(): Promise<void> {
    try {
      const { closed } = await this.#connect();
      this.#running = this.#keep(closed, 0);
    } catch (error) {
      const word = error instanceof WebAPIPlatformError ? error.data.error : '';
      if (badToken.has(word))
        throw new Refusal(
          `Slack refused the app token (${word}).`,
          'SLACK_APP_TOKEN must begin with xapp- and have the scope connections:write; see it in api.slack.com/apps under Basic Information.',
        );
      this.#log.warn({ err: error }, 'no socket to Slack yet; trying again');
      this.#running = this.#keep(Promise.resolve(), 1);
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#receiver.client.disconnect().catch(() => {});
    await this.#running;
  }

  async #keep(firstClosed: Promise<void>, failed: number): Promise<void> {
    const { signal } = this.#stopped;
    let closed = firstClosed;
    let failures = failed;
    while (!signal.aborted) {
      await Promise.race([closed, this.#over]);
      this.#set(false);
      await pause(backOff(failures), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      try {
        ({ closed } = await this.#connect());
        failures = 0;
      } catch (error) {
        closed = Promise.resolve();
        failures += 1;
        this.#log.warn({ err: error, failures }, 'no socket to Slack; trying again');
      }
    }
  }

  /** Resolves once Slack said hello; `closed` resolves when the socket no longer is open. */
  async #connect(): Promise<{ readonly closed: Promise<void> }> {
    const { client } = this.#receiver;
    const late = AbortSignal.timeout(helloWithin);
    const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    try {
      await Promise.race([client.start(), failWhen(late), failWhen(this.#stopped.signal)]);
    } catch (error) {
      if (late.aborted) client.disconnect().catch(() => {});
      throw error ?? new Error('the socket was closed before Slack said hello');
    }
    this.#set(true);
    return { closed };
  }

  #set(connected: boolean): void {
    if (this.#connected === connected) return;
    this.#connected = connected;
    this.#log.info({ connected }, 'socket to Slack');
  }
}

/** None after a socket that worked, since Slack recycles them as a matter of routine; then up to 10 s. */
function backOff(failures: number): number {
  return failures === 0 ? 0 : Math.min(250 * 2 ** failures, 10_000) * (0.5 + Math.random() / 2);
}

async function failWhen(signal: AbortSignal): Promise<never> {
  await aborted(signal);
  throw signal.reason;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
