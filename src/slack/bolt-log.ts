import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../log.ts';

/**
 * Bolt's log lines in ours. Debug stays off whatever our level is: Bolt's debug lines carry payloads,
 * response URLs and the ticket of the socket. `said`: the level of what it calls errors and who called
 * tells of with what follows, as with each call that Slack refuses.
 */
export function boltLog(log: Log, said: 'info' | 'error' = 'error'): Logger {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const error = parts.find((part) => part instanceof Error);
      const words = parts.filter((part) => part !== error).map(String);
      log[level]({ ...(error ? { err: error } : {}), from: 'slack' }, words.join(' ') || 'slack');
    };
  return {
    debug: () => {},
    info: line('info'),
    warn: line('warn'),
    error: line(said),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
