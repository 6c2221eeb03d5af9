import { useRef } from 'react';

const KEPT = 50;

/** Lines that were sent before: earlier with ↑, later with ↓. */
export interface History {
  add(line: string): void;
  /** The line before (-1) or after (1) the one that is shown; undefined where there is none. */
  step(by: -1 | 1): string | undefined;
}

/** Each person's own, for as long as this window lives. */
export function useHistory(user: string): History {
  const at = useRef<number>(undefined);
  const key = `lamplighter.history.${user}`;
  const read = () => JSON.parse(sessionStorage.getItem(key) ?? '[]') as readonly string[];
  return {
    add(line) {
      const lines = [...read().filter((each) => each !== line), line].slice(-KEPT);
      sessionStorage.setItem(key, JSON.stringify(lines));
      at.current = undefined;
    },
    step(by) {
      const lines = read();
      const to = (at.current ?? lines.length) + by;
      if (to < 0 || to > lines.length) return undefined;
      at.current = to;
      return lines[to] ?? '';
    },
  };
}
