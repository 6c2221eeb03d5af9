import { once, setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import { mimeType, upload } from './api/files.ts';
import { apiRoutes } from './api/routes.ts';
import { resumeSchedule } from './api/schedule.ts';
import { type AppConfig, installedApp } from './app.ts';
import { avatar } from './avatar.ts';
import { controlRoutes } from './control.ts';
import { Delivery } from './deliver/delivery.ts';
import { HttpMode, type RequestUrls } from './deliver/http.ts';
import { SocketMode } from './deliver/socket.ts';
import { SlackError } from './errors.ts';
import { Faults } from './faults.ts';
import { slackTiming, type Timing } from './limits.ts';
import { Rates } from './rates.ts';
import { RequestLog } from './requests.ts';
import { responseUrlRoutes } from './response-url.ts';
import { appToken, botToken, freshState, signingSecret, team } from './seed.ts';
import { Store } from './store.ts';
import { Triggers } from './triggers.ts';
import { type Change, isFields, type State } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface SlackSandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The Web API's base, with its slash: what SLACK_API_URL takes. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly team: { readonly id: string; readonly domain: string };
  /** Name → id, without direct messages. */
  readonly channels: Readonly<Record<string, string>>;
  readonly users: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, string>>;
  /** What people do and see, and faults: mounted at /control/slack. */
  readonly control: Hono;
  /** HTTP mode: where commands, interactions and events are posted to. undefined is Socket Mode. */
  setHttp(requestUrls: RequestUrls | undefined): void;
  /** The whole state as plain JSON. */
  snapshot(): unknown;
  onChange(listener: (change: Change) => void): () => void;
  /** Back to the seed, without faults. */
  reset(): void;
  close(): Promise<void>;
}

export interface SlackOptions {
  readonly clock: SandboxClock;
  /** What an earlier snapshot() answered. */
  readonly state?: unknown;
  /** 0 or absent for any free one. */
  readonly port?: number;
  /** The app as it is installed; by default what manifest.yml declares. */
  readonly app?: AppConfig;
  /** Slack's own times, in milliseconds of real time. */
  readonly timing?: Partial<Timing>;
  /** 'off' for measurements: no rate limits. */
  readonly limits?: 'on' | 'off';
}

/** Starts an emulated Slack on loopback. Rejects when the port is taken. */
export async function startSlack(options: SlackOptions): Promise<SlackSandbox> {
  const stopping = new AbortController();
  // Every message for later waits for it.
  setMaxListeners(0, stopping.signal);
  const workspace = newWorkspace(options, stopping.signal);
  const server = createAdaptorServer({ fetch: routes(workspace).fetch });
  server.on('upgrade', (request, socket, head) => {
    if (workspace.faults.socketsClosed) socket.destroy();
    else workspace.sockets.upgrade(request, socket, head);
  });
  // Longer than any client keeps an idle connection, so that none is reused just as it closes.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 75_000;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  workspace.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  resumeSchedule(workspace);
  return sandbox(workspace, async () => {
    stopping.abort();
    workspace.delivery.stop();
    workspace.sockets.close();
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await once(server, 'close');
  });
}

interface OwnWorkspace extends Workspace {
  app: AppConfig;
}

function newWorkspace(
  { clock, state, app, timing, limits }: SlackOptions,
  stopped: AbortSignal,
): OwnWorkspace {
  const times = { ...slackTiming, ...timing };
  const faults = new Faults(clock);
  const sockets = new SocketMode(times);
  const rates = new Rates(clock);
  rates.enabled = limits !== 'off';
  return {
    clock,
    timing: times,
    app: app ?? installedApp(),
    store: new Store(clock, isState(state) ? structuredClone(state) : freshState()),
    faults,
    rates,
    triggers: new Triggers(times),
    requests: new RequestLog(),
    sockets,
    delivery: new Delivery(clock, faults, sockets),
    stopped,
    url: '',
  };
}

const isState = (value: unknown): value is State => isFields(value) && isFields(value.messages);

function routes(workspace: Workspace): Hono<{ Bindings: HttpBindings }> {
  const all = new Hono<{ Bindings: HttpBindings }>();
  all.route('/api', apiRoutes(workspace));
  all.route('/', responseUrlRoutes(workspace));
  all.post('/upload/v1/:id', async (context) => {
    try {
      const bytes = await uploadedBytes(context.req.raw);
      upload(workspace, context.req.param('id'), bytes);
      return context.text(`OK - ${bytes.byteLength}`);
    } catch (error) {
      if (error instanceof SlackError) return context.text(error.code, 400);
      throw error;
    }
  });
  all.get('/files/:id/:name?', (context) => {
    const file = workspace.store.state.files[context.req.param('id')];
    if (file?.bytes === undefined) return context.notFound();
    return context.body(new Uint8Array(Buffer.from(file.bytes, 'base64')), 200, {
      'content-type': mimeType(file.name),
    });
  });
  all.get('/avatars/:file', (context) => {
    const user = workspace.store.user(context.req.param('file').replace(/\.svg$/, ''));
    if (!user) return context.notFound();
    return context.body(avatar(user), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'max-age=3600',
    });
  });
  return all;
}

/** The bytes as they are, or those of the one file in a form. */
async function uploadedBytes(request: Request): Promise<Uint8Array> {
  if (!request.headers.get('content-type')?.startsWith('multipart/'))
    return new Uint8Array(await request.arrayBuffer());
  const parts = [...(await request.formData()).values()];
  const file = parts.find((part) => typeof part !== 'string');
  return file ? new Uint8Array(await file.arrayBuffer()) : Buffer.from(String(parts[0] ?? ''));
}

function sandbox(workspace: OwnWorkspace, close: () => Promise<void>): SlackSandbox {
  const { store, faults, rates, requests, delivery, sockets, timing, url } = workspace;
  const byName = (list: readonly { readonly name: string; readonly id: string }[]) =>
    Object.fromEntries(list.map(({ name, id }) => [name, id]));
  const setHttp = (requestUrls: RequestUrls | undefined) => {
    delivery.transport = requestUrls === undefined ? sockets : new HttpMode(requestUrls, timing);
  };
  const setScopes = (scopes: readonly string[]) => {
    workspace.app = { ...workspace.app, scopes };
  };
  return {
    url,
    apiUrl: `${url}/api/`,
    botToken,
    appToken,
    signingSecret,
    team: { id: team.id, domain: team.domain },
    channels: byName(store.state.channels.filter(({ kind }) => kind === 'public' || kind === 'private')),
    users: byName(store.state.users),
    groups: Object.fromEntries(store.state.groups.map(({ handle, id }) => [handle, id])),
    control: controlRoutes(workspace, { setHttp, setScopes }),
    setHttp,
    snapshot: () => store.snapshot(),
    onChange: (listener) => store.onChange(listener),
    reset: () => {
      faults.clear();
      rates.clear();
      requests.clear();
      store.reset();
    },
    close,
  };
}
