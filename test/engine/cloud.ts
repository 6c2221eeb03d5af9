import type { Clock } from '../../src/core/clock.ts';
import type { CloudReader, Fresh } from '../../src/core/cloud.ts';
import { CloudError } from '../../src/core/fault.ts';
import type { Step } from '../../src/core/plan.ts';
import type { Observation, Receipt, Verb, Verbs } from '../../src/core/verb.ts';

/** A call that goes wrong. `effect`: what was asked for happens all the same. */
export interface Fault {
  readonly on: 'act' | 'observe' | 'read';
  readonly name?: string;
  readonly times: number;
  readonly status: number;
  readonly code?: string;
  readonly retryAfter?: number;
  readonly effect?: boolean;
}

interface Resource extends Fresh {
  readonly etag: string;
  /** When it arrives in its next state, by the clock. */
  readonly arrives?: { readonly at: number; readonly state: string };
}

export interface Act {
  readonly name: string;
  readonly verb: string;
  readonly token: string;
}

/**
 * A small cloud behind the ports that the engine uses: instances that take time to stop and start,
 * etags, retry tokens, and faults on demand. It records every call that took effect.
 */
export class MemoryCloud {
  /** Calls that took effect, in order. */
  readonly acts: Act[] = [];
  /** Calls that arrived, whatever came of them. */
  readonly calls: Act[] = [];
  /** How long a change of state takes, in clock ms. */
  pace = 0;
  /** Never arrives. */
  stuck = false;
  readonly #clock: Clock;
  readonly #resources = new Map<string, Resource>();
  readonly #tokens = new Set<string>();
  #faults: { fault: Fault; left: number }[] = [];
  #etag = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(name: string, state = 'RUNNING'): Fresh {
    const resource: Resource = {
      kind: 'instance',
      ocid: `ocid1.instance.${name}`,
      name,
      region: 'eu-frankfurt-1',
      compartment: { ocid: 'ocid1.compartment.dev', path: 'shop/dev' },
      tags: {},
      state,
      etag: this.#nextEtag(),
    };
    this.#resources.set(resource.ocid, resource);
    return resource;
  }

  /** Somebody else changes it. */
  change(name: string, change: Partial<Resource>): void {
    const resource = this.#get(name);
    this.#resources.set(resource.ocid, { ...resource, ...change, etag: this.#nextEtag() });
  }

  remove(name: string): void {
    this.#resources.delete(`ocid1.instance.${name}`);
  }

  state(name: string): string {
    return this.#now(this.#get(name)).state;
  }

  fail(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times });
  }

  heal(): void {
    this.#faults = [];
  }

  readonly read: CloudReader['read'] = async ({ ocid }) => {
    const resource = this.#resources.get(ocid);
    this.#meet('read', resource?.name ?? ocid);
    return resource && this.#now(resource);
  };

  readonly verbs: Verbs = {
    'instance.stop': this.#verb('Stop', 'STOPPING', 'STOPPED'),
    'instance.start': this.#verb('Start', 'STARTING', 'RUNNING'),
  };

  #verb(label: string, on: string, wanted: string): Verb {
    return {
      label,
      permission: 'INSTANCE_POWER_ACTIONS',
      act: async (step, { token, etag }) => this.act(step, token, etag, on, wanted),
      observe: async (step) => this.observe(step, on, wanted),
    };
  }

  act(step: Step, token: string, etag: string | undefined, on: string, wanted: string): Receipt {
    const { name } = step.target;
    const act = { name, verb: step.verb, token };
    this.calls.push(act);
    this.#meet('act', name, () => this.#take(act, etag, on, wanted));
    this.#take(act, etag, on, wanted);
    return { requestId: `request-${this.calls.length}` };
  }

  observe(step: Step, on: string, wanted: string): Observation {
    this.#meet('observe', step.target.name);
    const state = this.state(step.target.name);
    if (state === wanted) return { state: 'done' };
    return state === on ? { state: 'running', note: state } : { state: 'absent' };
  }

  #take(act: Act, etag: string | undefined, on: string, wanted: string): void {
    if (this.#tokens.has(act.token)) return;
    const resource = this.#now(this.#get(act.name));
    if (etag !== resource.etag) throw fault('act', 412, 'NoEtagMatch');
    if (resource.state === on || resource.state === wanted) throw fault('act', 409, 'IncorrectState');
    this.#tokens.add(act.token);
    this.acts.push(act);
    this.#resources.set(resource.ocid, {
      ...resource,
      state: on,
      etag: this.#nextEtag(),
      ...(this.stuck ? {} : { arrives: { at: this.#clock.now() + this.pace, state: wanted } }),
    });
  }

  /** Throws what was ordered for this call, after its effect if that was ordered too. */
  #meet(on: Fault['on'], name: string, effect?: () => void): void {
    const found = this.#faults.find(
      (each) => each.left > 0 && each.fault.on === on && (each.fault.name ?? name) === name,
    );
    if (!found) return;
    found.left -= 1;
    if (found.fault.effect) effect?.();
    throw fault(on, found.fault.status, found.fault.code, found.fault.retryAfter);
  }

  #get(name: string): Resource {
    const resource = this.#resources.get(`ocid1.instance.${name}`);
    if (!resource) throw fault('act', 404, 'NotAuthorizedOrNotFound');
    return resource;
  }

  #now(resource: Resource): Resource {
    const { arrives, ...rest } = resource;
    if (!arrives || this.#clock.now() < arrives.at) return resource;
    const arrived = { ...rest, state: arrives.state };
    this.#resources.set(resource.ocid, arrived);
    return arrived;
  }

  #nextEtag(): string {
    this.#etag += 1;
    return `etag-${this.#etag}`;
  }
}

function fault(operation: string, status: number, code?: string, retryAfter?: number): CloudError {
  return new CloudError({
    message: status === 0 ? 'no reply' : `OCI said ${status}`,
    status,
    code: code ?? (status === 0 ? 'ECONNRESET' : String(status)),
    operation,
    requestId: status === 0 ? undefined : `refused-${status}`,
    retryAfter,
  });
}
