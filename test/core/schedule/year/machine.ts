import type { KindMade, ResourceMade, Span } from './story.ts';

export interface Move {
  readonly act: 'start' | 'stop' | 'scale';
  readonly size?: string;
}

/** The cloud's side of one resource: it takes its time, is out of capacity, and people have their hands on it. */
export class Machine {
  readonly kind: KindMade;
  on: boolean;
  size: string | undefined;
  moving: (Move & { readonly ends: number; readonly fails: boolean }) | undefined;
  /** What it was from which minute on. */
  readonly history: { readonly at: number; readonly is: string }[] = [];
  readonly #takes: number;
  readonly #shortages: readonly Span[];

  constructor(made: ResourceMade) {
    this.kind = made.kind;
    this.on = made.on;
    this.size = made.size;
    this.#takes = made.takes;
    this.#shortages = made.shortages;
    this.#log(made.life.from);
  }

  begin(move: Move, at: number): void {
    const fails = move.act === 'start' && this.#shortages.some(({ from, to }) => from <= at && at < to);
    this.moving = { ...move, ends: at + this.#takes, fails };
    this.#log(at);
  }

  /** What is over by a minute is done, or has failed. */
  pass(now: number): void {
    const { moving } = this;
    if (!moving || moving.ends > now) return;
    this.moving = undefined;
    if (!moving.fails) this.#become(moving);
    this.#log(moving.ends);
  }

  hand(does: 'start' | 'stop' | { readonly size: string }, at: number): void {
    if (this.moving) return;
    if (typeof does === 'object') this.#become({ act: 'scale', size: does.size });
    else if (does === 'start' && this.kind === 'node-pool' && this.size === '0')
      this.#become({ act: 'start', size: '2' });
    else this.#become({ act: does });
    this.#log(at);
  }

  #become({ act, size }: Move): void {
    if (this.kind === 'node-pool') {
      if (act === 'stop') this.size = '0';
      else this.size = size ?? this.size;
      return;
    }
    if (act === 'scale') this.size = size;
    else this.on = act === 'start';
  }

  #log(at: number): void {
    const move = this.moving ? ` ${this.moving.act}` : '';
    const is = `${this.on ? 'on' : 'off'} ${this.size ?? ''}${move}`;
    if (this.history.at(-1)?.is !== is) this.history.push({ at, is });
  }
}
