import type { Fields } from './types.ts';

/**
 * Slack's way to say no: HTTP 200 with `{ok: false, error}`. `detail` is what else the reply carries,
 * such as `needed` and `provided` of missing_scope.
 */
export class SlackError extends Error {
  readonly code: string;
  readonly detail: Fields;

  constructor(code: string, detail: Fields = {}) {
    super(code);
    this.name = 'SlackError';
    this.code = code;
    this.detail = detail;
  }

  /** With the validator's findings, where Slack puts them. */
  static invalid(code: string, findings: readonly string[]): SlackError {
    return new SlackError(code, {
      errors: findings,
      response_metadata: { messages: findings.map((finding) => `[ERROR] ${finding}`) },
    });
  }
}

/** HTTP 429, with `Retry-After` in whole seconds. */
export class RateLimited extends Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.name = 'RateLimited';
    this.retryAfter = retryAfter;
  }
}
