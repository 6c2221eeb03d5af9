import type { Action } from './report.ts';

/**
 * An expected no: a sentence for the person and the next thing to do, both shown as they are.
 * Anything else that is thrown is a bug, and the person only learns how to quote it.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** The next thing to do, in one or a few sentences. */
  readonly hint: string | undefined;
  /** Buttons or a menu that lead on from here. */
  readonly actions: readonly Action[];

  constructor(message: string, hint?: string, actions: readonly Action[] = []) {
    super(message);
    this.hint = hint;
    this.actions = actions;
  }
}
