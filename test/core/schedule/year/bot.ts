import { decide, keyOf, remember, settle } from '../../../../src/core/schedule/deciding/decide.ts';
import type { Decision, Keep, Memory, Pause } from '../../../../src/core/schedule/model.ts';
import type { Target } from '../../../../src/core/target.ts';
import { resource } from '../policies.ts';
import { before, begins, clocksOf, ends } from './clocks.ts';
import { Machine, type Move } from './machine.ts';
import type { Act } from './oracle.ts';
import { amsterdam, freezing, policies } from './policies.ts';
import type { KeepMade, ResourceMade, Story } from './story.ts';

const minute = 60_000;
/** The same list each time, so that what is worked out of it is worked out once. */
const written = policies.map(({ policy }) => policy);

/** One resource with what the store knows of it. */
export class Ward {
  readonly made: ResourceMade;
  readonly machine: Machine;
  readonly acts: Act[] = [];
  /** Under what each of them was done. */
  readonly keys: string[] = [];
  /** What each of them followed, and which try it was. */
  readonly edges: string[] = [];
  readonly keeps: readonly Keep[];
  readonly #bare: Target;
  memory: Memory | undefined;
  /** The operation that is at work on it. */
  running: { readonly fails: boolean; readonly ends: number } | undefined;
  hand = 0;

  constructor(made: ResourceMade) {
    this.made = made;
    this.machine = new Machine(made);
    const tags = Object.fromEntries(made.policies.map((name) => [name, 'yes']));
    this.#bare = resource(made.name, tags, { kind: made.kind });
    this.keeps = made.keeps.map((keep, which) => keepOf(keep, this.#bare.ocid, which));
  }

  get ocid(): string {
    return this.#bare.ocid;
  }

  target(): Target {
    const { size } = this.machine;
    return { ...this.#bare, state: stateOf(this.machine), ...(size === undefined ? {} : { size }) };
  }

  lives(now: number): boolean {
    return this.made.life.from <= now && now < this.made.life.to;
  }
}

function keepOf({ from, to, want }: KeepMade, ocid: string, which: number): Keep {
  return { id: `keep-${which + 1}`, ocid, want, at: from * minute, until: to * minute, by: 'U012ABCDE' };
}

const states = {
  instance: ['RUNNING', 'STOPPED'],
  'instance-pool': ['RUNNING', 'STOPPED'],
  'autonomous-database': ['AVAILABLE', 'STOPPED'],
  'node-pool': ['ACTIVE', 'ACTIVE'],
  'load-balancer': ['ACTIVE', 'ACTIVE'],
} as const;

function stateOf({ kind, on, moving }: Machine): string {
  const way = { start: 'STARTING', stop: 'STOPPING', scale: 'SCALING' };
  if (moving && kind === 'node-pool') return 'UPDATING';
  if (moving && kind !== 'load-balancer') return way[moving.act];
  return states[kind][on ? 0 : 1];
}

/** The year as the bot lives it: it looks when something may have changed, and now and then besides. */
export class Year {
  readonly wards: readonly Ward[];
  readonly #story: Story;
  /** By minute, whom to look at. */
  readonly #calls: (Set<Ward> | undefined)[] = [];

  constructor(story: Story) {
    this.#story = story;
    this.wards = story.resources.map((made) => new Ward(made));
    this.#callAll();
  }

  run(): this {
    for (let now = begins; now < ends; now++) {
      const called = this.#calls[now - begins];
      if (called) this.#minute(now, [...called]);
    }
    return this;
  }

  #call(at: number, ward: Ward): void {
    if (at < begins || at >= ends) return;
    const called = this.#calls[at - begins] ?? new Set();
    this.#calls[at - begins] = called.add(ward);
  }

  #callAll(): void {
    const { pauses, outages } = this.#story;
    const edges = new Map(
      policies.map(({ policy: { name, timetable } }) => [
        name,
        timetable.edges(begins * minute, ends * minute).map(({ at }) => at / minute),
      ]),
    );
    const [daily, thawing] = [midnightsOf('UTC'), midnightsOf(amsterdam)];
    this.wards.forEach((ward) => {
      const { life, keeps, hands, policies: names } = ward.made;
      for (const at of names.some((name) => freezing.has(name)) ? [...daily, ...thawing] : daily)
        this.#call(at, ward);
      for (const at of names.flatMap((name) => edges.get(name) ?? [])) this.#call(at, ward);
      for (const { from, to } of [
        life,
        ...keeps,
        ...outages,
        ...names.flatMap((name) => pauses.get(name) ?? []),
      ]) {
        this.#call(from, ward);
        this.#call(to, ward);
      }
      for (const { at } of hands) this.#call(at, ward);
    });
  }

  #minute(now: number, called: readonly Ward[]): void {
    const wards = called.filter((ward) => ward.lives(now));
    for (const ward of wards) {
      const { hands, life } = ward.made;
      ward.machine.pass(now);
      for (let hand = hands[ward.hand]; hand && hand.at <= now; hand = hands[++ward.hand])
        if (hand.at > life.from) ward.machine.hand(hand.does, now);
    }
    if (!this.#story.outages.some(({ from, to }) => from <= now && now < to)) this.#look(now, wards);
  }

  #look(now: number, wards: readonly Ward[]): void {
    for (const ward of wards) {
      const { running, memory } = ward;
      if (!running || !memory || running.ends > now) continue;
      ward.memory = settle(memory, running.fails ? 'failed' : 'done', now * minute, 'op-1');
      ward.running = undefined;
    }
    const decisions = decide({
      now: now * minute,
      policies: written,
      targets: wards.map((ward) => ward.target()),
      keeps: wards.flatMap(({ keeps }) => keeps.filter(({ at }) => at <= now * minute)),
      pauses: this.#pauses(now),
      memory: new Map(wards.flatMap(({ ocid, memory }) => (memory ? [[ocid, memory]] : []))),
      controllers: new Map(),
      busy: new Set(wards.filter(({ running }) => running).map(({ ocid }) => ocid)),
    });
    decisions.forEach((decision, which) => {
      const ward = wards[which];
      if (ward?.ocid !== decision.ocid) throw new Error('There is one decision for each, in their order.');
      this.#carryOut(now, ward, decision);
    });
  }

