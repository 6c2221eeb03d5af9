import { SlackError } from './errors.ts';
import { newTriggerId } from './ids.ts';
import type { Timing } from './limits.ts';

interface Trigger {
  readonly user: string;
  /** Real time, in milliseconds: clients race against the real clock. */
  readonly expires: number;
  /** The modal in which the person acted: views.push puts the next one on top of it. */
  readonly view: string | undefined;
  /** Where the person acted, if it was in a conversation. */
  readonly channel: string | undefined;
  used: boolean;
}

/** Trigger ids: proof that a person has just acted. Good for one view and for three seconds. */
export class Triggers {
  readonly #timing: Timing;
  readonly #triggers = new Map<string, Trigger>();

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  issue(user: string, view?: string, channel?: string): string {
    const id = newTriggerId();
    const expires = performance.now() + this.#timing.trigger;
    this.#triggers.set(id, { user, view, channel, expires, used: false });
    if (this.#triggers.size > 1000) this.#forgetOldest();
    return id;
  }

  /** @throws SlackError invalid_trigger_id, exchanged_trigger_id, expired_trigger_id */
  exchange(id: string): Pick<Trigger, 'user' | 'view' | 'channel'> {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new SlackError('invalid_trigger_id');
    if (trigger.used) throw new SlackError('exchanged_trigger_id');
    if (performance.now() > trigger.expires) throw new SlackError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }

  #forgetOldest(): void {
    for (const id of this.#triggers.keys()) {
      this.#triggers.delete(id);
      return;
    }
  }
}
