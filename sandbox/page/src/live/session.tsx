import { createContext, use, useMemo } from 'react';
import type { Channel, State, User } from './types.ts';

/** Who looks, and the workspace that they look at. */
export interface Session {
  readonly me: User;
  readonly state: State;
  readonly bot: User | undefined;
  /** Channels that this person is in, in alphabetical order. */
  readonly channels: readonly Channel[];
  /** The conversation with the app. */
  readonly dm: Channel | undefined;
  user(id: string): User | undefined;
  channel(id: string): Channel | undefined;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** @throws Error outside the page's frame */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('There is no session here.');
  return session;
}

export function useSessionOf(state: State, me: User): Session {
  return useMemo(() => {
    const mine = state.channels.filter(({ members }) => members.includes(me.id));
    return {
      me,
      state,
      bot: state.users.find(({ isBot }) => isBot),
      channels: mine.filter(({ kind }) => kind !== 'dm').toSorted((a, b) => a.name.localeCompare(b.name)),
      dm: mine.find(({ kind }) => kind === 'dm'),
      user: (id) => state.users.find((user) => user.id === id),
      channel: (id) => state.channels.find((channel) => channel.id === id),
    };
  }, [state, me]);
}