  #carryOut(now: number, ward: Ward, decision: Decision): void {
    const before = ward.memory;
    ward.memory = remember(decision, before, now * minute);
    if (decision.act !== 'nothing' && decision.act !== 'restart') {
      const { act, size } = decision;
      const move: Move = size === undefined ? { act } : { act, size };
      ward.acts.push({ at: now, ...move });
      ward.keys.push(keyOf(decision));
      ward.edges.push(`${act} of ${decision.edge / minute}, try ${decision.attempt}`);
      ward.machine.begin(move, now);
      ward.running = ward.machine.moving;
      this.#call(ward.running?.ends ?? now, ward);
    }
    const { retryAt, firstSeen } = ward.memory;
    if (retryAt !== undefined && retryAt > now * minute) this.#call(retryAt / minute, ward);
    if (!before) for (const { policy } of policies) this.#call((firstSeen + policy.settleIn) / minute, ward);
  }

  /** The latest of each, whether it has ended or not. */
  #pauses(now: number): readonly Pause[] {
    return [...this.#story.pauses].flatMap(([policy, spans]) => {
      const span = spans.findLast(({ from }) => from <= now);
      return span ? [{ policy, at: span.from * minute, until: span.to * minute, by: 'U012ABCDE' }] : [];
    });
  }
}

/** Another day is one on which what fights over a resource, or a freeze, may be over. */
function midnightsOf(zone: string): readonly number[] {
  const clocks = clocksOf(zone);
  const days = Array.from(clocks, (clock) => Math.floor(clock / 1440));
  return days.flatMap((day, place) => (place > 0 && day !== days[place - 1] ? [before + place] : []));
}
