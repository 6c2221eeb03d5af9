import { CloudError } from '../../core/fault.ts';

/**
 * How many acts of one verb in one region are out at once: one more for each round that went well, half as many
 * when OCI throttles (additive increase, multiplicative decrease).
 */
export class Pace {
  readonly #most: number;
  #limit: number;
  #out = 0;
  /** Grows with each decrease: calls begun before it say nothing new about the limit. */
  #round = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
    this.#limit = most;
  }

  /** Calls allowed side by side now, at least one. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Makes the call when there is room. Rejects as the call does. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    while (this.#out >= this.limit) await new Promise<void>((go) => this.#waiting.push(go));
    this.#out += 1;
    const round = this.#round;
    try {
      const answer = await call();
      this.#limit = Math.min(this.#most, this.#limit + 1 / this.#limit);
      return answer;
    } catch (error) {
      if (error instanceof CloudError && error.status === 429 && round === this.#round) this.#slower();
      throw error;
    } finally {
      this.#out -= 1;
      this.#waiting.splice(0, this.limit - this.#out).forEach((go) => {
        go();
      });
    }
  }

  #slower(): void {
    this.#round += 1;
    this.#limit = Math.max(1, this.#limit / 2);
  }
}

/** A pace for each verb in each region, so that one that OCI holds back does not hold up the others. */
export class Lanes {
  readonly #most: number;
  readonly #lanes = new Map<string, Pace>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Calls allowed side by side in the lane that is slowest now. */
  get narrowest(): number {
    return Math.min(this.#most, ...[...this.#lanes.values()].map(({ limit }) => limit));
  }

  of(verb: string, region: string): Pace {
    const name = `${verb} ${region}`;
    const lane = this.#lanes.get(name) ?? new Pace(this.#most);
    this.#lanes.set(name, lane);
    return lane;
  }
}

/**
 * How long to wait before a call is made again, in ms: what the service asked for, or full jitter under
 * an exponential ceiling of 1 s to 30 s. `chance` is in [0, 1).
 */
export function retryDelay(
  tries: number,
  retryAfter: number | undefined,
  chance: number = Math.random(),
): number {
  if (retryAfter !== undefined) return retryAfter + chance * 500;
  return chance * Math.min(30_000, 1_000 * 2 ** Math.min(tries, 5));
}
