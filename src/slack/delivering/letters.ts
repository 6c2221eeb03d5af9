import type { Address } from '../../core/letter.ts';
import type { Report } from '../../core/report.ts';
import type { Outbox } from '../../engine/mail/outbox.ts';
import type { Incoming } from '../receiving/incoming.ts';
import { render } from '../rendering/render.ts';
import { respond } from './respond.ts';

type FromSomewhere = Exclude<Incoming, { type: 'home' }>;

/** Where an answer for this person's eyes only goes. */
export function privately(from: FromSomewhere): Address {
  const { user, channel, thread, responseUrl } = from;
  if (responseUrl) {
    const replace = from.type === 'press' && from.ephemeral === true && from.action === 'choose';
    return { kind: 'response', url: responseUrl, channel, user, ...(replace ? { replace } : {}) };
  }
  if (channel === '' || channel.startsWith('D')) return { kind: 'dm', user };
  return { kind: 'ephemeral', channel, user, ...(thread ? { thread } : {}) };
}

/** Where an answer for everybody there goes. */
export function openly({ user, channel, thread }: FromSomewhere): Address {
  if (channel === '') return { kind: 'dm', user };
  return { kind: 'channel', channel, user, ...(thread ? { thread } : {}) };
}

/** How long an answer waits for a store that is away, in ms. */
const patience = { ms: 2_000 };

/**
 * Answers what came in under `key`: once, however often it is worked on. Where the store takes no
 * letter, a person is answered all the same, at once and perhaps twice.
 */
export async function answer(outbox: Outbox, key: string, to: Address, report: Report): Promise<void> {
  try {
    await outbox.put({ key: `answer ${key}`, to, report }, patience);
  } catch (error) {
    if (to.kind !== 'response' || (await respond(to, render(report)))) throw error;
  }
}
