import { begins, ends } from './clocks.ts';
import { mixes } from './policies.ts';

/** Minutes since 1970-01-01T00:00Z, the end not among them. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type KindMade = 'instance' | 'autonomous-database' | 'instance-pool' | 'node-pool' | 'load-balancer';

export interface KeepMade extends Span {
  readonly want: 'up' | 'down';
}

/** What somebody does in the console. Nobody can while it is between two states. */
export interface Hand {
  readonly at: number;
  readonly does: 'start' | 'stop' | { readonly size: string };
}

export interface ResourceMade {
  readonly name: string;
  readonly kind: KindMade;
  readonly policies: readonly string[];
  readonly size?: string;
  readonly on: boolean;
  readonly life: Span;
  readonly keeps: readonly KeepMade[];
  readonly hands: readonly Hand[];
  /** No start that begins within one of them comes to anything. */
  readonly shortages: readonly Span[];
  /** How many minutes an act takes. */
  readonly takes: number;
}

/** A year in which everything that happens is laid down beforehand, but for what the bot does about it. */
export interface Story {
  readonly resources: readonly ResourceMade[];
  readonly pauses: ReadonlyMap<string, readonly Span[]>;
  /** The bot is down. */
  readonly outages: readonly Span[];
}

const day = 1440;

export function makeStory(seed: number, count: number, names: readonly string[]): Story {
  const dice = new Dice(seed);
  return {
    resources: Array.from({ length: count }, (_, which) => makeResource(dice, which)),
    pauses: new Map(names.map((name) => [name, spread(dice, 6, 3 * day)])),
    outages: spread(dice, 40, day),
  };
}

function makeResource(dice: Dice, which: number): ResourceMade {
  const policies = mixes[which % mixes.length] ?? [];
  const kind = kindFor(dice, policies);
  const life = lifeOf(dice);
  return {
    name: `r-${which}`,
    kind,
    policies,
    ...(kind === 'instance' || kind === 'autonomous-database'
      ? {}
      : { size: kind === 'load-balancer' ? '100-200' : String(dice.upTo(4) + 5) }),
    on: kind === 'node-pool' || kind === 'load-balancer' || dice.chance(0.8),
    life,
    keeps: spread(dice, 20, 10 * 60).map((span) => ({ ...span, want: dice.chance(0.7) ? 'up' : 'down' })),
    hands: handsOf(dice, kind, policies),
    shortages: spread(dice, 25, 8 * 60),
    takes: dice.upTo(6),
  };
}

/** Some are created within the year, and some do not see its end. */
function lifeOf(dice: Dice): Span {
  const from = dice.chance(0.2) ? odd(begins + dice.upTo(200 * day)) : begins + 7;
  const to = dice.chance(0.15) ? odd(from + dice.upTo(150 * day)) : ends;
  return { from, to };
}

function kindFor(dice: Dice, policies: readonly string[]): KindMade {
  if (policies.includes('nodes')) return 'node-pool';
  if (policies.includes('sized')) return 'instance-pool';
  if (policies.includes('dimmed')) return dice.pick(['instance-pool', 'load-balancer', 'instance'] as const);
  return dice.pick(['instance', 'instance', 'autonomous-database'] as const);
}

/** Of resources of one policy some hands come in bursts, which is what another bot looks like. */
function handsOf(dice: Dice, kind: KindMade, policies: readonly string[]): readonly Hand[] {
  const bursts = policies.length === 1 && !policies.includes('both');
  const hands: Hand[] = [];
  let at = begins;
  while (at < ends) {
    at += 26 * 60 + dice.upTo(20 * day);
    const times = bursts && dice.chance(0.25) ? dice.upTo(5) : 1;
    for (let time = 0; time < times; time++) {
      hands.push({ at: odd(at), does: doesOf(dice, kind) });
      at += 20 + dice.upTo(5 * 60);
    }
  }
  return hands;
}

function doesOf(dice: Dice, kind: KindMade): Hand['does'] {
  if (kind === 'load-balancer') return { size: dice.pick(['50-100', '100-400']) };
  if ((kind === 'instance-pool' || kind === 'node-pool') && dice.chance(0.2))
    return { size: String(dice.upTo(9) + 1) };
  return dice.chance(0.5) ? 'start' : 'stop';
}

/** So many within the year, one after the other, none of which touches the next. */
function spread(dice: Dice, count: number, longest: number): readonly Span[] {
  const room = Math.floor((ends - begins) / count);
  return Array.from({ length: count }, (_, which) => {
    const from = odd(begins + which * room + 60 + dice.upTo(Math.max(1, room - longest - 120)));
    const to = Math.min(from + dice.upTo(longest), ends);
    return { from, to: dice.chance(0.5) ? Math.ceil(to / 30) * 30 : to };
  });
}

/** Not at a time at which timetables do anything: who comes first within a minute is nobody's promise. */
function odd(minute: number): number {
  return minute % 5 === 0 ? minute + 2 : minute;
}

/** The same for the same seed: mulberry32. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** From 1 to the most. */
  upTo(most: number): number {
    return 1 + Math.floor(this.next() * most);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly [T, ...T[]]): T {
    return values[Math.floor(this.next() * values.length)] ?? values[0];
  }
}
