import { distance } from 'fastest-levenshtein';

/** The candidates a person most likely meant, nearest first, at most `count`. */
export function nearest(word: string, candidates: Iterable<string>, count = 3): readonly string[] {
  const wanted = word.toLowerCase();
  const allowed = Math.max(1, Math.round(wanted.length / 2.5));
  return [...new Set(candidates)]
    .map((candidate) => {
      const name = candidate.toLowerCase();
      const contains = wanted.length > 2 && (name.includes(wanted) || wanted.includes(name));
      return { candidate, apart: contains ? 0.5 : distance(wanted, name) };
    })
    .filter(({ apart }) => apart <= allowed)
    .sort((a, b) => a.apart - b.apart || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
