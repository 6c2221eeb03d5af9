import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Log } from '../log.ts';
import { boltLog } from './bolt-log.ts';

/** Two clients with one token, since a post must not be repeated by a library and a read may be. */
export interface Web {
  /** Never retries: posts are not idempotent, and their repetition is the outbox's business. */
  readonly once: WebClient;
  /** Retries twice within a few seconds. */
  readonly reads: WebClient;
}

export function connectWeb(token: string, apiUrl: string | undefined, log: Log): Web {
  return {
    once: new WebClient(token, { ...clientOptions(apiUrl, log), retryConfig: { retries: 0 } }),
    reads: new WebClient(token, {
      ...clientOptions(apiUrl, log),
      retryConfig: { retries: 2, minTimeout: 300, maxTimeout: 2_000 },
    }),
  };
}

/** A fresh object for each client: the libraries write into what they are given. */
export function clientOptions(apiUrl: string | undefined, log: Log): WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    logger: boltLog(log, 'info'),
    timeout: 10_000,
    rejectRateLimitedCalls: true,
  };
}

/** What a failed call to Slack means for whoever wanted it. */
export type Fault =
  /** Come back in `wait` milliseconds; nothing was done. */
  | { readonly kind: 'limited'; readonly wait: number; readonly because: string }
  /** No usable reply; `maybe` says whether it may have been done all the same. */
  | { readonly kind: 'away'; readonly maybe: boolean; readonly because: string }
  /** Slack said no: `error` is its word for it. */
  | { readonly kind: 'refused'; readonly error: string; readonly because: string };

/** Sorts what the SDK throws. Anything else is a bug and is thrown again. */
export function faultOf(error: unknown): Fault {
  if (error instanceof WebAPIRateLimitedError)
    return { kind: 'limited', wait: error.retryAfter * 1000, because: 'Slack asks for a pause' };
  if (error instanceof WebAPIHTTPError)
    return { kind: 'away', maybe: true, because: `Slack answered HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return noReply(error.original);
  if (error instanceof WebAPIPlatformError) return platformFault(error.data);
  throw error;
}

export function noReply(error: unknown): Fault {
  const code = codeOf(error);
  return {
    kind: 'away',
    maybe: !neverSent.has(code),
    because: `Slack did not answer (${code || (error instanceof Error ? error.message : 'no reason given')})`,
  };
}

/** The connection was never made, so nothing can have been done. */
const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Slack's own trouble under a 200; what was asked may have been done. */
const ill: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

function platformFault({ error, ...data }: WebAPIPlatformError['data']): Fault {
  if (ill.has(error)) return { kind: 'away', maybe: true, because: `Slack answered ${error}` };
  if (error === 'ratelimited') return { kind: 'limited', wait: 30_000, because: 'Slack asks for a pause' };
  const details = data.response_metadata?.messages?.slice(0, 3).join('; ');
  return {
    kind: 'refused',
    error,
    because: `Slack refused it: ${error}${details ? ` (${details})` : ''}`,
  };
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return '';
}
