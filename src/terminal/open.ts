import { loadSettings } from '../config/load.ts';
import type { Clock } from '../core/clock.ts';
import { createLog } from '../log.ts';
import { commandsHere, type FrontEnd, wire } from '../program/wiring.ts';
import { botOn } from './bot.ts';
import type { Bot } from './ports.ts';

/**
 * Reads the settings and opens the store, without Slack. Throws a ConfigError or a Refusal. Only
 * warnings are logged unless LOG_LEVEL asks for more: someone reads along.
 */
export async function openBot(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
}): Promise<Bot> {
  const { env, cwd, clock } = options;
  const commands = await commandsHere();
  const { settings } = loadSettings({ env, cwd, commands, now: clock.now(), slack: false });
  const log = createLog({ level: env.LOG_LEVEL ? settings.log.level : 'warn' });
  const works = await wire({ settings, commands, clock, log, frontEnd: alone });
  return botOn(works, { folder: settings.store.folder, cwd });
}

/** Nobody here can look into a user group, and there is nothing more to check. */
const alone: FrontEnd = { people: { members: async () => undefined }, checks: () => [], ready: () => true };
