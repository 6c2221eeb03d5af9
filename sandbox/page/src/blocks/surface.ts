import { createContext, use } from 'react';
import type { Choice, Held, OptionList } from './held.ts';

/** An element in its block. */
export interface At {
  readonly block_id: string;
  readonly action_id: string;
}

/** Where blocks stand, and how what a person does there reaches the app. */
export interface Surface {
  /** The channel, for menus that begin with the current conversation. */
  readonly channel?: string;
  /** Resolves when the app has taken it. */
  act(at: At, choice?: Choice): Promise<void>;
  /** What the app suggests for the words typed. */
  suggest(at: At, typed: string): Promise<readonly OptionList[]>;
  readonly form?: Form;
}

/** What is filled in and not yet sent. */
export interface Form {
  held(at: At): Held | undefined;
  hold(at: At, held: Held): void;
  /** What is wrong with a field, by its block's id. */
  readonly errors: Readonly<Record<string, string>>;
}

export const SurfaceContext = createContext<Surface | undefined>(undefined);

/** @throws Error outside a message, a modal or a Home tab */
export function useSurface(): Surface {
  const surface = use(SurfaceContext);
  if (!surface) throw new Error('Blocks stand on no surface here.');
  return surface;
}
