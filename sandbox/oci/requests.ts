/** A request as a client made it and as it was answered; oldest first in the log. */
export interface LoggedRequest {
  readonly time: string;
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  /** Absent for a path that the sandbox does not serve. */
  readonly operation?: string;
  readonly region?: string;
  readonly resource?: string;
  /** 0 when the connection was dropped instead of answered. */
  readonly status: number;
  readonly code?: string;
  readonly requestId: string;
  readonly retryToken?: string;
  readonly ifMatch?: string;
  /** What was made to go wrong. */
  readonly fault?: string;
  /** Whether the answer is that of an earlier request with the same retry token. */
  readonly repeated?: boolean;
  readonly ms: number;
}

const KEPT = 5_000;

/** What clients called, as far back as the last five thousand. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** How to log a request that begins now, once it is answered: one that was cleared away meanwhile does not come back. */
  opened(): (request: LoggedRequest) => void {
    const log = this.#requests;
    return (request) => {
      if (log !== this.#requests) return;
      log.push(request);
      if (log.length > KEPT * 1.2) log.splice(0, log.length - KEPT);
    };
  }

  all(): readonly LoggedRequest[] {
    return this.#requests.slice(-KEPT);
  }

  clear(): void {
    this.#requests = [];
  }
}
