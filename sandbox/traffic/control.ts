import { Hono } from 'hono';
import { z } from 'zod';
import type { LoadOptions } from './load.ts';

const load = z.strictObject({
  listener: z.string().min(1),
  connections: z.int().min(1).max(500).default(10),
  rate: z.number().positive().max(5_000).default(50),
  path: z.string().startsWith('/').default('/'),
});

/** What can be seen of the traffic and done about it. */
interface Steered {
  readonly listeners: Readonly<Record<string, string>>;
  seen(): object;
  clear(): void;
  /** False where there is no such listener. */
  startLoad(options: LoadOptions): boolean;
  stopLoad(): void;
}

/** What flows, and a public to be had at will; mounted at /control/oci/traffic. */
export function trafficRoutes(traffic: Steered): Hono {
  return new Hono()
    .get('/', (context) => context.json(traffic.seen()))
    .post('/reset', (context) => {
      traffic.clear();
      return context.json({ ok: true });
    })
    .post('/load', async (context) => {
      const options = load.parse(await context.req.json());
      if (traffic.startLoad(options)) return context.json({ ok: true, load: options });
      const names = Object.keys(traffic.listeners).join(', ');
      return context.json({ ok: false, error: `There is no listener ${options.listener}: ${names}.` }, 404);
    })
    .delete('/load', (context) => {
      traffic.stopLoad();
      return context.json({ ok: true });
    });
}
