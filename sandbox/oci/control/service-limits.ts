import { Hono } from 'hono';
import type { Cloud } from '../cloud.ts';
import { limitShape } from '../seed/limits.ts';
import { pathOf } from '../tenancy.ts';

/** Service limits, and quotas of compartments. `/limits` are limits of rates. */
export function serviceLimitsControl({ limits, tenancy }: Cloud): Hono {
  const app = new Hono();

  app.get('/service-limits', (context) => context.json({ limits: limits.said }));

  app.post('/service-limits', async (context) => {
    const wanted = limitShape.parse(await context.req.json());
    const { compartment } = wanted;
    const paths = tenancy.compartments.map(({ ocid }) => pathOf(tenancy, ocid));
    if (compartment !== undefined && !paths.includes(compartment))
      return context.json({ ok: false, error: `There is no compartment ${compartment}.` }, 400);
    limits.set(wanted);
    return context.json({ ok: true, limits: limits.said });
  });

  return app;
}
