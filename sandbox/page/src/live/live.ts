import { useCallback, useSyncExternalStore } from 'react';
import { get } from './http.ts';

/** A burst of changes becomes one look in so many milliseconds. */
const LOOK_EVERY = 120;

interface Entry {
  value: unknown;
  readonly listeners: Set<() => void>;
  fetching: boolean;
  stale: boolean;
}

const entries = new Map<string, Entry>();

/**
 * What the server answers at a path, kept up to date for as long as somebody shows it: undefined until
 * it is there. Many may show the same path; it is fetched once.
 */
export function useLive<T>(path: string | undefined): T | undefined {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (path === undefined) return () => {};
      const entry = entryOf(path);
      if (entry.listeners.size === 0) void fetchAgain(path, entry);
      entry.listeners.add(listener);
      return () => entry.listeners.delete(listener);
    },
    [path],
  );
  return useSyncExternalStore(subscribe, () =>
    path === undefined ? undefined : (entries.get(path)?.value as T | undefined),
  );
}

/** Fetches again what is shown of the paths that begin so. */
export function refresh(...beginnings: readonly string[]): void {
  for (const [path, entry] of entries) {
    if (entry.listeners.size > 0 && beginnings.some((each) => path.startsWith(each)))
      void fetchAgain(path, entry);
  }
}

function entryOf(path: string): Entry {
  const found = entries.get(path);
  if (found) return found;
  const entry = { value: undefined, listeners: new Set<() => void>(), fetching: false, stale: false };
  entries.set(path, entry);
  return entry;
}

/** One fetch at a time; what changed during it is fetched once more. */
async function fetchAgain(path: string, entry: Entry): Promise<void> {
  entry.stale = true;
  if (entry.fetching) return;
  entry.fetching = true;
  while (entry.stale) {
    entry.stale = false;
    try {
      entry.value = await get(path);
      for (const tell of entry.listeners) tell();
    } catch {
      // What was there stays; the event stream notices when the server is back.
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  entry.fetching = false;
}
