import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { shown } from './clock.ts';
import type { Parts } from './parts.ts';

/** Real milliseconds between two signs of life on a quiet stream. */
const KEEP_ALIVE = 15_000;

/** `GET /events`: one `{type: 'slack' | 'oci' | 'clock' | 'bot', …}` per change, for the page to refetch by. */
export function eventRoutes({ clock, slack, oci, bot }: Parts): Hono {
  return new Hono().get('/', (c) =>
    streamSSE(c, async (stream) => {
      // A stream that has ended takes no more; what is said to it then is of no interest.
      const tell = (type: string, change: object) => {
        stream.writeSSE({ data: JSON.stringify({ ...change, type }) }).catch(() => {});
      };
      const ends = [
        slack.onChange((change) => tell('slack', change)),
        oci.onChange((change) => tell('oci', change)),
        clock.onMove(() => tell('clock', shown(clock))),
        bot?.onChange((status) => tell('bot', status)),
      ];
      const beat = setInterval(() => stream.write(': still here\n\n').catch(() => {}), KEEP_ALIVE);
      await new Promise<void>((resolve) => stream.onAbort(resolve));
      clearInterval(beat);
      for (const end of ends) end?.();
    }),
  );
}
