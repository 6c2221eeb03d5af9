import { Hono } from 'hono';
import { BotFailed, NoBot, type Supervisor } from '../supervisor.ts';
import { readObject } from './guard.ts';
import { Refused } from './refused.ts';

type Act = (bot: Supervisor) => Promise<Record<string, unknown>>;

const acts: ReadonlyMap<unknown, Act> = new Map<unknown, Act>([
  ['kill', async (bot) => ({ killed: await bot.kill() })],
  ['stop', async (bot) => bot.stop().then(nothing)],
  ['start', async (bot) => bot.start().then(nothing)],
  ['restart', async (bot) => bot.restart().then(nothing)],
]);

function nothing(): Record<string, unknown> {
  return {};
}

/** The bot's process: see it, kill it, stop and start it. */
export function botRoutes(bot: Supervisor | undefined): Hono {
  return new Hono()
    .get('/', (c) => c.json({ ok: true, ...present(bot).status }))
    .post('/', async (c) => {
      const { action } = readObject(await c.req.text());
      const act = acts.get(action);
      if (!act) throw new Refused(400, `action must be one of ${[...acts.keys()].join(', ')}.`);
      const supervisor = present(bot);
      try {
        const done = await act(supervisor);
        return c.json({ ok: true, ...supervisor.status, ...done });
      } catch (error) {
        if (error instanceof NoBot || error instanceof BotFailed) throw new Refused(409, error.message);
        throw error;
      }
    });
}

function present(bot: Supervisor | undefined): Supervisor {
  if (bot) return bot;
  throw new Refused(409, 'This sandbox was started with --without-bot.');
}
