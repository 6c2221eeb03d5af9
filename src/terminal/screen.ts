import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { type Paint, paintFor } from './paint.ts';
import { graphemes, widthOf } from './width.ts';

/** A stream that may be a terminal, as process.stdout is. */
export type Output = Writable & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** Where a report is shown. A block that is drawn again takes the place of what it was, on a terminal. */
export class Display {
  readonly paint: Paint;
  readonly live: boolean;
  readonly #out: Output;
  #drawn = 0;

  constructor(out: Output, env: Readonly<Record<string, string | undefined>>) {
    this.#out = out;
    this.live = out.isTTY === true && env.TERM !== 'dumb';
    this.paint = paintFor(env, out.isTTY === true);
  }

  /** Cells per line; a terminal that does not say, or says 0, gets 80. */
  get width(): number {
    return this.#out.columns || 80;
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
    const bare = stripVTControlCharacters(line);
    if (widthOf(bare) < this.width) return line;
    let clipped = '';
    for (const each of graphemes(bare)) {
      if (widthOf(clipped) + widthOf(each) >= this.width) break;
      clipped += each;
    }
    return clipped;
  }
}
