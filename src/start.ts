import './oci/client/own-fetch.ts';
import type { Hono } from 'hono';
import { loadSettings } from './config/load.ts';
import type { SlackConnection } from './config/settings.ts';
import type { Clock } from './core/clock.ts';
import { Refusal } from './core/refusal.ts';
import { storeCheck } from './engine/store/check.ts';
import { frontOf } from './front.ts';
import { createLog, type Log } from './log.ts';
import { clockCheck, slackChecks } from './program/checks.ts';
import { keepHouse } from './program/housekeeping.ts';
import { createHttp, listen } from './program/http.ts';
import { commandsHere, type FrontEnd, wire } from './program/wiring.ts';
import { type SlackFrontend, startSlack } from './slack/front-end.ts';
import type { Connection } from './slack/ports.ts';

export interface StartOptions {
  /** The environment; every variable that is read stands in docs/configuration.md. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log?: Log;
}

export interface Started {
  /** Where /healthz, /readyz and /metrics are, and Slack's requests in HTTP mode. */
  readonly url: string;
  /** Takes nothing new, finishes or parks what runs, and lets go of everything. */
  stop(): Promise<void>;
}

/** Where Slack's Web API is, unless SLACK_API_URL says otherwise. */
const slackApi = 'https://slack.com/api/';

/** How long what is under way may take to end when the bot stops, in milliseconds. */
const grace = 8_000;

/** Starts the bot. Rejects with a ConfigError or a Refusal, each a sentence for whoever runs it. */
export async function start({ env, clock, log: given }: StartOptions): Promise<Started> {
  const commands = await commandsHere();
  const { settings, warnings } = loadSettings({ env, cwd: process.cwd(), commands, now: clock.now() });
  const log = given ?? createLog({ level: settings.log.level });
  for (const warning of warnings) log.warn(warning.message);
  let slack: SlackFrontend | undefined;
  const frontEnd: FrontEnd = {
    people: { members: async (group) => slack?.members(group) },
    checks: () => (slack ? [...slackChecks(slack), clockCheck(settings.slack.apiUrl ?? slackApi)] : []),
    ready: () => slack?.ready() ?? false,
  };
  const works = await wire({ settings, commands, clock, log, frontEnd });
  const { desk } = works;
  const http = createHttp({
    metrics: desk.metrics,
    notReady: async () => [
      ...(frontEnd.ready() ? [] : ['Slack is not connected']),
      ...(await storeCheck(works.store)
        .run()
        .then(
          () => [],
          () => ['the store takes no writes'],
        )),
    ],
  });
  slack = await startSlack({
    connection: connectionOf(settings.slack.connection, http),
    pipeline: frontOf(desk),
    inbox: works.inbox,
    outbox: desk.outbox,
    clock,
    log,
    settings: settings.slack,
    onChange: (listener) => desk.engine.onChange(listener),
    ...(settings.slack.apiUrl ? { apiUrl: settings.slack.apiUrl } : {}),
  });
  const listening = await listen(http, settings.http);
  await desk.engine.start();
  works.lights.start();
  const housekeeping = keepHouse({ ...desk, ledger: works.ledger }, settings.retention);
  log.info({ url: listening.url }, 'Lamplighter is ready');
  return {
    url: listening.url,
    stop: async () => {
      housekeeping.abort();
      await works.lights.stop();
      await slack?.stop(grace);
      await desk.engine.stop(grace);
      await listening.close(1_000);
      await works.close();
    },
  };
}

function connectionOf(connection: SlackConnection | undefined, http: Hono): Connection {
  switch (connection?.mode) {
    case 'socket':
      return {
        mode: 'socket',
        botToken: connection.botToken.reveal(),
        appToken: connection.appToken.reveal(),
      };
    case 'http':
      return {
        mode: 'http',
        botToken: connection.botToken.reveal(),
        signingSecret: connection.signingSecret.reveal(),
        http,
      };
    case undefined:
      throw new Refusal('There is no connection to Slack.', 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.');
  }
}
