import type { Element } from 'slack-blocks-to-jsx';
import type { Held } from '../held.ts';
import type { At } from '../surface.ts';

/** What an element that holds something is given. */
export interface FieldProps<E extends Element = Element> {
  readonly element: E;
  /** What it is called. */
  readonly label: string;
  readonly at: At;
  readonly held: Held;
  readonly onHeld: (held: Held) => void;
  /** Enter was pressed in a text. */
  readonly onEnter?: (typed: string) => void;
  readonly id?: string;
  readonly invalid?: boolean;
  readonly describedBy?: string;
}
