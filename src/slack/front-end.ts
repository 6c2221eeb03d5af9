import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../core/refusal.ts';
import type { DeliveryStats } from './delivering/delivery.ts';
import { identify, SlackAway } from './identify.ts';
import type { SlackOptions } from './ports.ts';
import { HttpReceiver } from './receiving/http-receiver.ts';
import { type Running, run } from './run.ts';
import { connectWeb } from './web.ts';

export interface SlackFrontend {
  /** Whether Slack can reach the bot. */
  ready(): boolean;
  deliveries(): DeliveryStats;
  /** Who is in a user group, or undefined where Slack knows no such group or does not answer. */
  members(group: string): Promise<readonly string[] | undefined>;
  /** The scopes that the token has, for self-checks. Rejects with what Slack answers. */
  scopes(): Promise<readonly string[]>;
  /** Takes nothing new and lets what is in hand come to its end, for at most `deadline` ms of real time. */
  stop(deadline: number): Promise<void>;
}

const nothing: DeliveryStats = { inHand: 0, sent: 0, delayed: 0, dead: 0 };

/**
 * Brings the bot to Slack. Resolves when Slack can reach it or, with `ready()` false, when Slack is
 * away: then it is tried again until it is back. Throws a Refusal when Slack refuses a token, or the
 * token is of another workspace. Call it before the HTTP server listens: it adds a route to it.
 */
export async function startSlack(options: SlackOptions): Promise<SlackFrontend> {
  const { connection, apiUrl, log, settings } = options;
  const web = connectWeb(connection.botToken, apiUrl, log);
  const http = connection.mode === 'http' ? new HttpReceiver({ ...connection, log }) : undefined;
  const stopped = new AbortController();
  let running: Running | undefined;
  let coming = Promise.resolve();

  const begin = async () => {
    running = await run(options, web, http, await identify(web, settings.team));
  };
  const keepTrying = async () => {
    while (!running && !stopped.signal.aborted) {
      await pause(5_000, undefined, { signal: stopped.signal }).catch(() => {});
      if (stopped.signal.aborted) return;
      await begin().catch((error: unknown) => log.error({ err: error }, 'Slack is still away'));
    }
  };

  try {
    await begin();
  } catch (error) {
    if (!(error instanceof SlackAway)) throw error;
    log.error({ err: error }, 'Slack is away; it is tried again');
    coming = keepTrying();
  }

  return {
    ready: () => running?.ready() ?? false,
    deliveries: () => running?.deliveries.stats ?? nothing,
    members: async (group) => {
      try {
        return await running?.people.members(group);
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    },
    scopes: async () => (await web.reads.auth.test()).response_metadata?.scopes ?? [],
    async stop(deadline) {
      stopped.abort();
      const ended = coming.then(() => running?.stop());
      const late = new AbortController();
      await Promise.race([ended, pause(deadline, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
    },
  };
}
