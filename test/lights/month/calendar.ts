import { edgesOf, type Happening } from './oracle.ts';
import { hours } from './town.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Numbers from 0 to 1 that are the same for the same seed. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** All that happens from one moment to another, in order: edges, what people do now and then, and looks at it. */
export function calendar(from: number, to: number, roll: () => number): readonly Happening[] {
  const all: Happening[] = [];
  const pick = (names: readonly string[]) => names[Math.floor(roll() * names.length)] ?? '';
  const keep = (at: number, name: string, want: 'up' | 'down', lasts: number) => {
    all.push({ at, type: 'keep', name, want, until: at + lasts });
    all.push({ at: at + lasts, type: 'keep ends', name });
  };
  for (const each of hours)
    for (const edge of edgesOf(each, from, to)) {
      all.push(edge);
      if (each.warning > 0 && edge.want === 'down')
        all.push({ at: edge.at - each.warning + minute, type: 'look' });
      if (each.policy === 'shop' && edge.want === 'down') shopEvening(edge.at);
      if (each.policy === 'lab' && edge.want === 'up' && roll() < 0.4)
        keep(edge.at + 2 * hour + 7 * minute, pick(['lab-1', 'lab-2', 'lab-3']), 'down', hour);
      if (each.policy === 'night' && edge.want === 'down' && roll() < 0.5) {
        all.push({
          at: edge.at + 3 * hour + 11 * minute,
          type: 'hand',
          name: pick(['night-1', 'night-2']),
          to: 'up',
        });
        all.push({ at: edge.at + 3 * hour + 23 * minute, type: 'look' });
      }
    }
  return all.filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);

  function shopEvening(at: number): void {
    const chance = roll();
    // until late; from before the stop until after the next start; and from the night, when it is off
    if (chance < 0.3) keep(at - hour - 3 * minute, pick(['shop-app-1', 'shop-db']), 'up', 3 * hour);
    else if (chance < 0.5) keep(at - 33 * minute, 'shop-app-2', 'up', 16 * hour);
    else if (chance < 0.7) keep(at + 71 * minute, pick(['shop-edge', 'shop-api']), 'up', 2 * hour);
    if (roll() < 0.4) all.push({ at: at + 95 * minute, type: 'hand', name: 'shop-app-1', to: 'up' });
  }
}
