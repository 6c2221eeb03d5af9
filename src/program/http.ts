import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Refusal } from '../core/refusal.ts';
import type { Metrics } from '../metrics.ts';

export interface HealthSources {
  readonly metrics: Metrics;
  /** Empty when the bot can do its work; otherwise what is missing, for the platform's log. */
  readonly notReady: () => Promise<readonly string[]>;
}

/**
 * The bot's own HTTP: /healthz (the process answers), /readyz (Slack connected, store answers),
 * /metrics (Prometheus text). In HTTP mode Slack's requests come in on the same server.
 */
export function createHttp({ metrics, notReady }: HealthSources): Hono {
  const app = new Hono();
  app.get('/healthz', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const missing = await notReady();
    return c.json({ ok: missing.length === 0, missing }, missing.length === 0 ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );
  app.notFound((c) => c.json({ ok: false, error: 'not_found' }, 404));
  return app;
}

export interface Listening {
  readonly url: string;
  close(deadline: number): Promise<void>;
}

/** Listens on the host and port (0: any free one). Throws a Refusal when the port is taken. */
export function listen(app: Hono, at: { readonly host: string; readonly port: number }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: at.host, port: at.port }, ({ port }) => {
      server.removeListener('error', refuse);
      resolve({ url: `http://${at.host}:${port}`, close: (deadline) => close(server, deadline) });
    });
    const refuse = (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Refusal(`Port ${at.port} is taken.`, 'Set PORT to a free one, or 0 for any.')
          : error,
      );
    server.once('error', refuse);
  });
}

function close(server: ServerType, deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), deadline);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
