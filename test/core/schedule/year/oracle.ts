import { dayIn } from './clocks.ts';
import { type Asked, type Demand, waits } from './demands.ts';
import { Machine, type Move } from './machine.ts';
import type { KeepMade, ResourceMade, Span } from './story.ts';
import type { Wish } from './timetables.ts';

/** What somebody who reads what is promised expects to happen to one resource, and nothing of how it is decided. */
export interface Lot {
  readonly made: ResourceMade;
  readonly asked: Asked;
  readonly zone: string;
  readonly enforced: boolean;
  /** It is never stopped, and nothing else that is said of it counts. */
  readonly protects: boolean;
  /** The size that is down, where down is a size. */
  readonly dim?: string;
  /** How many minutes what is new is left alone. */
  readonly settleIn: number;
  readonly outages: readonly Span[];
  /** At which anything may come to be due. */
  readonly minutes: readonly number[];
}

export interface Act extends Move {
  readonly at: number;
}

/** What was demanded last and how far it got. */
interface Followed extends Demand {
  readonly how: 'found' | 'running' | 'done' | 'failed';
  readonly move?: Move;
  readonly tries: number;
  readonly retryAt: number;
}

/** What was done last in one direction, how often in a row such was turned back within a quarter of an hour, and when. */
interface Tried {
  readonly at: number;
  readonly turned: number;
  readonly turnedAt?: number;
}

const backOffs = [1, 2, 5, 10, 20, 30];
const week = 7 * 1440;

export class Expected {
  readonly machine: Machine;
  readonly acts: Act[] = [];
  readonly #lot: Lot;
  #firstSeen: number | undefined;
  #followed: Followed | undefined;
  #seen: 'up' | 'down' | undefined;
  /** The minutes at which it was turned against what had just been done, one for each act. */
  #turned: number[] = [];
  readonly #tried = new Map<'up' | 'down', Tried>();
  #doneAt = 0;
  #own: string | undefined;
  #given: string | undefined;
  /** Whether what was begun last comes to nothing. */
  #failed = false;
  /** How many of the demands have come. */
  #passed = 0;

  constructor(lot: Lot) {
    this.#lot = lot;
    this.machine = new Machine(lot.made);
  }

  run(): this {
    const { made, minutes, outages } = this.#lot;
    const hands = made.hands.filter(({ at }) => made.life.from < at && at < made.life.to);
    let [next, hand] = [0, 0];
    for (let now = made.life.from; now < made.life.to; ) {
      this.machine.pass(now);
      for (; (hands[hand]?.at ?? now + 1) <= now; hand++)
        this.machine.hand(hands[hand]?.does ?? 'start', now);
      if (!outages.some(({ from, to }) => from <= now && now < to)) this.#look(now);
      while ((minutes[next] ?? Number.POSITIVE_INFINITY) <= now) next++;
      const soon = [minutes[next], this.machine.moving?.ends, this.#followed?.retryAt, this.#settled()];
      now = Math.min(...soon.filter((each) => each !== undefined && each > now).map(Number), made.life.to);
    }
    return this;
  }

  #settled(): number | undefined {
    return this.#firstSeen === undefined ? undefined : this.#firstSeen + this.#lot.settleIn;
  }

  #look(now: number): void {
    if (this.machine.moving) return;
    const first = this.#firstSeen === undefined;
    this.#firstSeen ??= now;
    this.#wasDone(now);
    const keep = this.#keep(now);
    const running = keep && now < keep.to ? keep : undefined;
    this.#observe(now, running);
    if (!running || this.#lot.protects) this.#byTimetable(now, keep);
    else this.#pursue(now, { at: running.from, wish: running.want }, first, true);
  }

