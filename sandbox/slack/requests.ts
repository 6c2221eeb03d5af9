import type { Fields } from './types.ts';

/** One Web API call or response_url use, as `GET /control/slack/requests` lists it. Tokens are left out. */
export interface LoggedRequest {
  /** Sandbox time, ISO 8601. */
  readonly at: string;
  readonly method: string;
  readonly status: number | 'dropped';
  readonly ok: boolean;
  readonly error?: string;
  readonly fault?: string;
  readonly ms: number;
  readonly args: Fields;
}

const kept = 2_000;

/** The latest calls, oldest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  get all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  add(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > kept * 1.1) this.#requests = this.#requests.slice(-kept);
  }

  clear(): void {
    this.#requests = [];
  }
}
