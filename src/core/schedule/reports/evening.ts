import type { Kind } from '../../kinds/all.ts';

/** One going down, or coming up, of everything that a channel's policies mean at one instant: what its report says. */
export interface Evening {
  readonly direction: 'down' | 'up';
  /** The edge, in milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** IANA, of the first policy. */
  readonly zone: string;
  readonly policies: readonly string[];
  /** `asked`: it waits for an approval; `over`: nothing will change by itself any more. */
  readonly state: 'asked' | 'running' | 'over';
  /** It is no edge of a timetable: what somebody did by hand is put right, as the policy is enforced. */
  readonly again?: true;
  readonly rows: readonly EveningRow[];
  /** Regions that could not be asked. */
  readonly missing: readonly { readonly region: string; readonly because: string }[];
  readonly saved?: Saved;
  /** PNG, base64: what ran in the last seven days. */
  readonly chart?: { readonly bytes: string; readonly alt: string };
}

export interface EveningRow {
  readonly ocid: string;
  readonly name: string;
  readonly kind: Kind;
  readonly region: string;
  readonly policy: string;
  readonly outcome: 'waiting' | 'running' | 'done' | 'failed' | 'left' | 'kept';
  /** Why it was left, what failed with OCI's words and request id, why it is kept. */
  readonly because?: string;
  /** Of what is kept: who. */
  readonly by?: string;
  /** Of what is or was kept: until when. */
  readonly until?: number;
  /** Of what failed: when it is tried again. */
  readonly retryAt?: number;
  /** What being off is worth per hour, in the currency of `saved`. */
  readonly perHour?: number;
}

/** Estimates, and said to be. */
export interface Saved {
  readonly currency: string;
  /** From this edge to the next one up. */
  readonly tonight: number;
  readonly monthToDate: number;
  /** Where the rates are from. */
  readonly source: 'configuration' | 'usage';
  /** Resources that have no rate, and so count for nothing. */
  readonly unpriced: number;
}
