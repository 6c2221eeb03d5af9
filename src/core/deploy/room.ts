import type { Spot } from './scene.ts';

/** How much more of one thing there may be. */
export interface Share {
  /** The limit's name, for a request to raise it: `standard-e4-core-count`. */
  readonly limit: string;
  readonly available: number;
  readonly used: number;
  /** What the compartment may have at the most, where quota policies say so. */
  readonly quota?: number;
  /** It is of the region: all of its availability domains draw on it. */
  readonly isRegional?: boolean;
}

/** What service limits and quotas leave for container instances of one shape; what could not be read is absent. */
export interface Room {
  readonly ocpus?: Share;
  /** GB. */
  readonly memory?: Share;
}

export interface Size {
  readonly ocpus: number;
  /** GB. */
  readonly memory: number;
}

export interface Fit {
  /** As they were given, without those that there is no room at. */
  readonly spots: readonly (readonly Spot[])[];
  /** How many of them found no room. */
  readonly without: number;
}

type Rooms = Readonly<Record<string, Room>>;

/**
 * Which of its spots each of so many instances of one size has room at, beside all that is there and those before it. A
 * domain that nothing is known of has room.
 */
export function roomFor(spots: readonly (readonly Spot[])[], size: Size, rooms: Rooms): Fit {
  const taken = new Map<string, number>();
  const fits = ({ availabilityDomain }: Spot) =>
    drawsOf(availabilityDomain, size, rooms).every(
      ({ pool, amount, left }) => (taken.get(pool) ?? 0) + amount <= left,
    );
  let without = 0;
  const fitting = spots.map((each) => {
    const roomy = each.filter(fits);
    const [first] = roomy;
    if (!first) {
      without += 1;
      return each;
    }
    for (const { pool, amount } of drawsOf(first.availabilityDomain, size, rooms))
      taken.set(pool, (taken.get(pool) ?? 0) + amount);
    return roomy;
  });
  return { spots: fitting, without };
}

/** What is left of a share, its quota minded. */
export function leftOf({ available, used, quota }: Share): number {
  return Math.max(0, quota === undefined ? available : Math.min(available, quota - used));
}

function drawsOf(domain: string, size: Size, rooms: Rooms) {
  const room = rooms[domain];
  return (['ocpus', 'memory'] as const).flatMap((what) => {
    const share = room?.[what];
    if (!share) return [];
    const pool = share.isRegional ? share.limit : `${share.limit} ${domain}`;
    return [{ pool, amount: size[what], left: leftOf(share) }];
  });
}
