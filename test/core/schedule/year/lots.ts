import { before } from './clocks.ts';
import { type Asked, askedOf } from './demands.ts';
import { Expected, type Lot } from './oracle.ts';
import { policies, type Told } from './policies.ts';
import type { ResourceMade, Story } from './story.ts';
import { type Wish, type Wishes, wishesOf } from './timetables.ts';

/** What is expected of everything in a story, in the order of its resources. */
export function expectedOf(story: Story): readonly Expected[] {
  const asked = new Map<string, Asked>();
  const wishes = new Map(policies.map((told) => [told.policy.name, allOf(told)]));
  return story.resources.map((made) => {
    const key = made.policies.join();
    const known = asked.get(key) ?? askedFor(made.policies, wishes, story);
    asked.set(key, known);
    return new Expected(lotOf(made, known, story)).run();
  });
}

function lotOf(made: ResourceMade, asked: Asked, story: Story): Lot {
  const told = policies.filter(({ policy }) => made.policies.includes(policy.name));
  const guard = told.find(({ policy }) => policy.protects);
  const ruling = guard ? [guard] : told;
  const dims = { 'instance-pool': '1', 'load-balancer': '10-10' } as const;
  const dim = made.policies.includes('dimmed') && (made.kind === 'instance-pool' || made.kind === 'load-balancer');
  return {
    made,
    asked,
    zone: ruling[0]?.meanings[0]?.zone ?? 'UTC',
    enforced: ruling.some(({ policy }) => policy.enforced),
    protects: guard !== undefined,
    ...(dim && made.kind in dims ? { dim: dims[made.kind as keyof typeof dims] } : {}),
    settleIn: Math.max(...ruling.map(({ policy }) => policy.settleIn / 60_000)),
    outages: story.outages,
    minutes: minutesOf(made, asked, story),
  };
}

function minutesOf({ life, keeps, hands, policies: names }: ResourceMade, asked: Asked, story: Story) {
  const spans = [...keeps, ...story.outages, ...names.flatMap((name) => story.pauses.get(name) ?? [])];
  const midnights = Array.from({ length: 366 }, (_, day) => (Math.floor(life.from / 1440) + day) * 1440);
  const minutes = [
    ...asked.turns,
    ...asked.demands.map(({ at }) => at),
    ...spans.flatMap(({ from, to }) => [from, to]),
    ...hands.map(({ at }) => at),
    ...midnights,
  ];
  return [...new Set(minutes)].sort((a, b) => a - b);
}

function askedFor(names: readonly string[], wishes: ReadonlyMap<string, Wishes>, { pauses }: Story): Asked {
  return askedOf(
    names.flatMap((name) => {
      const said = wishes.get(name);
      return said ? [{ wishes: said, pauses: pauses.get(name) ?? [] }] : [];
    }),
  );
}

/** Up in one of its zones is up. */
function allOf({ meanings }: Told): Wishes {
  const [first, ...others] = meanings.map(wishesOf);
  if (!first) throw new Error(`From ${before} on nothing is said.`);
  if (others.length === 0) return first;
  const levels: Wish[] = first.levels.map((level, place) =>
    others.some(({ levels: also }) => also[place] === 'up') ? 'up' : level,
  );
  return { levels, calls: first.calls };
}
