/** The least and the most between looks, in ms, once it is known how long it lasts. */
const [least, most] = [100, 1_000];
/** How much of a new time counts for the next guess: services change their pace. */
const weight = 0.5;

/**
 * How long changes of each thing lasted, so that the next one is looked at when it is about to be over, and not before.
 * The first look comes a little early: what is looked at late seems to last for longer each time.
 */
export class Lasting {
  readonly #known = new Map<string, number>();
  readonly #first: number;

  /** `first`: ms between the first looks at something of which nothing is known yet. */
  constructor(first: number) {
    this.#first = first;
  }

  /** Milliseconds until it is worth a look, `elapsed` after the change was sent. */
  next(name: string, elapsed: number): number {
    const known = this.#known.get(name);
    if (known === undefined) return Math.max(this.#first, elapsed / 6);
    const often = Math.min(most, Math.max(least, known * 0.04));
    return Math.max(often, known * 0.95 - elapsed);
  }

  ended(name: string, elapsed: number): void {
    const before = this.#known.get(name) ?? elapsed;
    this.#known.set(name, before + (elapsed - before) * weight);
  }
}
