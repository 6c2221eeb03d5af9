import { setTimeout as pause } from 'node:timers/promises';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { describe as describeOperation } from '../../../src/core/describe.ts';
import type { Operation } from '../../../src/core/operation.ts';
import { planTarget } from '../../../src/core/plan.ts';
import type { Target } from '../../../src/core/target.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createOutbox } from '../../../src/engine/mail/outbox.ts';
import { createLedger } from '../../../src/engine/schedules/ledger.ts';
import type { Store } from '../../../src/engine/store/store.ts';
import { ana, draftOf, makeSite, open, type SiteKind } from '../../engine/house.ts';
import { type Logged, type Stage, stage } from '../../oci/sandbox.ts';
import { calendar, dice } from './calendar.ts';
import { type Expected, type Happening, happen } from './oracle.ts';
import { type Replica, replicaOf } from './replica.ts';
import { hours, policies, seed } from './town.ts';

const minute = 60_000;
/** Real milliseconds after which what was expected is not going to happen any more. */
const patience = 30_000;

/** What is there when a simulation is over. */
export interface Outcome {
  /** What was not as it had to be, a line each. */
  readonly wrong: readonly string[];
  readonly operations: readonly Operation[];
  /** How often each letter was posted, by its key. */
  readonly posts: ReadonlyMap<string, number>;
  readonly expected: readonly Expected[];
  readonly happenings: readonly Happening[];
  readonly deaths: number;
  readonly store: Store;
  close(): Promise<void>;
}

/** Two processes over one store, from one moment to another, one of which dies now and then. */
export async function simulate(options: {
  readonly kind: SiteKind;
  readonly from: string;
  readonly to: string;
  readonly seed: number;
}): Promise<Outcome> {
  const [from, to] = [Date.parse(options.from), Date.parse(options.to)];
  const roll = dice(options.seed);
  const town = await Town.open(options.kind, from);
  const happenings = calendar(from + minute, to, roll);
  await town.meet([{ at: from, type: 'look' }], Number.POSITIVE_INFINITY);
  const moments = [...new Set(happenings.map(({ at }) => at))];
  for (const [place, at] of moments.entries()) {
    if (town.wrong.length > 0) break;
    if (roll() < 0.35) town.doom(Math.floor(roll() * 2), 1 + Math.floor(roll() * 60));
    await town.meet(
      happenings.filter((each) => each.at === at),
      moments[place + 1] ?? to + 60 * minute,
    );
    if (roll() < 0.6) await town.revive();
  }
  return town.outcome(happenings);
}

class Town {
  readonly wrong: string[] = [];
  readonly #kind: SiteKind;
  readonly #stage: Stage;
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #stores: readonly Store[];
  readonly #remove: () => Promise<void>;
  readonly #replicas: (Replica | undefined)[] = [undefined, undefined];
  readonly #expected: Expected[];
  readonly #switched = new Map<string, number>();
  readonly #posts = new Map<string, number>();
  #deaths = 0;

  static async open(kind: SiteKind, from: number): Promise<Town> {
    const clock = new SandboxClock(from - Date.now());
    const on = await stage({ clock, seed, times: 'fast' });
    const targets = new Map((await on.find('')).map((target) => [target.name, target]));
    const site = await makeSite(kind);
    const first = await open(site);
    const stores = [first, kind === 'postgres' ? await open(site) : first];
    const remove = async () => {
      for (const store of new Set(stores)) await store.close();
      await on.close();
      await site.remove();
    };
    return new Town(kind, on, targets, stores, remove);
  }

