import type { SandboxClock } from '../clock.ts';
import { etag } from './ids.ts';
import { goOn, goOnFrom } from './lives.ts';
import type { Phase } from './resources/common.ts';
import type { Resource, ResourceOf, Type, WorkRequest } from './resources/resources.ts';

/** Something that a watcher of the sandbox may want to show. */
export interface Change {
  readonly kind: 'created' | 'changed' | 'gone' | 'request' | 'faults' | 'traffic';
  readonly ocid?: string;
  readonly type?: Type;
  readonly name?: string;
  readonly region?: string;
  readonly state?: string;
}

export interface StoreState {
  readonly sequence: number;
  readonly resources: Resource[];
  readonly workRequests: WorkRequest[];
}

/** How long a terminated resource is still shown, as in the real cloud. */
const SHOWN_AFTER_END = 60 * 60 * 1000;
const WORK_REMEMBERED = 48 * 60 * 60 * 1000;
/** Versions older than this are not needed by any lag of the search index. */
const REMEMBERED = 10 * 60 * 1000;

const ended = new Set(['TERMINATED', 'DELETED']);

/**
 * Every resource and work request of the tenancy. States that take time are kept as phases and are
 * applied when the store is next looked at, so that moving the clock moves the cloud.
 */
export class Store {
  readonly #clock: SandboxClock;
  readonly #resources = new Map<string, Resource>();
  readonly #moving = new Set<Resource>();
  readonly #workRequests = new Map<string, WorkRequest>();
  readonly #listeners = new Set<(change: Change) => void>();
  #sequence = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  get now(): number {
    return this.#clock.now();
  }

  /** Replaces everything, as at the start and after a reset. */
  load(state: StoreState): void {
    this.#resources.clear();
    this.#moving.clear();
    this.#workRequests.clear();
    this.#sequence = state.sequence;
    for (const resource of structuredClone(state.resources)) {
      this.#resources.set(resource.ocid, resource);
      this.#track(resource);
    }
    for (const work of state.workRequests) this.#workRequests.set(work.id, work);
  }

  /** Lets the processes of containers that came up before all records go on from now. */
  quicken(): void {
    for (const resource of this.#resources.values())
      if (resource.type === 'Container') {
        goOnFrom(resource, this.now);
        this.#track(resource);
      }
  }

  snapshot(): StoreState {
    return structuredClone({
      sequence: this.#sequence,
      resources: [...this.#resources.values()],
      workRequests: [...this.#workRequests.values()],
    });
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** A number never given before, to make new OCIDs of. */
  next(): string {
    this.#sequence += 1;
    return String(this.#sequence);
  }

  find(ocid: string): Resource | undefined {
    return this.#resources.get(ocid);
  }

  get<T extends Type>(type: T, region: string, ocid: string): ResourceOf<T> | undefined {
    const resource = this.#resources.get(ocid);
    return resource && is(type, resource) && resource.region === region ? resource : undefined;
  }

  /** All of the type in the region, newest first, as OCI lists them. */
  list<T extends Type>(type: T, region: string): ResourceOf<T>[] {
    const found: ResourceOf<T>[] = [];
    for (const resource of this.#resources.values())
      if (is(type, resource) && resource.region === region) found.push(resource);
    return found.sort(newestFirst);
  }

  all(): Resource[] {
    return [...this.#resources.values()];
  }

  add(resource: Resource): void {
    this.#resources.set(resource.ocid, resource);
    this.#remember(resource, this.now);
    this.#track(resource);
    this.#tellOf('created', resource);
  }

  /** Changes a resource as one revision: a new etag, and later a new version in the search index. */
  change<R extends Resource>(resource: R, edit: (resource: R) => void, at = this.now): void {
    edit(resource);
    resource.revision += 1;
    resource.timeUpdated = at;
    if (ended.has(resource.lifecycleState)) resource.goneAt = at + SHOWN_AFTER_END;
    this.#remember(resource, at);
    this.#track(resource);
    this.#tellOf('changed', resource);
  }

  /** Puts the resource in a state at once and lets it go through the phases as time passes. */
  move(resource: Resource, state: string, phases: readonly Phase[]): void {
    this.change(resource, (moved) => {
      moved.lifecycleState = state;
      moved.phases = [...phases];
    });
  }

  /** Work requests are in order of time; those of the day before yesterday are forgotten. */
  addWork(work: WorkRequest): void {
    this.#workRequests.set(work.id, work);
    for (const { id, accepted } of this.#workRequests.values()) {
      if (accepted > this.now - WORK_REMEMBERED) return;
      this.#workRequests.delete(id);
    }
  }

  work(id: string): WorkRequest | undefined {
    return this.#workRequests.get(id);
  }

  works(): WorkRequest[] {
    return [...this.#workRequests.values()];
  }

  /** Lets everything happen that is due by now. Answers when the next thing is due. */
  settle(): number | undefined {
    const now = this.now;
    for (const resource of [...this.#moving]) this.#settle(resource, now);
    return this.nextDue;
  }

  get nextDue(): number | undefined {
    let next: number | undefined;
    for (const { phases, goneAt } of this.#moving) {
      const due = phases[0]?.at ?? goneAt;
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    return next;
  }

  #settle(resource: Resource, now: number): void {
    for (let phase = resource.phases[0]; phase && phase.at <= now; phase = resource.phases[0]) {
      const { at, state, details, patch, exit } = phase;
      this.change(
        resource,
        (moved) => {
          moved.phases.shift();
          moved.lifecycleState = state;
          Object.assign(moved, patch);
          if (details) moved.lifecycleDetails = details;
          else delete moved.lifecycleDetails;
          if (moved.type === 'Container') goOn(moved, at, this.#policyOf(moved), exit);
        },
        at,
      );
      if (exit !== undefined && resource.type === 'Container') this.#endWith(resource, at);
    }
    if (resource.goneAt !== undefined && resource.goneAt <= now) {
      this.#resources.delete(resource.ocid);
      this.#moving.delete(resource);
      this.#tellOf('gone', resource);
    }
  }

  #policyOf({
    containerInstanceId,
  }: ResourceOf<'Container'>): ResourceOf<'ContainerInstance'>['restartPolicy'] {
    const instance = this.#resources.get(containerInstanceId);
    return instance?.type === 'ContainerInstance' ? instance.restartPolicy : 'NEVER';
  }

  /** A container instance whose last process has ended for good is INACTIVE. */
  #endWith({ containerInstanceId }: ResourceOf<'Container'>, at: number): void {
    const instance = this.#resources.get(containerInstanceId);
    if (instance?.type !== 'ContainerInstance') return;
    const isOver = instance.containerIds.every((id) => {
      const each = this.#resources.get(id);
      return each?.lifecycleState === 'INACTIVE' && each.phases.length === 0;
    });
    if (!isOver) return;
    // while it gets another name: it is INACTIVE then
    instance.phases = instance.phases.map((phase) => ({ ...phase, state: 'INACTIVE' }));
    if (instance.lifecycleState !== 'ACTIVE') return;
    this.change(
      instance,
      (ended) => {
        ended.lifecycleState = 'INACTIVE';
      },
      at,
    );
  }

  #track(resource: Resource): void {
    if (resource.phases.length > 0 || resource.goneAt !== undefined) this.#moving.add(resource);
    else this.#moving.delete(resource);
  }

  #remember(resource: Resource, at: number): void {
    const { displayName, lifecycleState, freeformTags, definedTags } = resource;
    const versions = [...resource.history, { at, displayName, lifecycleState, freeformTags, definedTags }];
    const firstNeeded = versions.findLastIndex((version) => version.at <= this.now - REMEMBERED);
    resource.history = versions.slice(Math.max(0, firstNeeded));
  }

  #tellOf(kind: Change['kind'], { ocid, type, displayName, region, lifecycleState }: Resource): void {
    this.tell({ kind, ocid, type, name: displayName, region, state: lifecycleState });
  }
}

export const etagOf = (resource: Resource): string => etag(resource.ocid, resource.revision);

export const hasEnded = (resource: Resource): boolean => ended.has(resource.lifecycleState);

function is<T extends Type>(type: T, resource: Resource): resource is ResourceOf<T> {
  return resource.type === type;
}

function newestFirst(a: Resource, b: Resource): number {
  return b.timeCreated - a.timeCreated || (a.ocid < b.ocid ? -1 : 1);
}
