import { Hono } from 'hono';
import { z } from 'zod';
import type { Cloud } from '../cloud.ts';
import { imagesOf, push, readImage, urlOf } from '../registry.ts';
import type { ContainerImage } from '../resources/registry.ts';

const pushed = z.strictObject({
  /** `fra.ocir.io/lamplight/shop-api:1.4.2` */
  image: z.string(),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits')
    .optional(),
});

/** What is in Container Registry, and a push to it without docker. */
export function imagesControl({ store, tenancy }: Cloud): Hono {
  const app = new Hono();
  const view = ({ digest, versions, timeCreated }: ContainerImage) => ({
    digest,
    tags: versions.map(({ version }) => version),
    pushed: new Date(versions.at(-1)?.at ?? timeCreated).toISOString(),
  });

  app.get('/images', (context) => {
    const repositories = tenancy.regions.flatMap(({ name }) =>
      store.list('ContainerRepo', name).map((repo) => ({
        url: urlOf(tenancy, repo),
        images: imagesOf(store, repo).map(view),
      })),
    );
    return context.json({ repositories });
  });

  app.post('/images', async (context) => {
    const { image: url, digest } = pushed.parse(await context.req.json());
    const wanted = readImage(tenancy, url);
    if (!wanted) return context.json({ ok: false, error: `${url} is not an image of this tenancy.` }, 400);
    const { image, moved } = push(store, tenancy, { ...wanted, ...(digest && { digest }) });
    return context.json({ ok: true, image: { url, ...view(image) }, moved });
  });

  return app;
}
