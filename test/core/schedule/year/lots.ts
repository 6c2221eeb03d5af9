import { type Asked, askedOf } from './demands.ts';
import { Expected, type Lot } from './oracle.ts';
import { policies, type Told } from './policies.ts';
import type { ResourceMade, Story } from './story.ts';
import { type Wishes, wishesOf } from './timetables.ts';

/** What is expected of everything in a story, in the order of its resources. */
export function expectedOf(story: Story): readonly Expected[] {
  const asked = new Map<string, Asked>();
  const wishes = new Map(policies.map((told) => [told.policy.name, told.meanings.map(wishesOf)]));
  return story.resources.map((made) => {
    const names = rulingOf(made).map(({ policy }) => policy.name);
    const key = names.join();
    const known = asked.get(key) ?? askedFor(names, wishes, story);
    asked.set(key, known);
    return new Expected(lotOf(made, known, story)).run();
  });
}

/** One that protects is the only one that counts. */
function rulingOf({ policies: names }: ResourceMade): readonly Told[] {
  const told = policies.filter(({ policy }) => names.includes(policy.name));
  const guard = told.find(({ policy }) => policy.protects);
  return guard ? [guard] : told;
}

function lotOf(made: ResourceMade, asked: Asked, story: Story): Lot {
  const ruling = rulingOf(made);
  const dims = { 'instance-pool': '1', 'load-balancer': '10-10' } as const;
  const dim =
    made.policies.includes('dimmed') && (made.kind === 'instance-pool' || made.kind === 'load-balancer');
  return {
    made,
    asked,
    zone: ruling[0]?.meanings[0]?.zone ?? 'UTC',
    enforced: ruling.some(({ policy }) => policy.enforced),
    protects: ruling.some(({ policy }) => policy.protects),
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

/** What a policy says in several zones is as several voices: up in one of them is up. */
function askedFor(
  names: readonly string[],
  wishes: ReadonlyMap<string, readonly Wishes[]>,
  { pauses }: Story,
): Asked {
  return askedOf(
    names.flatMap((name) =>
      (wishes.get(name) ?? []).map((each) => ({ wishes: each, pauses: pauses.get(name) ?? [] })),
    ),
  );
}
