import { SlackError } from '../errors.ts';
import type { Tier } from '../limits.ts';
import type { Fields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';

/** One Web API method: who may call it how often, and what it does. */
export interface Method {
  readonly token: 'bot' | 'app' | 'none';
  /** Any one of these is enough; empty for methods that need none. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  /** The reply without `ok`. @throws SlackError, RateLimited */
  run(args: Args, workspace: Workspace): Fields | Promise<Fields>;
}

export type Methods = Readonly<Record<string, Method>>;

/**
 * Opaque cursors, as Slack's: where the next page starts. `''` ends.
 * @throws SlackError invalid_limit, invalid_cursor
 */
export function page<T>(items: readonly T[], args: Args, byDefault: number, most = 1000) {
  const asked = args.number('limit') ?? byDefault;
  if (!Number.isInteger(asked)) throw new SlackError('invalid_limit');
  const limit = Math.min(Math.max(1, asked), most);
  const start = decodeCursor(args.text('cursor'));
  const end = start + limit;
  const next_cursor = end < items.length ? Buffer.from(`next:${end}`).toString('base64') : '';
  return { items: items.slice(start, end), response_metadata: { next_cursor } };
}

function decodeCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!found) throw new SlackError('invalid_cursor');
  return Number(found[1]);
}
