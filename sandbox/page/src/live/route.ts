import { useSyncExternalStore } from 'react';

/**
 * Where somebody is, kept in the address so that two windows can be two people and a reload changes
 * nothing: `#/ana/ops`, `#/ana/ops/1763712345.000100` (a thread), `#/ana/app/home`, `#/ana/app/messages`.
 */
export interface Route {
  /** A user's name; empty before anybody was chosen. */
  readonly me: string;
  /** A channel's name, or `app`. */
  readonly place: string;
  /** A thread's ts in a channel; `home` or `messages` in the app. */
  readonly detail: string | undefined;
}

export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => location.hash));
}

export function go({ me, place, detail }: Omit<Route, 'detail'> & { readonly detail?: string }): void {
  location.hash = hashOf(me, place, detail);
}

export function hashOf(me: string, place: string, detail?: string): string {
  return `#/${[me, place, ...(detail ? [detail] : [])].map(encodeURIComponent).join('/')}`;
}

function parse(hash: string): Route {
  const [me = '', place = '', detail] = hash.replace(/^#\//, '').split('/').map(decodeURIComponent);
  return { me, place, detail };
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
