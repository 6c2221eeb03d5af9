import type { Block, TextObject } from 'slack-blocks-to-jsx';

/** What the sandbox's server answers; see sandbox/README.md. */

export interface User {
  readonly id: string;
  readonly name: string;
  readonly real_name: string;
  /** "engineer", "on-call": what this person may do. */
  readonly role: string;
  readonly avatar: string;
  readonly isBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  /** A `dm` is between one person and the app. */
  readonly kind: 'channel' | 'private' | 'dm';
  readonly topic: string;
  readonly members: readonly string[];
}

export interface Group {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

export interface Bot {
  readonly running: boolean;
  readonly pid?: number | null;
}

/** `GET /api/state` */
export interface State {
  readonly team: { readonly id: string; readonly name?: string; readonly domain: string };
  readonly users: readonly User[];
  readonly channels: readonly Channel[];
  readonly groups: readonly Group[];
  /** Where uploaded files are served, each below its id. */
  readonly files: string;
  /** null when the sandbox was started without it. */
  readonly bot: Bot | null;
  /** Milliseconds: since 1970, and ahead of real time. */
  readonly clock: { readonly now: number; readonly offset: number };
}

export interface SlackFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly pretty_type: string;
  readonly size: number;
  readonly url_private: string;
}

export interface Message {
  /** Seconds since 1970, with six decimals: the message's name in its channel. */
  readonly ts: string;
  readonly user: string;
  /** What the app calls itself in this message alone. */
  readonly username?: string;
  readonly text: string;
  readonly blocks?: readonly Block[];
  readonly attachments?: readonly Attachment[];
  readonly files?: readonly SlackFile[];
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly edited?: { readonly ts: string };
  readonly thread_ts?: string;
  readonly replies?: readonly Message[];
  /** Ephemeral messages say where they are, since they come from one list for all channels. */
  readonly channel?: string;
  readonly is_ephemeral?: boolean;
}

export interface Attachment {
  readonly color?: string;
  readonly text?: string;
  readonly fallback?: string;
  readonly blocks?: readonly Block[];
}

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly hash: string;
  readonly blocks: readonly Block[];
  readonly title: TextObject | null;
  readonly submit: TextObject | null;
  readonly close: TextObject | null;
}

export interface Resource {
  readonly kind: string;
  readonly ocid: string;
  readonly name: string;
  readonly region: string;
  /** A path such as `shop/dev`. */
  readonly compartment: string;
  readonly state: string;
  readonly details: string | null;
  readonly freeformTags: Readonly<Record<string, string>>;
}

/** What flows through the cloud's load balancers, of both kinds. */
export interface Traffic {
  readonly listeners: readonly Listener[];
  readonly reachedDeleted: number;
  readonly load: Load | null;
}

interface Counted {
  readonly total: number;
  /** In the last ten seconds. */
  readonly lately: number;
  readonly perSecond: number;
}

export interface Listener {
  readonly name: string;
  /** A network load balancer counts flows, and knows no requests. */
  readonly kind: 'LoadBalancer' | 'NetworkLoadBalancer';
  readonly address: string;
  /** null while it is being opened. */
  readonly url: string | null;
  readonly protocol: string;
  readonly set: string;
  readonly policy: string | null;
  readonly connections: number;
  readonly requests: Counted;
  readonly errors: Counted;
  readonly statuses: Readonly<Record<string, number>>;
  readonly versions: Readonly<Record<string, Counted & { readonly errors: number }>>;
  readonly backends: readonly ListenerBackend[];
}

export interface ListenerBackend {
  readonly name: string;
  readonly instance: string | null;
  readonly version: string | null;
  readonly weight: number;
  readonly drain: boolean;
  readonly backup: boolean;
  readonly offline: boolean;
  /** What each node of the load balancer thinks. */
  readonly health: readonly string[];
  readonly active: number;
  readonly requests: Counted;
  readonly errors: number;
}

/** The made-up public. */
export interface Load {
  readonly listener: string;
  readonly connections: number;
  readonly rate: number;
  readonly sent: number;
  readonly failed: number;
  readonly statuses: Readonly<Record<string, number>>;
}

/** A call that the bot, or another client, made to Oracle Cloud. */
export interface CloudRequest {
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly operation?: string;
  readonly region?: string;
  /** An OCID. */
  readonly resource?: string;
  /** 0 when the connection was dropped. */
  readonly status: number;
  readonly code?: string;
  readonly requestId: string;
  readonly retryToken?: string;
  readonly ifMatch?: string;
  readonly fault?: string;
  readonly ms: number;
}

/** What a press, a command or a submission came to. */
export interface Outcome {
  readonly ok: boolean;
  readonly acked?: boolean;
  readonly error?: string;
  readonly hint?: string;
  readonly message?: string;
  /** Block id → sentence, for a form that was not taken. */
  readonly errors?: Readonly<Record<string, string>>;
}
