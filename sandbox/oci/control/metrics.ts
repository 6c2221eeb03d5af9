import { Hono } from 'hono';
import { z } from 'zod';
import type { Cloud } from '../cloud.ts';
import { pathOf } from '../tenancy.ts';

const named = z.record(z.string(), z.string());

const measured = z.strictObject({
  /** The home region if absent. */
  region: z.string().optional(),
  /** A path such as `shop/prod`, or an OCID. */
  compartment: z.string(),
  namespace: z.string().min(1),
  resourceGroup: z.string().optional(),
  name: z.string().min(1),
  dimensions: named.default({}),
  metadata: named.optional(),
  /** `at` is a date, or now if absent. */
  points: z
    .array(
      z.strictObject({
        value: z.number(),
        count: z.number().positive().optional(),
        at: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .min(1),
});

/** Data of any metric, of Oracle's own namespaces too, as if somebody had measured it. */
export function metricsControl({ clock, metrics, tenancy }: Cloud): Hono {
  const app = new Hono();

  app.post('/metrics', async (context) => {
    const { region, compartment, points, ...of } = measured.parse(await context.req.json());
    const [home] = tenancy.regions;
    const place = tenancy.regions.find(({ name }) => name === (region ?? home?.name));
    const compartments = [tenancy.ocid, ...tenancy.compartments.map(({ ocid }) => ocid)];
    const compartmentId = compartments.find(
      (ocid) => ocid === compartment || pathOf(tenancy, ocid) === compartment,
    );
    if (!place || !compartmentId)
      return context.json({ ok: false, error: 'There is no such region or compartment.' }, 400);
    for (const { value, count, at } of points)
      metrics.record({
        ...of,
        region: place.name,
        compartmentId,
        value,
        count,
        at: at === undefined ? clock.now() : Date.parse(at),
      });
    return context.json({ ok: true, recorded: points.length });
  });

  app.delete('/metrics', (context) => {
    metrics.clear();
    return context.json({ ok: true });
  });

  return app;
}
