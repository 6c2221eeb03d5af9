const hidden = '[redacted]';

/**
 * A value that must not be read by accident: printing, logging, joining or serialising it gives
 * `[redacted]`. Only `reveal()` gives the value, so that whoever reads the code sees where it goes.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}
