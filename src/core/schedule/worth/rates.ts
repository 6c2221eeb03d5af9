import type { Kind } from '../../kinds/all.ts';

/** What being up costs, to tell what being down saves. */
export interface Rates {
  /** ISO 4217: EUR. */
  readonly currency: string;
  /** For each kind the price of one hour of each unit of its meter: `{instance: {ocpu: 0.03}}`. */
  readonly perHour: Readonly<Partial<Record<Kind, Readonly<Record<string, number>>>>>;
  /** Whether OCI's Usage API goes before these, where the bot may read it. */
  readonly usage: boolean;
}
