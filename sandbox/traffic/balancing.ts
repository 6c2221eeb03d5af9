/** What a node of a load balancer knows of a backend when it chooses one. */
export interface Candidate {
  readonly name: string;
  readonly weight: number;
  readonly isHealthy: boolean;
  readonly drain: boolean;
  readonly backup: boolean;
  readonly offline: boolean;
  /** Connections of this node that are in use. */
  readonly active: number;
  /** Whether it has as many connections as it may have, of all nodes. */
  readonly isFull: boolean;
}

/**
 * Who may get what belongs to no session: healthy, of some weight, not drained, not offline, not full. Backups
 * only when there is nobody else.
 */
export function usable<C extends Candidate>(candidates: readonly C[]): readonly C[] {
  const open = candidates.filter(
    ({ weight, isHealthy, drain, offline, isFull }) =>
      weight > 0 && isHealthy && !drain && !offline && !isFull,
  );
  const first = open.filter(({ backup }) => !backup);
  return first.length > 0 ? first : open;
}

/** Whether a session may go on there: drained backends keep theirs. */
export const keepsSessions = ({ isHealthy, offline, isFull }: Candidate): boolean =>
  isHealthy && !offline && !isFull;

/**
 * Smooth weighted round robin: each turn everybody gains their weight, the richest is chosen and pays for
 * all. Three to one comes out as a a b a, and not as a a a b.
 */
export class Wheel {
  readonly #wealth = new Map<string, number>();

  next<C extends Candidate>(candidates: readonly C[]): C | undefined {
    let chosen: C | undefined;
    let total = 0;
    for (const candidate of candidates) {
      const { name, weight } = candidate;
      total += weight;
      this.#wealth.set(name, (this.#wealth.get(name) ?? 0) + weight);
      if (!chosen || this.#of(candidate) > this.#of(chosen)) chosen = candidate;
    }
    if (chosen) this.#wealth.set(chosen.name, this.#of(chosen) - total);
    return chosen;
  }

  /** Those that have left start afresh when they come back. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#wealth.keys()) if (!names.has(name)) this.#wealth.delete(name);
  }

  #of({ name }: Candidate): number {
    return this.#wealth.get(name) ?? 0;
  }
}

/** One of them by the backend set's policy; `client` is the address that IP_HASH goes by. */
export function choose<C extends Candidate>(
  policy: string,
  candidates: readonly C[],
  wheel: Wheel,
  client: string,
): C | undefined {
  const open = usable(candidates);
  if (policy === 'IP_HASH') return byHash(open, client);
  if (policy !== 'LEAST_CONNECTIONS') return wheel.next(open);
  const load = ({ active, weight }: Candidate) => active / weight;
  const least = Math.min(...open.map(load));
  return wheel.next(open.filter((each) => load(each) === least));
}

/** Each backend bids by a hash of itself and the client, so that a change of the set moves few clients. */
export function byHash<C extends Candidate>(open: readonly C[], client: string): C | undefined {
  let best: C | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const each of open) {
    // the weighted form of rendezvous hashing
    const bid = -each.weight / Math.log(fraction(`${client} ${each.name}`));
    if (bid > highest) [best, highest] = [each, bid];
  }
  return best;
}

/** Between 0 and 1, neither of them, the same for the same text (FNV-1a with a final mix). */
export function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}
