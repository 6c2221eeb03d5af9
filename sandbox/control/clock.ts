import { Hono } from 'hono';
import { readObject } from './guard.ts';
import { readMove } from './moves.ts';
import type { Parts } from './parts.ts';

/** The sandbox's time: read it, advance it, set it. */
export function clockRoutes({ clock, moveClock }: Parts): Hono {
  return new Hono()
    .get('/', (c) => c.json({ ok: true, ...shown(clock) }))
    .post('/', async (c) => {
      const move = readObject(await c.req.text());
      const now = clock.now();
      const followed = await moveClock(readMove(move, now) - now);
      return c.json({ ok: true, ...shown(clock), bot_followed: followed });
    });
}

/** `now` as ISO text and `ms` since 1970; `offset` in milliseconds ahead of real time. */
export function shown(clock: Parts['clock']): { now: string; ms: number; offset: number } {
  const ms = clock.now();
  return { now: new Date(ms).toISOString(), ms, offset: clock.offset };
}
