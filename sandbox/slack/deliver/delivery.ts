import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxClock } from '../../clock.ts';
import type { Faults } from '../faults.ts';
import { newUuid } from '../ids.ts';
import { eventRetries } from '../limits.ts';
import type { Fields } from '../types.ts';

export type DeliveryType = 'slash_commands' | 'interactive' | 'events_api';

export interface Envelope {
  readonly id: string;
  readonly type: DeliveryType;
  readonly payload: Fields;
  /** Whether the acknowledgement may carry an answer. */
  readonly acceptsResponse: boolean;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

/** What came of one delivery. `body` is what the app put into its acknowledgement, undefined for nothing. */
export type Outcome =
  | { readonly acked: true; readonly body: unknown }
  | { readonly acked: false; readonly reason: string; readonly noRetry?: boolean };

export type Delivered = Outcome & { readonly envelope: string; readonly ms: number };

/** How envelopes reach the app: over its sockets or by HTTP. Never rejects. */
export interface Transport {
  send(envelope: Envelope): Promise<Outcome>;
}

/** Sends what happens in the workspace to the app, once, or as often as the faults and retries say. */
export class Delivery {
  readonly #clock: SandboxClock;
  readonly #faults: Faults;
  readonly #stopped = new AbortController();
  readonly #recent: Envelope[] = [];
  transport: Transport;

  constructor(clock: SandboxClock, faults: Faults, transport: Transport) {
    this.#clock = clock;
    this.#faults = faults;
    this.transport = transport;
    // Every event that nobody has taken yet waits for it.
    setMaxListeners(0, this.#stopped.signal);
  }

  /** Delivers once and answers how the app took it; an event that is not taken is sent again later. */
  async deliver(type: DeliveryType, payload: Fields, acceptsResponse = true): Promise<Delivered> {
    const envelope: Envelope = { id: newUuid(), type, payload, acceptsResponse };
    this.#remember(envelope);
    const fault = this.#faults.delivery(type);
    if (fault?.delayMs) await sleep(fault.delayMs);
    const started = performance.now();
    const sent = this.transport.send(envelope);
    if (fault?.duplicate) void this.again(envelope, fault.duplicate);
    const taken = await sent;
    const ms = performance.now() - started;
    const outcome: Outcome = fault?.loseAck ? { acked: false, reason: 'operation_timeout' } : taken;
    if (!outcome.acked && !outcome.noRetry && type === 'events_api')
      void this.#retry(envelope, outcome.reason);
    return { ...outcome, envelope: envelope.id, ms };
  }

  /** The latest deliveries, oldest first. */
  get recent(): readonly Envelope[] {
    return this.#recent;
  }

  /** The same delivery once more, as Slack now and then does: the very envelope, or a new one around it. */
  again(envelope: Envelope, as: 'same' | 'new'): Promise<Outcome> {
    return this.transport.send(as === 'same' ? envelope : { ...envelope, id: newUuid() });
  }

  stop(): void {
    this.#stopped.abort();
  }

  #remember(envelope: Envelope): void {
    this.#recent.push(envelope);
    if (this.#recent.length > 200) this.#recent.shift();
  }

  async #retry(envelope: Envelope, reason: string): Promise<void> {
    let because = reason;
    for (const [index, wait] of eventRetries.entries()) {
      await this.#clock.sleep(wait, this.#stopped.signal);
      if (this.#stopped.signal.aborted) return;
      const outcome = await this.transport.send({
        ...envelope,
        id: newUuid(),
        retry: { attempt: index + 1, reason: because },
      });
      if (outcome.acked || outcome.noRetry) return;
      because = outcome.reason;
    }
  }
}