  private constructor(
    kind: SiteKind,
    on: Stage,
    targets: ReadonlyMap<string, Target>,
    stores: readonly Store[],
    remove: () => Promise<void>,
  ) {
    this.#kind = kind;
    this.#stage = on;
    this.#targets = targets;
    this.#stores = stores;
    this.#remove = remove;
    this.#expected = [...targets.values()].map(({ name, tags }) => {
      const policy = tags.app ?? '';
      // what is enforced is put right at the first look: it begins outside its hours
      const enforced = hours.some((each) => each.policy === policy && each.enforced);
      return { name, policy, level: 'up', switched: 0, ...(enforced ? { want: 'down' as const } : {}) };
    });
  }

  /** The process dies at its nth call from now on. */
  doom(which: number, calls: number): void {
    this.#replicas[which]?.life.endAfter(calls);
  }

  async revive(): Promise<void> {
    for (const which of [0, 1]) {
      const replica = this.#replicas[which];
      if (replica && !replica.life.over) continue;
      if (replica) await this.#bury(which, replica);
      const store = this.#stores[which];
      if (!store) throw new Error('no store');
      const made = replicaOf({
        clock: this.#stage.clock,
        cloud: this.#stage.cloud,
        store,
        name: `replica-${which}`,
        ...(this.#kind === 'sqlite' && which === 1 ? { worker: () => this.#engine(0) } : {}),
      });
      this.#replicas[which] = made;
      await made.start();
    }
  }

  /** Goes to the moment of what happens, and waits until all has come of it that has to. */
  async meet(happenings: readonly Happening[], next: number): Promise<void> {
    const { clock } = this.#stage;
    const at = happenings[0]?.at ?? clock.now();
    if (clock.now() < at) clock.advance(at - clock.now());
    if (this.#living.length === 0) await this.revive();
    for (const what of happenings) {
      for (const one of this.#expected) happen(one, what, enforces(one));
      if (what.type === 'keep') await this.#keep(what);
      if (what.type === 'hand')
        await this.#stage.edit(this.#target(what.name), {
          state: what.to === 'up' ? 'RUNNING' : 'STOPPED',
        });
    }
    // what people do by hand is seen by the next look, whenever that is
    const looks = happenings.some(({ type }) => type !== 'hand');
    const since = performance.now();
    while (!(await this.#quiet(looks ? at : 0))) {
      if (performance.now() - since > patience) return this.#complain(happenings);
      if (this.#needed.some((replica) => replica?.life.over)) await this.revive();
      if (clock.now() + 3_000 < next - minute) clock.advance(3_000);
      await pause(15);
    }
    if (happenings.some((what) => what.type === 'hand')) return;
    await this.#post();
    await this.#count();
    for (const one of this.#expected)
      if (this.#switched.get(one.name) !== one.switched && this.#switched.get(one.name) !== undefined)
        this.#complain(happenings);
  }

  async outcome(happenings: readonly Happening[]): Promise<Outcome> {
    for (const replica of this.#replicas) await replica?.stop();
    const [store] = this.#stores;
    if (!store) throw new Error('no store');
    const operations = await operationsIn(store);
    return {
      wrong: this.wrong,
      operations,
      posts: this.#posts,
      expected: this.#expected,
      happenings,
      deaths: this.#deaths,
      store,
      close: () => this.#remove(),
    };
  }

  get #living(): readonly Replica[] {
    return this.#replicas.flatMap((replica) => (replica && !replica.life.over ? replica : []));
  }

  /** Without which nothing goes on: on SQLite the one that works, on PostgreSQL any. */
  get #needed(): readonly (Replica | undefined)[] {
    if (this.#kind === 'sqlite') return [this.#replicas[0]];
    return this.#living.length > 0 ? [] : [this.#replicas[0]];
  }

  #engine(which: number): Engine {
    const engine = this.#replicas[which]?.engine;
    if (!engine) throw new Error('no engine');
    return engine;
  }

  async #bury(which: number, replica: Replica): Promise<void> {
    this.#deaths += 1;
    this.#replicas[which] = undefined;
    await replica.stop();
  }

  /** Everybody has looked since then, nothing is under way, and OCI has been asked for what it had to be. */
  async #quiet(at: number): Promise<boolean> {
    if (this.#living.length === 0 || this.#living.some((replica) => replica.lookedAt() < at)) return false;
    const [store] = this.#stores;
    if (!store) return false;
    const ledger = createLedger({ store, clock: this.#stage.clock });
    if ((await ledger.pending()).size > 0 || (await ledger.busy()).size > 0) return false;
    await this.#count();
    return this.#expected.every(({ name, switched }) => (this.#switched.get(name) ?? 0) >= switched);
  }

  /** Counts what took effect at OCI since it was counted last. */
  async #count(): Promise<void> {
    const requests = await this.#stage.requests();
    await this.#stage.oci.control.request('/requests', { method: 'DELETE' });
    for (const request of requests.filter(tookEffect)) {
      const name = [...this.#targets.values()].find(({ ocid }) => ocid === request.resource)?.name;
      if (name) this.#switched.set(name, (this.#switched.get(name) ?? 0) + 1);
    }
  }

  async #keep({ name, want, until }: Extract<Happening, { type: 'keep' }>): Promise<void> {
    const verb = want === 'up' ? 'keep.on' : 'keep.off';
    const target = planTarget(this.#target(name));
    // while a process takes over from a dead one the clock runs on, which is not to make the word late
    const step = {
      name: `${verb} ${name}`,
      verb,
      target,
      within: 240 * minute,
      with: { until, by: ana.user },
    };
    const plan = {
      title: `Keep ${name}`,
      impact: 'change',
      consequences: [],
      waves: [[step]],
      unchanged: [],
      line: `keep ${name}`,
    } as const;
    const fresh = await this.#stage.fresh(this.#target(name));
    const living = this.#living[0];
    if (!living) throw new Error('nobody is there to be told');
    const draft = draftOf({ ...plan, waves: [[{ ...step, target: planTarget(fresh) }]] });
    // whoever asks asks again where the process dies under it
    await living.engine.propose(draft).catch(async () => {
      await this.revive();
      await this.#living[0]?.engine.propose(draft);
    });
  }

  /** Both processes hand out what is to be posted, each to its own sender. */
  async #post(): Promise<void> {
    await Promise.all(
      this.#stores.map(async (store) => {
        const outbox = createOutbox({ store, describe: describeOperation });
        for (const { key, version, posted } of await outbox.due(this.#stage.clock.now(), 100)) {
          if (!(await outbox.sending(key, version, this.#stage.clock.now()))) continue;
          if (!posted) this.#posts.set(key, (this.#posts.get(key) ?? 0) + 1);
          await outbox.sent(key, version, posted ?? { channel: 'C1', ts: `${key}` }, 0);
        }
      }),
    );
  }

  #target(name: string): Target {
    const target = this.#targets.get(name);
    if (!target) throw new Error(`nothing is called ${name}`);
    return target;
  }

  #complain(happenings: readonly Happening[]): void {
    const odd = this.#expected.filter(({ name, switched }) => (this.#switched.get(name) ?? 0) !== switched);
    const what = happenings.map((each) => JSON.stringify({ ...each, at: new Date(each.at).toISOString() }));
    this.wrong.push(
      ...odd.map(
        ({ name, switched, level }) =>
          `${name} was switched ${this.#switched.get(name) ?? 0} times, not ${switched}, to be ${level} after ${what.join(', ')}`,
      ),
      ...(odd.length > 0 ? [] : [`nothing came to rest after ${what.join(', ')}`]),
    );
  }
}

function enforces({ policy }: Expected): boolean {
  return policies.some(({ name, enforced }) => name === policy && enforced);
}

function tookEffect({ method, status, repeated }: Logged): boolean {
  return method !== 'GET' && !repeated && status >= 200 && status < 300;
}

async function operationsIn(store: Store): Promise<readonly Operation[]> {
  const ids = await store.read((db) => db.selectFrom('operation').select('seq').orderBy('seq').execute());
  const ledger = createLedger({ store, clock: { now: () => 0 } });
  return [...(await ledger.operations(ids.map(({ seq }) => `op-${seq}`))).values()];
}
