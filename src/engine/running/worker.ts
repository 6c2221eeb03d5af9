import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { serveWaiting } from '../asking/waiting.ts';
import type { Room } from '../room.ts';
import { databaseNow } from '../store/store.ts';
import type { Claim } from './claim.ts';
import { claimNext } from './claim.ts';
import type { Hand } from './hand.ts';
import { runOperation } from './runner.ts';

/** How many operations one process has in hand at once. */
const most = 50;

interface Held {
  readonly stop: AbortController;
  readonly abort: AbortController;
  readonly over: Promise<void>;
}

/**
 * Carries out operations: looks at the queue when something changed here and every so often for what
 * other processes did, keeps its leases, and parks everything when it is stopped.
 */
export class Worker {
  readonly #room: Room;
  readonly #owner: string;
  readonly #held = new Map<number, Held>();
  readonly #halt = new AbortController();
  #wake = new AbortController();
  #loops: Promise<unknown> | undefined;
  #working = false;
  /** When the last beat that the database confirmed was begun, by the monotonic clock. */
  #beatAt = 0;

  constructor(room: Room, node: string) {
    this.#room = room;
    // two starts of one node are two owners
    this.#owner = `${node} ${randomUUID()}`;
  }

  get working(): boolean {
    return this.#working;
  }

  get running(): number {
    return this.#held.size;
  }

  async start(): Promise<void> {
    if (this.#loops) return;
    await this.#takeRole();
    const deaf = this.#room.store.work.listen(() => this.#wake.abort());
    const { poll, beat } = this.#room.options;
    const halt = this.#halt.signal;
    const loops = [
      this.#loop(
        () => this.#look(),
        poll,
        () => this.#wake.signal,
      ),
    ];
    if (this.#room.store.kind === 'postgres')
      loops.push(
        this.#loop(
          () => this.#beat(),
          beat,
          () => halt,
        ),
      );
    this.#loops = Promise.all(loops).finally(deaf);
  }

  /** Waits at most `deadline` ms for calls that are out, then gives them up. */
  async stop(deadline: number): Promise<void> {
    if (!this.#loops) return;
    this.#halt.abort();
    this.#wake.abort();
    await this.#loops;
    const held = [...this.#held.values()];
    for (const { stop } of held) stop.abort();
    const over = Promise.all(held.map((each) => each.over));
    const enough = new AbortController();
    await Promise.race([over, pause(deadline, undefined, { signal: enough.signal }).catch(() => {})]);
    for (const { abort } of held) abort.abort();
    await Promise.race([over, pause(1_000, undefined, { signal: enough.signal }).catch(() => {})]);
    enough.abort();
    this.#working = false;
    this.#room.store.worker.leave();
  }

  /** Does the work again and again, until halted. What it throws is logged and tried again. */
  async #loop(work: () => Promise<void>, gap: number, woken: () => AbortSignal): Promise<void> {
    while (!this.#halt.signal.aborted) {
      await work().catch((error) =>
        this.#room.log.warn({ err: error }, 'the store did not answer the worker'),
      );
      await pause(gap, undefined, { signal: woken() }).catch(() => {});
    }
  }

  async #look(): Promise<void> {
    // what rings from here on is looked at in the next round
    this.#wake = new AbortController();
    if (!(await this.#takeRole())) return;
    await serveWaiting(this.#room);
    let cursor: number | undefined = 0;
    while (cursor !== undefined && this.#held.size < most && !this.#halt.signal.aborted) {
      const begunAt = performance.now();
      const { claim, next }: Awaited<ReturnType<typeof claimNext>> = await claimNext(
        this.#room,
        this.#owner,
        cursor,
      );
      if (claim) this.#take(claim, begunAt);
      cursor = next;
    }
  }

  /** On SQLite: what is marked as in hand was left by a process that is no more. */
  async #takeRole(): Promise<boolean> {
    if (this.#working) return true;
    if (!this.#room.store.worker.take()) return false;
    if (this.#room.store.kind === 'sqlite')
      await this.#room.store.write(async (db) => {
        await db.updateTable('operation').set({ owner: null }).where('owner', 'is not', null).execute();
        await db.updateTable('message').set({ sender: null }).where('sender', 'is not', null).execute();
      });
    this.#working = true;
    return true;
  }

  #take(claim: Claim, begunAt: number): void {
    if (this.#held.size === 0) this.#beatAt = begunAt;
    const stop = new AbortController();
    const abort = new AbortController();
    // every step that is under way listens, and Node takes eleven for a leak
    setMaxListeners(0, stop.signal, abort.signal);
    const hand: Hand = { halt: stop.signal, abort: abort.signal, held: () => this.#alive };
    const over = runOperation(this.#room, claim, hand).finally(() => {
      this.#held.delete(claim.seq);
      this.#wake.abort();
    });
    this.#held.set(claim.seq, { stop, abort, over });
  }

  /** Whether the last confirmed beat is younger than the lease. */
  get #alive(): boolean {
    if (this.#room.store.kind === 'sqlite') return true;
    return performance.now() - this.#beatAt < this.#room.options.lease;
  }

  /** Renews the leases; what is no longer ours is let go. */
  async #beat(): Promise<void> {
    if (this.#held.size === 0) return;
    const begunAt = performance.now();
    const held = [...this.#held.keys()];
    const { kind } = this.#room.store;
    const ours = await this.#room.store.write((db) =>
      db
        .updateTable('operation')
        .set((row) => ({ lease_until: row(databaseNow(kind), '+', this.#room.options.lease) }))
        .where('owner', '=', this.#owner)
        .returning('seq')
        .execute(),
    );
    this.#beatAt = begunAt;
    const kept = new Set(ours.map(({ seq }) => seq));
    for (const seq of held) if (!kept.has(seq)) this.#drop(seq);
  }

  #drop(seq: number): void {
    const held = this.#held.get(seq);
    held?.stop.abort();
    held?.abort.abort();
  }
}
