import type { Clock } from '../../src/core/clock.ts';
import type { CloudReader, Fresh } from '../../src/core/cloud.ts';
import { CloudError } from '../../src/core/fault.ts';
import type { Json } from '../../src/core/json.ts';
import { newTarget, type Plan, type Step, type UndoStep } from '../../src/core/plan.ts';
import type { Verb, Verbs } from '../../src/core/verb.ts';

const minute = 60_000;

/** A cloud in which things are made, held, waited for and removed: what plans with a way back are made of. */
export class Workshop {
  /** What took effect, in order: `make a`, `remove a`. */
  readonly done: string[] = [];
  /** Names of steps that fail when they act, with OCI's words. */
  readonly broken = new Set<string>();
  /** What each act saw of the results before it. */
  readonly seen = new Map<string, Json>();
  /** What waits goes on when it is named here, or when somebody says so. */
  readonly open = new Set<string>();
  /** Names of steps that remove, and take until they are no longer named here. */
  readonly slow = new Set<string>();
  /** How many are in one turn now, and how many there were at most. */
  inTurn = 0;
  mostInTurn = 0;
  readonly #there = new Map<string, Fresh>();
  readonly #clock: Clock;
  /** How long something takes to be made, in clock ms. */
  pace = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get names(): readonly string[] {
    return [...this.#there.values()].map(({ name }) => name).sort();
  }

  add(name: string): Fresh {
    const fresh: Fresh = {
      kind: 'container-instance',
      ocid: `ocid1.made.${name}`,
      name,
      region: 'eu-frankfurt-1',
      compartment: { ocid: 'ocid1.compartment.dev', path: 'shop/dev' },
      tags: {},
      state: 'ACTIVE',
    };
    this.#there.set(fresh.ocid, fresh);
    return fresh;
  }

  get(name: string): Fresh | undefined {
    return this.#there.get(`ocid1.made.${name}`);
  }

  /** Somebody else takes it away. */
  lose(name: string): void {
    this.#there.delete(`ocid1.made.${name}`);
  }

  readonly read: CloudReader['read'] = async ({ ocid }) => this.#there.get(ocid);

  get verbs(): Verbs {
    return { make: this.#make(), remove: this.#remove(), unhook: this.#unhook(), wait: this.#wait() };
  }

  /** Of what hangs on something that may be gone. */
  #unhook(): Verb {
    return {
      label: 'Unhook',
      permission: 'UNHOOK',
      outlives: () => true,
      act: async ({ target }) => {
        this.done.push(`unhook ${target.name}`);
        return {};
      },
      observe: async () => ({ state: 'done' }),
    };
  }

  #make(): Verb {
    const begun = new Map<string, number>();
    return {
      label: 'Make',
      permission: 'MAKE',
      turn: ({ with: options }) => (typeof options?.turn === 'string' ? options.turn : undefined),
      act: async (step, { token }) => {
        this.#refuse(step);
        if (!begun.has(token)) this.done.push(`make ${step.target.name}`);
        begun.set(token, this.#clock.now());
        this.inTurn += 1;
        this.mostInTurn = Math.max(this.mostInTurn, this.inTurn);
        return { made: this.add(step.target.name).ocid };
      },
      observe: async (step, receipt, { elapsed }) => {
        if (!receipt) return { state: 'absent' };
        if (elapsed < this.pace) return { state: 'running', note: 'CREATING' };
        this.inTurn -= 1;
        return { state: 'done', result: { ocid: receipt.made ?? '', ip: `ip of ${step.target.name}` } };
      },
    };
  }

  #remove(): Verb {
    return {
      label: 'Remove',
      permission: 'REMOVE',
      removes: true,
      act: async (step, { results }) => {
        this.#refuse(step);
        if (step.of) this.seen.set(step.name, results?.get(step.of) ?? null);
        this.#there.delete(step.target.ocid);
        this.done.push(`remove ${step.target.name}`);
        return {};
      },
      observe: async (step) => {
        if (this.#there.has(step.target.ocid)) return { state: 'absent' };
        return this.slow.has(step.name) ? { state: 'running', note: 'DELETING' } : { state: 'done' };
      },
    };
  }

  #wait(): Verb {
    return {
      label: 'Wait',
      permission: 'READ',
      waits: true,
      act: async (step) => {
        this.done.push(`wait ${step.target.name}`);
        return {};
      },
      observe: async ({ name }, _receipt, { words = [], memo }) => {
        const [word] = words;
        if (word) return { state: 'done', note: `promoted by ${word.by}` };
        if (this.broken.has(name)) return { state: 'failed', because: 'the gate fails' };
        if (this.open.has(name)) return { state: 'done', note: `after ${String(memo ?? 0)} looks` };
        return { state: 'running', asks: 'Does it look right?', memo: Number(memo ?? 0) + 1 };
      },
    };
  }

  #refuse({ name }: Step): void {
    if (!this.broken.has(name)) return;
    throw new CloudError({
      message: 'Out of host capacity.',
      status: 500,
      code: 'InternalError',
      operation: name,
      requestId: 'request-1',
    });
  }
}

const place = { kind: 'container-instance', region: 'eu-frankfurt-1', compartment: 'shop/dev' } as const;

/** Makes the names side by side, waits, and removes the old one; the way back removes what was made. */
export function swap(names: readonly string[], old: Fresh, within = minute): Plan {
  const make = names.map(
    (name): Step => ({
      name: `make ${name}`,
      verb: 'make',
      target: newTarget({ ...place, name }),
      within,
    }),
  );
  const [first] = make;
  if (!first) throw new Error('nothing to make');
  const { compartment, kind, ocid, name, region, state } = old;
  const oldTarget = { kind, ocid, name, region, state, compartment: compartment.path };
  const wait: Step = {
    name: 'wait',
    verb: 'wait',
    target: first.target,
    of: first.name,
    within: 60 * minute,
  };
  const back = make.map(
    (step): UndoStep => ({
      name: `undo ${step.name}`,
      verb: 'remove',
      target: step.target,
      of: step.name,
      within,
      undoes: [step.name],
    }),
  );
  return {
    title: 'Swap one',
    impact: 'change',
    consequences: [],
    waves: [make, [wait], [{ name: `remove ${name}`, verb: 'remove', target: oldTarget, within }]],
    stages: ['Make', 'Wait', 'Remove'],
    undo: { until: 2, waves: [back], stages: ['Remove what was made'] },
    locks: ['app:shop'],
    unchanged: [],
    line: 'swap',
  };
}