  #byTimetable(now: number, keep: KeepMade | undefined): void {
    const { asked, protects, enforced } = this.#lot;
    const wish = asked.at(now);
    const due = protects ? undefined : this.#due(now, keep);
    const called = (asked.demands[this.#passed - 1]?.at ?? 0) > asked.heldSince(now);
    if (waits(wish) && (enforced || !called)) return;
    if (enforced) this.#putRight(now, wish, due);
    else if (due && !this.#isContested(due.at) && !this.#isFought(due.at))
      this.#pursue(now, due, false, false);
  }

  /** The last word on it, whether it has ended or not. */
  #keep(now: number): KeepMade | undefined {
    return this.#lot.made.keeps.findLast(({ from }) => from <= now);
  }

  /** The last thing that was demanded: by the timetables, or because a keep has ended. */
  #due(now: number, keep: KeepMade | undefined): Demand | undefined {
    const { asked } = this.#lot;
    while ((asked.demands[this.#passed]?.at ?? now + 1) <= now) this.#passed++;
    const demand = asked.demands[this.#passed - 1];
    if (!keep || keep.to < (demand?.at ?? 0)) return demand;
    // late, and all is to be left as it is by now: what it came to at its end is still open
    const moments = waits(asked.at(keep.to)) ? [now] : [now, keep.to];
    const wish = moments.map(asked.saidBy).find((each) => each !== 'any') ?? 'any';
    return wish === 'any' ? undefined : { at: keep.to, wish };
  }

  #wasDone(now: number): void {
    const followed = this.#followed;
    if (followed?.how !== 'running') return;
    if (!this.#failed) {
      this.#followed = { ...followed, how: 'done', tries: 0, retryAt: 0 };
      this.#seen = followed.wish === 'down' ? 'down' : 'up';
      this.#doneAt = now;
      return;
    }
    const tries = followed.tries + 1;
    const retryAt = now + (backOffs[Math.min(tries, backOffs.length) - 1] ?? 30);
    this.#followed = { ...followed, how: 'failed', tries, retryAt };
  }

  #level(): 'up' | 'down' {
    const { machine } = this;
    const low = machine.size !== undefined && (machine.size === this.#lot.dim || machine.size === '0');
    return machine.on && !low ? 'up' : 'down';
  }

  #observe(now: number, keep: KeepMade | undefined): void {
    const level = this.#level();
    const { size, kind } = this.machine;
    const done =
      this.#followed?.how === 'done' ? (this.#followed.wish === 'down' ? 'down' : 'up') : undefined;
    const turns = done === this.#seen && done !== undefined && level !== done && keep?.want !== level;
    if (turns && (this.#turned.at(-1) ?? 0) <= (this.acts.at(-1)?.at ?? 0)) {
      this.#turned = [...this.#turned, now].slice(-2);
      const tried = this.#tried.get(done);
      if (tried && tried.turnedAt === undefined && now - this.#doneAt <= 15)
        this.#tried.set(done, { ...tried, turned: tried.turned + 1, turnedAt: now });
    }
    this.#seen = level;
    if (kind === 'node-pool' && level === 'up' && size !== this.#given) this.#own = size;
  }

  /** Somebody else decides too, who turned it back twice within a day: let it be until another day. */
  #isFought(due: number): boolean {
    const [one, two] = this.#turned;
    if (one === undefined || two === undefined || two - one >= 1440) return false;
    const { zone } = this.#lot;
    return dayIn(zone, due) <= dayIn(zone, this.#followed?.at ?? this.#firstSeen ?? 0);
  }

  /** Where only edges act: what was turned back at once, twice in a row, is let be for a week. */
  #isContested(due: number): boolean {
    return [...this.#tried.values()].some(
      ({ turned, turnedAt }) => turnedAt !== undefined && turned >= 2 && due < turnedAt + week,
    );
  }

  #putRight(now: number, wish: Wish, due: Demand | undefined): void {
    if (this.#isFought(due?.at ?? now) || wish === 'any') return;
    const fresh = due && due.at > this.#last() ? due.at : undefined;
    const failed = this.#followed?.how === 'failed' ? this.#followed.at : undefined;
    if (fresh === undefined && failed === undefined && !this.#step(wish)) return;
    this.#pursue(now, { at: fresh ?? failed ?? now, wish }, this.#followed === undefined, false);
  }

  #last(): number {
    return this.#followed?.at ?? this.#firstSeen ?? 0;
  }

  #pursue(now: number, demand: Demand, first: boolean, word: boolean): void {
    if (demand.wish === 'any') return;
    const followed = this.#followed;
    const step = this.#step(demand.wish);
    if (first || demand.at > this.#last()) {
      if (step && demand.wish === 'down' && !word && now < (this.#settled() ?? 0)) return;
      this.#forget(demand.wish);
      if (step) this.#begin(now, demand, step, 0);
      else this.#followed = { ...demand, how: 'found', tries: 0, retryAt: 0 };
    } else if (followed?.how === 'failed') {
      if (!step) this.#followed = { ...followed, how: 'found', tries: 0, retryAt: 0 };
      else if (now >= followed.retryAt) this.#begin(now, demand, step, followed.tries);
    } else if (followed?.how === 'done' && followed.move?.act === 'start') {
      if (step?.act === 'scale') this.#begin(now, demand, step, 0);
      else if (!step) this.#followed = { ...demand, how: 'done', tries: 0, retryAt: 0 };
    }
  }

  /** What was fought over is over once the other is wanted. */
  #forget(wish: Wish): void {
    const direction = (each: Wish | undefined) => (each === 'down' ? 'down' : 'up');
    if (this.#turned.length > 1 || direction(this.#followed?.wish) !== direction(wish)) this.#turned = [];
  }

  #begin(now: number, demand: Demand, move: Move, tries: number): void {
    const { size } = this.machine;
    if (demand.wish !== 'up' && move.act !== 'start' && size !== undefined && size !== this.#given)
      this.#own = size;
    if (move.size !== undefined) this.#given = demand.wish === 'up' ? undefined : move.size;
    this.machine.begin(move, now);
    this.#failed = this.machine.moving?.fails ?? false;
    this.acts.push({ at: now, ...move });
    const direction = demand.wish === 'down' ? 'down' : 'up';
    const tried = this.#tried.get(direction);
    if (!tried || demand.at > tried.at)
      this.#tried.set(direction, {
        at: demand.at,
        turned: tried?.turnedAt === undefined ? 0 : tried.turned,
      });
    this.#followed = { ...demand, how: 'running', move, tries, retryAt: 0 };
  }

  /** The next thing to do for it to be as is wished; nothing where it is, or where nobody knows what it was. */
  #step(wish: Wish): Move | undefined {
    const { machine } = this;
    const { dim } = this.#lot;
    if (wish === 'down') {
      if (this.#level() === 'down') return undefined;
      return dim === undefined ? { act: 'stop' } : { act: 'scale', size: dim };
    }
    if (!machine.on) return { act: 'start' };
    if (machine.size === '0') return this.#own === undefined ? undefined : { act: 'start', size: this.#own };
    const size = wish === 'up' ? (machine.size === this.#given ? this.#own : undefined) : wish;
    return size === undefined || size === machine.size ? undefined : { act: 'scale', size };
  }
}
