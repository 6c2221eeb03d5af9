import { type Kind, kinds } from './kinds/all.ts';
import type { Act } from './kinds/facts.ts';

export { type Kind, kinds };

/** Freeform tags by their key, defined tags as `Namespace.Key`. */
export type Tags = Readonly<Record<string, string>>;

/** Units and how many of each, as the bill counts them. */
export type Meter = Readonly<Record<string, number>>;

/** One resource as it was last read. */
export interface Target {
  readonly kind: Kind;
  readonly ocid: string;
  readonly name: string;
  readonly region: string;
  readonly compartment: Compartment;
  readonly tags: Tags;
  /**
   * OCI's lifecycle state in capitals: RUNNING, STOPPED, ACTIVE, INACTIVE, AVAILABLE … Where OCI keeps
   * the power state elsewhere, as for the nodes of a DB system, the adapter says STOPPED when all are.
   */
  readonly state: string;
  /** How big it is, in the one text that its kind has for that; absent where it has no size. */
  readonly size?: string;
  /** Acts that this one cannot take though its kind can, each with the reason: a sentence without its subject. */
  readonly refuses?: Readonly<Partial<Record<Act, string>>>;
  /** What else decides when it runs: "instance pool web-pool". Schedules leave such a resource alone. */
  readonly managedBy?: string;
  /** What is billed for each hour that it is up, unit by unit: `{ocpu: 2, memoryGb: 16}`, `{ecpu: 4}`. */
  readonly meter?: Meter;
  /** Switching it off saves nothing: what its shape holds is held, and billed, all the same. */
  readonly billedOff?: true;
}

export interface Compartment {
  readonly ocid: string;
  /** Names from the tenancy down, joined with `/`, the tenancy left out: `shop/dev`. */
  readonly path: string;
}

/** The kind that a person means by `vm`, `instances` or `container-instance`, if any. */
export function kindOf(word: string): Kind | undefined {
  const wanted = word.toLowerCase();
  return (Object.keys(kinds) as Kind[]).find((kind) => {
    const { plural, aliases } = kinds[kind];
    return kind === wanted || plural === wanted || (aliases as readonly string[]).includes(wanted);
  });
}
