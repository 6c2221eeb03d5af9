import { Hono } from 'hono';
import { botRoutes } from './bot.ts';
import { clockRoutes } from './clock.ts';
import { eventRoutes } from './events.ts';
import { jsonBody, sameComputer } from './guard.ts';
import { nearest, routesOf } from './near.ts';
import type { Parts } from './parts.ts';
import { answerError } from './refused.ts';
import { about } from './routes.ts';
import { staticRoutes } from './static.ts';
import { workspaceRoutes } from './workspace.ts';

/** The first port: the page, what the page needs, and the control API. */
export function controlApp(parts: Parts): Hono {
  const control = new Hono()
    .route('/slack', parts.slack.control)
    .route('/oci', parts.oci.control)
    .route('/clock', clockRoutes(parts))
    .route('/bot', botRoutes(parts.bot))
    .post('/reset', async (c) => {
      await parts.reset();
      return c.json({ ok: true, bot: parts.bot?.status ?? null });
    });

  const app = new Hono()
    .use(sameComputer, jsonBody)
    .route('/control', control)
    .get('/control', (c) => c.json({ ok: true, routes: about }))
    .route('/api', workspaceRoutes(parts))
    .route('/events', eventRoutes(parts))
    .route('/', staticRoutes());
  // The address that --json prints ends in /control, and so do the documented paths begin with it.
  app.route('/control', new Hono().route('/control', control));

  const routes = routesOf(app);
  app.onError(answerError);
  app.notFound((c) => {
    const asked = `${c.req.method} ${c.req.path}`;
    return c.json({ ok: false, error: `There is no ${asked}.`, near: nearest(asked, routes) }, 404);
  });
  return app;
}
