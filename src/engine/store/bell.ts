/** Tells whoever listens, one after the other. What a listener throws is its own affair. */
export class Bell<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Answers how to stop listening. */
  listen(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ring(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
