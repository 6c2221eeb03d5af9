import type { Compartment } from '../../core/target.ts';

/** A compartment as Identity lists it. */
export interface Branch {
  readonly ocid: string;
  readonly parent: string;
  readonly name: string;
}

/** The compartments of a tenancy by OCID, with their paths. Pure. */
export class Tree {
  readonly #paths: ReadonlyMap<string, string>;
  readonly #parents: ReadonlyMap<string, string>;
  readonly #byPath: ReadonlyMap<string, Compartment | undefined>;
  readonly tenancy: string;

  constructor(tenancy: string, branches: readonly Branch[]) {
    this.tenancy = tenancy;
    const byOcid = new Map(branches.map((branch) => [branch.ocid, branch]));
    this.#parents = new Map(branches.map(({ ocid, parent }) => [ocid, parent]));
    this.#paths = new Map(branches.map(({ ocid }) => [ocid, pathOf(ocid, byOcid)]));
    const byPath = new Map<string, Compartment | undefined>();
    for (const each of this.all) byPath.set(each.path, byPath.has(each.path) ? undefined : each);
    this.#byPath = byPath;
  }

  get all(): readonly Compartment[] {
    return [
      { ocid: this.tenancy, path: 'root' },
      ...[...this.#paths].map(([ocid, path]) => ({ ocid, path })),
    ];
  }

  /** The compartment of the path; undefined where several have it, since parents that are not visible are left out. */
  at(path: string): Compartment | undefined {
    return this.#byPath.get(path);
  }

  /** What lies right under the tenancy is called `root`, as the Console does. */
  compartment(ocid: string): Compartment | undefined {
    const path = ocid === this.tenancy ? 'root' : this.#paths.get(ocid);
    return path === undefined ? undefined : { ocid, path };
  }

  /** Whether the compartment is, or lies below, one that is named by its OCID. */
  isBelow(ocid: string, above: string): boolean {
    for (let at: string | undefined = ocid; at !== undefined; at = this.#parents.get(at))
      if (at === above) return true;
    return false;
  }
}

/** A parent that is not visible ends the path. */
function pathOf(ocid: string, byOcid: ReadonlyMap<string, Branch>): string {
  const names: string[] = [];
  for (let at = byOcid.get(ocid); at && names.length < 10; at = byOcid.get(at.parent)) names.unshift(at.name);
  return names.join('/');
}
