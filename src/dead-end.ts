import { type Actor, actorId } from './core/actor.ts';
import type { Ask } from './core/approval.ts';
import { Refusal } from './core/refusal.ts';
import type { People } from './desk.ts';

/**
 * Refuses to ask when nobody could ever say yes: the group is empty, or too few people are left
 * without the requester. Said when it is asked, not when it expires.
 */
export async function refuseDeadEnd(people: People, requester: Actor, asks: readonly Ask[]): Promise<void> {
  for (const ask of asks) {
    const able = await approversOf(people, ask);
    if (!able) continue;
    const others = ask.requesterMayApprove ? able : able.filter((id) => id !== actorId(requester));
    if (others.length >= ask.count) continue;
    throw new Refusal(
      `${ask.count === 1 ? 'An approval is' : `${ask.count} approvals are`} needed, but ${others.length === 0 ? 'nobody but you' : `only ${others.length} other`} could give ${ask.count === 1 ? 'it' : 'them'}.`,
      'Ask somebody else to run this, or have the people behind the rule changed.',
    );
  }
}

/** The people that an ask names, groups opened up; undefined when a group cannot be looked into. */
async function approversOf(people: People, ask: Ask): Promise<readonly string[] | undefined> {
  const each = await Promise.all(ask.from.map((id) => (id.startsWith('S') ? people.members(id) : [id])));
  return each.includes(undefined) ? undefined : [...new Set(each.flatMap((ids) => ids ?? []))];
}
