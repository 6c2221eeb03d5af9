import { Agent, request as open } from 'node:http';

export interface LoadOptions {
  /** `shop-lb/http` */
  readonly listener: string;
  readonly connections: number;
  /** Requests a second. */
  readonly rate: number;
  readonly path: string;
}

/** Real milliseconds between two handfuls of requests. */
const BEAT = 50;

/** A made-up public: so many requests a second, each answer counted. */
export class Load {
  readonly options: LoadOptions;
  readonly #port: () => number | undefined;
  readonly #agent: Agent;
  readonly #timer: NodeJS.Timeout;
  readonly #statuses = new Map<string, number>();
  #owed = 0;
  #underWay = 0;
  #sent = 0;
  #failed = 0;

  /** @param keepAlive whether connections are kept: through a network load balancer they would never leave a backend */
  constructor(options: LoadOptions, port: () => number | undefined, keepAlive: boolean) {
    this.options = options;
    this.#port = port;
    this.#agent = new Agent({ keepAlive, maxSockets: options.connections });
    this.#timer = setInterval(() => this.#beat(), BEAT);
    this.#timer.unref();
  }

  view() {
    return {
      ...this.options,
      sent: this.#sent,
      failed: this.#failed,
      /** `cut` where there was no answer. */
      statuses: Object.fromEntries(this.#statuses),
    };
  }

  clear(): void {
    this.#sent = 0;
    this.#failed = 0;
    this.#statuses.clear();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }

  /** What a slow answer keeps back is not made up for later. */
  #beat(): void {
    this.#owed = Math.min(this.#owed + (this.options.rate * BEAT) / 1_000, this.options.rate);
    while (this.#owed >= 1 && this.#underWay < this.options.connections) {
      this.#owed -= 1;
      this.#send();
    }
  }

  #send(): void {
    this.#underWay += 1;
    const { path } = this.options;
    const request = open({ host: '127.0.0.1', port: this.#port(), path, agent: this.#agent });
    request.on('response', (answer) => {
      answer.resume();
      answer.on('error', () => undefined);
      answer.on('close', () => this.#heard(answer.complete ? String(answer.statusCode) : 'cut'));
    });
    request.on('error', () => this.#heard('cut'));
    request.end();
  }

  #heard(status: string): void {
    this.#underWay -= 1;
    this.#sent += 1;
    if (status === 'cut' || Number(status) >= 400) this.#failed += 1;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
  }
}
