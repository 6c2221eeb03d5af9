import type { OperationReader } from '../command.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Press, Ruling } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import type { CloudReader, Glance } from '../core/cloud.ts';
import type { Address } from '../core/letter.ts';
import type { Operation } from '../core/operation.ts';
import type { Verbs } from '../core/verb.ts';
import type { Log } from '../log.ts';
import { cancel } from './asking/cancel.ts';
import type { Draft } from './asking/draft.ts';
import { press } from './asking/press.ts';
import { propose } from './asking/propose.ts';
import { say } from './asking/words.ts';
import { type Note, record } from './audit.ts';
import { countOpen, operationReader } from './operations.ts';
import { defaultOptions, type EngineOptions, type Room } from './room.ts';
import { Lanes } from './running/pace.ts';
import { Turns } from './running/turns.ts';
import { Worker } from './running/worker.ts';
import { fire } from './schedules/fire.ts';
import type { Change } from './schedules/memories.ts';
import { type Cutoffs, purge } from './store/retention.ts';
import type { Store } from './store/store.ts';

/**
 * Durable operations. Every call that changes something is one transaction: the change, its audit
 * entry and the letter that tells of it stand or fall together.
 */
export interface Engine extends OperationReader {
  propose(draft: Draft): Promise<Operation>;
  /**
   * What a schedule does: the operation and what is remembered of its resources, or neither. Undefined
   * where another process was there first.
   */
  fire(draft: Draft, changes: readonly Change[]): Promise<Operation | undefined>;
  /**
   * A press of Approve, Deny or Break glass. Of several at once one decides; the same key again gets
   * the same answer. Throws a Refusal when there is no such operation.
   */
  press(
    id: string,
    press: Press,
    key: string,
  ): Promise<{ readonly ruling: Ruling; readonly operation: Operation }>;
  /**
   * What has not been started is not; what was sent to OCI is seen to its end. Throws a Refusal when
   * there is no such operation or it is over.
   */
  cancel(id: string, by: Actor, because?: string): Promise<Operation>;
  /**
   * Somebody says to a running operation that asks, or that holds, to go on. The same key again changes nothing.
   * Throws a Refusal when there is no such operation or it does not run.
   */
  promote(
    id: string,
    word: { readonly by: Actor; readonly key: string; readonly because?: string },
  ): Promise<Operation>;
  /** Works on what is queued as soon as it has the worker's role, and takes over what a crash left. */
  start(): Promise<void>;
  /**
   * Starts nothing new, lets calls that are out come back for at most `deadline` ms of real time, parks
   * the rest where another start finds it, and gives up the worker's role.
   */
  stop(deadline: number): Promise<void>;
  /** Whether this process carries out operations. On SQLite one process does, on PostgreSQL all. */
  readonly working: boolean;
  status(): EngineStatus;
  /** Operations that are not final, by status. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Appends to the audit what led to no operation. */
  note(note: Note): Promise<void>;
  /** Forgets what is past its time. */
  purge(before: Cutoffs): Promise<void>;
  /** Calls back with the id after each change made by this process. Answers how to stop. */
  onChange(listener: (id: string) => void): () => void;
}

export interface EngineStatus {
  readonly working: boolean;
  /** Operations in hand here. */
  readonly running: number;
  /** Acts of one verb in one region that may be sent at once now; falls when OCI throttles. */
  readonly concurrency: number;
}

export function createEngine(deps: {
  readonly store: Store;
  readonly verbs: Verbs;
  readonly read: CloudReader['read'];
  /** Each target is read by itself if absent. */
  readonly glance?: Glance;
  readonly clock: Clock;
  readonly log: Log;
  /** What this process is called among replicas: host and process id, for instance. */
  readonly node: string;
  readonly options?: Partial<EngineOptions>;
  /** Where an operation's message goes; the channel and thread it was asked in, unless given. */
  readonly addressOf?: Room['addressOf'];
  readonly tells?: Room['tells'];
  readonly logs?: Room['logs'];
}): Engine {
  const { store, clock } = deps;
  const options = { ...defaultOptions, ...deps.options };
  const lanes = new Lanes(options.concurrency);
  const glance = deps.glance ?? byReading(deps.read);
  const { tells, logs, ...others } = deps;
  const room: Room = {
    addressOf: originAddress,
    ...others,
    ...(tells ? { tells } : {}),
    ...(logs ? { logs } : {}),
    glance,
    lanes,
    turns: new Turns(),
    options,
  };
  const worker = new Worker(room, deps.node);
  return {
    ...operationReader(store),
    propose: (draft) => propose(room, draft),
    fire: (draft, changes) => fire(room, draft, changes),
    press: (id, pressed, key) => press(room, id, pressed, key),
    cancel: (id, by, because) => cancel(room, id, by, because),
    promote: (id, word) => say(room, id, word),
    start: () => worker.start(),
    stop: (deadline) => worker.stop(deadline),
    get working() {
      return worker.working;
    },
    status: () => ({ working: worker.working, running: worker.running, concurrency: lanes.narrowest }),
    counts: () => countOpen(store),
    note: (note) => store.write((db) => record(db, note)),
    purge: (before) => purge(store, before, clock.now()),
    onChange: (listener) => store.changed.listen(listener),
  };
}

function byReading(read: CloudReader['read']): Glance {
  return async (target) => {
    const fresh = await read(target);
    return fresh && { target: fresh, fresh };
  };
}

function originAddress({ origin }: { readonly origin: Origin }): Address | undefined {
  if (origin.kind === 'terminal') return undefined;
  const { channel, thread } = origin;
  return { kind: 'channel', channel, ...(thread ? { thread } : {}) };
}
