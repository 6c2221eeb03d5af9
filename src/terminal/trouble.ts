import { ConfigError } from '../config/reading/violation.ts';
import { Refusal } from '../core/refusal.ts';
import type { Report } from '../core/report.ts';
import type { Ending } from './session.ts';

/** What kept a line from being run at all, such as a configuration or a store that is broken. */
export function trouble(error: unknown): Ending {
  if (error instanceof ConfigError)
    return refused('The configuration is wrong.', error.violations.map(String));
  if (error instanceof Refusal) return refused(error.message, error.hint ? [error.hint] : []);
  const message = error instanceof Error ? error.message : String(error);
  return { outcome: 'failed', report: report(`Something broke: ${message}`, []) };
}

function refused(title: string, lines: readonly string[]): Ending {
  return { outcome: 'refused', report: report(title, lines) };
}

function report(title: string, lines: readonly string[]): Report {
  return { title, tone: 'failure', blocks: lines.map((text) => ({ type: 'text', text })) };
}
