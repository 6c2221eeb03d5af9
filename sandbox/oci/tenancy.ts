import { ocid } from './ids.ts';
import type { DefinedTags, FreeformTags } from './resources/common.ts';
import type { Seed } from './seed/seed.ts';

export interface Compartment {
  readonly ocid: string;
  readonly parent: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly freeformTags: FreeformTags;
  readonly definedTags: DefinedTags;
}

export interface Region {
  readonly name: string;
  readonly key: string;
  readonly isHome: boolean;
  /** Names such as `pYRG:EU-FRANKFURT-1-AD-1`. */
  readonly domains: readonly string[];
}

/** An image that instances are launched from. */
export interface Image {
  readonly ocid: string;
  readonly region: string;
  readonly name: string;
}

/** The parts of the cloud that nobody changes while the sandbox runs. */
export interface Tenancy {
  readonly ocid: string;
  readonly name: string;
  readonly user: { readonly ocid: string; readonly name: string; readonly email: string };
  readonly regions: readonly Region[];
  readonly compartments: readonly Compartment[];
  readonly images: readonly Image[];
  readonly tagNamespaces: Readonly<Record<string, readonly string[]>>;
  readonly timeCreated: number;
}

export function tenancyOf(seed: Seed): Tenancy {
  const root = ocid('tenancy', '', seed.tenancy);
  const idOf = (path: string) => (path === '' ? root : ocid('compartment', '', seed.tenancy, path));
  return {
    ocid: root,
    name: seed.tenancy,
    user: { ocid: ocid('user', '', seed.tenancy, seed.user.name), ...seed.user },
    regions: seed.regions.map(({ name, key, domains }, at) => ({
      name,
      key,
      isHome: at === 0,
      domains: Array.from({ length: domains }, (_, n) => `pYRG:${name.toUpperCase()}-AD-${n + 1}`),
    })),
    compartments: Object.entries(seed.compartments).map(([path, { description, tags, defined }]) => {
      const names = path.split('/');
      const name = names.pop() ?? path;
      const parent = idOf(names.join('/'));
      return {
        ocid: idOf(path),
        parent,
        name,
        path,
        description,
        freeformTags: tags,
        definedTags: defined,
      };
    }),
    images: imagesOf(seed),
    tagNamespaces: seed.tagNamespaces,
    timeCreated: Date.UTC(2024, 2, 4, 8, 30),
  };
}

/** Every image that the seed names, in every region. */
function imagesOf(seed: Seed): Image[] {
  const names = new Set([...seed.instances, ...seed.instancePools].map(({ image }) => image));
  return seed.regions.flatMap(({ name: region }) =>
    [...names].map((name) => ({ ocid: ocid('image', region, name), region, name })),
  );
}

/** Whether the OCID is the tenancy or one of its compartments. */
export function isCompartment(tenancy: Tenancy, ocid: string): boolean {
  return ocid === tenancy.ocid || tenancy.compartments.some((compartment) => compartment.ocid === ocid);
}

/** `shop/dev`; the root compartment has the tenancy's name. */
export function pathOf(tenancy: Tenancy, ocid: string): string {
  if (ocid === tenancy.ocid) return tenancy.name;
  return tenancy.compartments.find((compartment) => compartment.ocid === ocid)?.path ?? ocid;
}
