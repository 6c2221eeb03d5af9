import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A control request that cannot be done: a sentence and the HTTP status that fits. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: ContentfulStatusCode;

  constructor(status: ContentfulStatusCode, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Every error of the control API in its one shape. */
export function answerError(error: Error, c: Context): Response {
  const status = error instanceof Refused ? error.status : 500;
  return c.json({ ok: false, error: error.message }, status);
}
