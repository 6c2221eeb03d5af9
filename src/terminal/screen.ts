import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { type Paint, paintFor } from './paint.ts';
import type { Screen } from './render.ts';
import { graphemes, widthOf } from './width.ts';

/** A stream that may be a terminal, as process.stdout is. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Where a report is shown. A block that is drawn again takes the place of what it was, on a terminal. */
export class Display {
  /** Whether what was drawn can be drawn over. */
  readonly live: boolean;
  readonly #paint: Paint;
  readonly #out: Output;
  #drawn = 0;

  constructor(out: Output, env: Readonly<Record<string, string | undefined>>) {
    this.#out = out;
    this.live = out.isTTY === true && env.TERM !== 'dumb';
    this.#paint = paintFor(env, out.isTTY === true);
  }

  /** As it is now: a window may change its size. A terminal that says nothing, or 0, gets 80 columns. */
  get screen(): Screen {
    const width = this.#out.columns || 80;
    return {
      width,
      paint: this.#paint,
      ...(this.#out.isTTY ? {} : { tableWidth: Number.POSITIVE_INFINITY }),
    };
  }

  print(lines: readonly string[]): void {
    this.#drawn = 0;
    if (lines.length > 0) this.#out.write(`${lines.join('\n')}\n`);
  }

  /** Draws over what was drawn before. What does not fit the window is left out until the last drawing. */
  draw(lines: readonly string[], last: boolean): void {
    const above = this.#drawn > 0 ? `\u001b[${this.#drawn}A\r\u001b[0J` : '';
    const shown = last
      ? lines
      : lines.slice(0, (this.#out.rows || 24) - 1).map((line) => this.#clipped(line));
    this.#out.write(`${above}${shown.join('\n')}\n`);
    this.#drawn = last ? 0 : shown.length;
  }

  /** A line that wraps would take two rows, and the cursor would then go up too little. */
  #clipped(line: string): string {
    const { width } = this.screen;
    const bare = stripVTControlCharacters(line);
    if (widthOf(bare) < width) return line;
    let clipped = '';
    for (const each of graphemes(bare)) {
      if (widthOf(clipped) + widthOf(each) >= width) break;
      clipped += each;
    }
    return clipped;
  }
}
