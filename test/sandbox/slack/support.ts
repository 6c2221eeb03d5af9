import { once } from 'node:events';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import WebSocket from 'ws';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { unrestricted } from '../../../sandbox/slack/app.ts';
import { type SlackOptions, type SlackSandbox, startSlack } from '../../../sandbox/slack/server.ts';

export type Json = Record<string, unknown>;

/** An emulator of an app that may everything, with its control API at hand. */
export async function world(options: Partial<SlackOptions> = {}) {
  const clock = options.clock ?? new SandboxClock();
  const slack = await startSlack({ app: unrestricted, ...options, clock });
  return { clock, slack, ...controls(slack) };
}

export type World = Awaited<ReturnType<typeof world>>;

function controls(slack: SlackSandbox) {
  const ask = async (method: string, path: string, body?: Json) => {
    const response = await slack.control.request(path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    // The control API answers JSON of many shapes; the assertions say which.
    return (await response.json()) as Shown;
  };
  return {
    post: (path: string, body: Json) => ask('POST', path, body),
    get: (path: string) => ask('GET', path),
    remove: (path: string) => ask('DELETE', path),
    /** A Web API call as a client without SDK would send it: JSON with a bearer token. */
    api: (method: string, body: Json = {}, token = slack.botToken) => call(slack, method, body, token),
  };
}

/** A Slack message, view or answer, as far as the tests look into it. */
export interface Shown {
  readonly ok?: boolean;
  readonly error?: string;
  readonly ts?: string;
  readonly text?: string;
  readonly messages?: readonly Shown[];
  readonly replies?: readonly Shown[];
  readonly views?: readonly Shown[];
  readonly [field: string]: unknown;
}

export async function call(slack: SlackSandbox, method: string, body: Json, token: string): Promise<Shown> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Shown;
}

/** A Socket Mode client of few lines, which acknowledges everything and keeps what came. */
export async function listener(here: World) {
  const { url } = await here.api('apps.connections.open', {}, here.slack.appToken);
  const socket = new WebSocket(String(url));
  const received: Shown[] = [];
  socket.addEventListener('message', ({ data }) => {
    const envelope = JSON.parse(String(data)) as Shown;
    received.push(envelope);
    if (envelope.envelope_id) socket.send(JSON.stringify({ envelope_id: envelope.envelope_id }));
  });
  await once(socket, 'message');
  return { received, close: () => socket.close() };
}

/** The real Bolt over Socket Mode; `prepare` registers its listeners. */
export async function socketApp(slack: SlackSandbox, prepare: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    // Also how long the client stays away after a disconnect.
    clientPingTimeout: 500,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    logLevel: LogLevel.ERROR,
  });
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    logLevel: LogLevel.ERROR,
    convoStore: false,
    deferInitialization: true,
  });
  prepare(app);
  await app.init();
  await app.start();
  return app;
}

/** The real Bolt over HTTP; answers its request URL. */
export async function httpApp(slack: SlackSandbox, prepare: (app: App) => void) {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: slack.botToken,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logLevel: LogLevel.ERROR,
    convoStore: false,
    deferInitialization: true,
  });
  prepare(app);
  await app.init();
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { app, url: `http://127.0.0.1:${port}/slack/events`, stop: () => app.stop() };
}

export const button = (action_id: string, text: string, more: Json = {}): Json => ({
  type: 'button',
  action_id,
  text: { type: 'plain_text', text },
  ...more,
});
export const section = (text: string): Json => ({ type: 'section', text: { type: 'mrkdwn', text } });
export const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
