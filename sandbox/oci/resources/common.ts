export type FreeformTags = Record<string, string>;
export type DefinedTags = Record<string, Record<string, string>>;

export interface Common {
  readonly ocid: string;
  readonly region: string;
  compartmentId: string;
  displayName: string;
  freeformTags: FreeformTags;
  definedTags: DefinedTags;
  lifecycleState: string;
  lifecycleDetails?: string;
  readonly timeCreated: number;
  timeUpdated?: number;
  /** Counts changes; the etag is made of it. */
  revision: number;
  /** States still to come, soonest first. */
  phases: Phase[];
  /** What Resource Search knows of it, oldest first. */
  history: Version[];
  /** When a terminated resource is forgotten altogether. */
  goneAt?: number;
}

export interface Phase {
  readonly at: number;
  readonly state: string;
  readonly details?: string;
  /** Fields that change as the state begins. */
  readonly patch?: Readonly<Record<string, unknown>>;
  /** The process of a container ends by itself with this code. */
  readonly exit?: number;
}

export interface Version {
  readonly at: number;
  readonly displayName: string;
  readonly lifecycleState: string;
  readonly freeformTags: FreeformTags;
  readonly definedTags: DefinedTags;
}
