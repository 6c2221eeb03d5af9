import { conditionOf } from '../../../src/core/lifecycle.ts';
import {
  decide,
  keyOf,
  remember,
  type Situation,
  settle,
} from '../../../src/core/schedule/deciding/decide.ts';
import type { Decision, Keep, Memory, Pause, Policy } from '../../../src/core/schedule/model.ts';
import type { Target } from '../../../src/core/target.ts';

/** `25T19:00` of November 2026, UTC: a Wednesday. */
export function on(moment: string): number {
  return Date.parse(`2026-11-${moment}Z`);
}

/** One resource, looked at as often as a test wants to. Acts are done at once, unless it is to fail. */
export class World {
  target: Target;
  readonly policies: Policy[];
  readonly keeps: Keep[] = [];
  readonly pauses: Pause[] = [];
  memory: Memory | undefined;
  failing = false;
  busy = false;
  controller: string | undefined;
  tags: Situation['tags'];
  /** What was done, with the key under which it was. */
  readonly acts: {
    readonly at: number;
    readonly act: string;
    readonly key: string;
    readonly edge: number;
  }[] = [];

  constructor(policies: readonly Policy[], target: Target) {
    this.policies = [...policies];
    this.target = target;
  }

  /** The same, without doing or remembering anything. */
  decide(now: number): Decision {
    const { target, policies, keeps, pauses, memory, busy, controller, tags } = this;
    const { ocid } = target;
    const [decision] = decide({
      now,
      policies,
      targets: [target],
      keeps,
      pauses,
      memory: new Map(memory ? [[ocid, memory]] : []),
      controllers: new Map(controller ? [[ocid, controller]] : []),
      busy: new Set(busy ? [ocid] : []),
      ...(tags ? { tags } : {}),
    });
    if (!decision) throw new Error('no policy is about it');
    return decision;
  }

  look(now: number): Decision {
    const decision = this.decide(now);
    this.memory = remember(decision, this.memory, now);
    if (decision.act === 'nothing') return decision;
    this.acts.push({ at: now, act: decision.act, key: keyOf(decision), edge: decision.edge });
    if (!this.failing) this.carryOut(decision);
    this.memory = settle(this.memory, this.failing ? 'failed' : 'done', now, 'op-1');
    return decision;
  }

  /** What was done at each of some moments: `nothing`, `stop`, `manual` … */
  looks(...moments: readonly string[]): readonly string[] {
    return moments.map((moment) => {
      const { act, size, left } = this.look(on(moment));
      return left ?? (size === undefined ? act : `${act} ${size}`);
    });
  }

  /** Somebody starts or stops it by hand. */
  flip(level: 'up' | 'down' = this.isUp() ? 'down' : 'up'): void {
    this.target = { ...this.target, state: level === 'up' ? up(this.target) : down(this.target) };
  }

  isUp(): boolean {
    return conditionOf(this.target) === 'up';
  }

  keep(want: Keep['want'], at: string | number, until: string | number): void {
    const [from, to] = [at, until].map((moment) => (typeof moment === 'number' ? moment : on(moment)));
    const { ocid } = this.target;
    const id = `keep-${this.keeps.length + 1}`;
    this.keeps.push({ id, ocid, want, at: from ?? 0, until: to ?? 0, by: 'U012ABCDE' });
  }

  pause(policy: string, at: string | number, until: string | number): void {
    const [from, to] = [at, until].map((moment) => (typeof moment === 'number' ? moment : on(moment)));
    this.pauses.push({ policy, at: from ?? 0, until: to ?? 0, by: 'U012ABCDE' });
  }

  private carryOut({ act, size }: Decision): void {
    const resized = size === undefined ? this.target : { ...this.target, size };
    if (act === 'start') this.target = { ...resized, state: up(resized) };
    else if (act === 'scale') this.target = resized;
    else if (down(resized) !== up(resized)) this.target = { ...resized, state: down(resized) };
    else this.target = { ...resized, size: '0' };
  }
}

const states: Readonly<Record<string, readonly [string, string]>> = {
  instance: ['RUNNING', 'STOPPED'],
  'instance-pool': ['RUNNING', 'STOPPED'],
  'autonomous-database': ['AVAILABLE', 'STOPPED'],
  'node-pool': ['ACTIVE', 'ACTIVE'],
  'load-balancer': ['ACTIVE', 'ACTIVE'],
};

function up({ kind }: Target): string {
  return states[kind]?.[0] ?? 'ACTIVE';
}

function down({ kind }: Target): string {
  return states[kind]?.[1] ?? 'INACTIVE';
}
