import type { Fresh } from './cloud.ts';
import type { Json } from './json.ts';
import type { Step } from './plan.ts';

/** One cloud act, and how to see whether it has happened. Verbs live in src/oci/acting/verbs.ts. */
export interface Verb {
  /** "Stop", "Restart": how a step is labelled. */
  readonly label: string;
  /** What OCI's IAM calls the permission: shown by doctor and in the generated policy. */
  readonly permission: string;
  /**
   * What takes one such change at a time, by its name: the engine sends the next one when the one before has ended.
   * A load balancer refuses a change while another is under way (409).
   */
  readonly turn?: (step: Step) => string | undefined;
  /** It only waits and looks: where the operation is to stop, it is given up at any time. */
  readonly waits?: boolean;
  /** It takes away: where its target is gone already, it is done. */
  readonly removes?: boolean;
  /** What it changes may be there without its target, as a backend without its instance: it acts all the same. */
  readonly outlives?: (step: Step) => boolean;
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
  /** None if absent. */
  readonly results?: Results;
}

/** What the steps that are done found or made, by their names. */
export type Results = ReadonlyMap<string, Json>;

export interface ObserveContext {
  /** The target as it was just before the step first acted. */
  readonly before: Fresh;
  readonly signal: AbortSignal;
  /** Milliseconds since the step began to act. */
  readonly elapsed: number;
  /** None if absent. */
  readonly results?: Results;
  /** What people said to this step since it began, oldest first. */
  readonly words?: readonly Word[];
  /** What the last look wanted to be remembered. */
  readonly memo?: Json;
}

/** Somebody says to a step that asks, or that holds: go on. */
export interface Word {
  readonly says: 'promote';
  /** An actor's id. */
  readonly by: string;
  readonly at: number;
  readonly because?: string;
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
  /** The OCID of what is being made. */
  readonly made?: string;
}

export type Observation =
  /** Nothing has happened yet, as far as can be seen. */
  | { readonly state: 'absent' }
  /**
   * It is on its way; `note` is progress worth showing ("work request 40 %"). `again`: milliseconds after which it is
   * worth another look, where a look costs less than one usually does. `memo` is what the next look has to know of
   * this one, also after a restart. `asks`: it goes on when somebody says so; a sentence that tells what to decide.
   */
  | {
      readonly state: 'running';
      readonly note?: string;
      readonly again?: number;
      readonly memo?: Json;
      readonly asks?: string;
    }
  /** `result`: what the steps after it need to know, such as the OCID of what was made. */
  | { readonly state: 'done'; readonly note?: string; readonly result?: Json }
  /** One part is done and another is left: act again, which works out by itself what that is. */
  | { readonly state: 'again'; readonly note: string }
  /** The gentle way has had its time: act again, hard. Never answered to a receipt that is hard. */
  | { readonly state: 'stuck'; readonly note: string }
  /** `result`: what is worth telling beside it, such as the last lines of a log. */
  | {
      readonly state: 'failed';
      readonly because: string;
      readonly requestId?: string;
      readonly result?: Json;
    }
  /** The reply was lost and looking does not settle it: a person must look. */
  | { readonly state: 'unknown'; readonly because: string };

export type Verbs = Readonly<Record<string, Verb>>;
