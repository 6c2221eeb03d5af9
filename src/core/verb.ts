import type { Fresh } from './cloud.ts';
import type { Step } from './plan.ts';

/** One cloud act, and how to see whether it has happened. Verbs live in src/oci/verbs.ts. */
export interface Verb {
  /** "Stop", "Restart": how a step is labelled. */
  readonly label: string;
  /** What OCI's IAM calls the permission: shown by doctor and in the generated policy. */
  readonly permission: string;
  /**
   * Starts the act. Rejects with a CloudError; never retries by itself, the engine does.
   * Sends `context.token` as opc-retry-token where the call takes one and `context.etag` as if-match.
   * Where an act has several parts, each call is one of them, and the parts make tokens of their own of it.
   */
  act(step: Step, context: ActContext): Promise<Receipt>;
  /**
   * Looks whether the act has happened. `receipt` is absent when the reply was lost or the process
   * died around the call: then `absent` answers that nothing has happened and acting is safe.
   */
  observe(step: Step, receipt: Receipt | undefined, context: ObserveContext): Promise<Observation>;
}

export interface ActContext {
  /** opc-retry-token: the same for each attempt of one step, at most 64 characters. */
  readonly token: string;
  /** The gentle way did not get there in time: use the hard one. Its receipt says `hard: true`. */
  readonly hard?: boolean;
  /** The entity tag that was read when the approval was verified. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

export interface ObserveContext {
  /** The target as it was just before the step first acted. */
  readonly before: Fresh;
  readonly signal: AbortSignal;
  /** Milliseconds since the step began to act. */
  readonly elapsed: number;
}

/** What OCI answered to the act. Recorded in the journal and the audit. */
export interface Receipt {
  readonly requestId?: string;
  readonly workRequest?: string;
  /** The entity tag after the act, where the reply carries one. */
  readonly etag?: string;
  /** Which part of an act that has several, where the looking has to know. */
  readonly part?: string;
  /** It was the hard way. */
  readonly hard?: boolean;
}

export type Observation =
  /** Nothing has happened yet, as far as can be seen. */
  | { readonly state: 'absent' }
  /**
   * It is on its way; `note` is progress worth showing ("work request 40 %"). `again`: milliseconds after which it is
   * worth another look, where a look costs less than one usually does.
   */
  | { readonly state: 'running'; readonly note?: string; readonly again?: number }
  | { readonly state: 'done'; readonly note?: string }
  /** One part is done and another is left: act again, which works out by itself what that is. */
  | { readonly state: 'again'; readonly note: string }
  /** The gentle way has had its time: act again, hard. Never answered to a receipt that is hard. */
  | { readonly state: 'stuck'; readonly note: string }
  | { readonly state: 'failed'; readonly because: string; readonly requestId?: string }
  /** The reply was lost and looking does not settle it: a person must look. */
  | { readonly state: 'unknown'; readonly because: string };

export type Verbs = Readonly<Record<string, Verb>>;
