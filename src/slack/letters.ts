import type { Address } from '../core/letter.ts';
import type { Report } from '../core/report.ts';
import type { Outbox } from '../engine/outbox.ts';
import type { Incoming } from './incoming.ts';

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

/** Answers what came in under `key`: once, however often it is worked on. */
export async function answer(outbox: Outbox, key: string, to: Address, report: Report): Promise<void> {
  await outbox.put({ key: `answer ${key}`, to, report });
}
