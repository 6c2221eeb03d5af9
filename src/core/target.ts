/** The kinds of resource a selector can find. The adapters in src/oci/ are keyed by these. */
export const kinds = {
  instance: { plural: 'instances', title: 'compute instance', aliases: ['vm', 'compute'] },
  'container-instance': {
    plural: 'container-instances',
    title: 'container instance',
    aliases: ['ci', 'containers', 'container'],
  },
  'autonomous-database': {
    plural: 'autonomous-databases',
    title: 'Autonomous Database',
    aliases: ['adb', 'database', 'databases'],
  },
} as const satisfies Record<string, { plural: string; title: string; aliases: readonly string[] }>;

export type Kind = keyof typeof kinds;

/** Freeform tags by their key, defined tags as `Namespace.Key`. */
export type Tags = Readonly<Record<string, string>>;

/** One resource as it was last read. */
export interface Target {
  readonly kind: Kind;
  readonly ocid: string;
  readonly name: string;
  readonly region: string;
  readonly compartment: Compartment;
  readonly tags: Tags;
  /** OCI's lifecycle state in capitals: RUNNING, STOPPED, ACTIVE, INACTIVE, AVAILABLE … */
  readonly state: string;
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
