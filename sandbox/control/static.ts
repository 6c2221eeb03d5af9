import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { packageRoot } from '../root.ts';

const built = join(packageRoot, 'dist/sandbox/page');

/** The page, as `npm run build:page` made it; until then, a page that says so. */
export function staticRoutes(): Hono {
  const app = new Hono();
  if (existsSync(join(built, 'index.html'))) return app.get('/*', serveStatic({ root: built }));
  return app.get('/', (c) =>
    c.html(html`<!doctype html>
      <html lang="en">
        <title>Lamplighter sandbox</title>
        <body style="font: 16px/1.5 system-ui; max-width: 36em; margin: 4em auto; padding: 0 1em">
          <h1>The sandbox runs, the page is not built</h1>
          <p>Stop it, run <code>npm run build:page</code> and start it again, or use
            <code>npm run sandbox</code>, which builds everything.</p>
          <p>The <a href="/control">control API</a> works without the page.</p>
        </body>
      </html>`),
  );
}
