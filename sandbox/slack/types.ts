/** The JSON of Slack's objects, as far as the emulator keeps it. Field names are Slack's own. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly [field: string]: unknown;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** What the page says under the name: "engineer", "on-call". */
  readonly role: string;
  readonly email: string;
  readonly bot?: boolean;
  /** A multi-channel guest. */
  readonly guest?: boolean;
  /** The colour of the generated picture. */
  readonly color: string;
}

export interface Channel {
  readonly id: string;
  name: string;
  /** im is with one person, mpim with several. */
  readonly kind: 'public' | 'private' | 'im' | 'mpim';
  topic: string;
  purpose?: string;
  /** Who made it, where that is known. */
  readonly creator?: string;
  /** Seconds, where it is not as old as the workspace. */
  readonly created?: number;
  members: string[];
  archived?: boolean;
  bookmarks?: readonly Bookmark[];
}

/** A link at the head of a channel. */
export interface Bookmark {
  readonly id: string;
  readonly channel_id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string;
  readonly icon_url: string;
  readonly type: 'link';
  readonly entity_id: null;
  /** Seconds, as `date_updated`, which is 0 until it is edited. */
  readonly date_created: number;
  readonly date_updated: number;
  readonly rank: string;
  readonly last_updated_by_user_id: string;
  readonly last_updated_by_team_id: string;
  readonly shortcut_id: null;
  readonly app_id: string;
}

export interface Group {
  readonly id: string;
  handle: string;
  name: string;
  users: string[];
  /** Since when, in seconds, while it is. */
  disabled?: number;
}

export interface Reaction {
  readonly name: string;
  users: string[];
}

export interface Message {
  readonly type: 'message';
  readonly ts: string;
  readonly user: string;
  readonly team: string;
  readonly subtype?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly thread_ts?: string;
  readonly client_msg_id?: string;
  /** What the app calls itself in this message, and its picture there. */
  readonly username?: string;
  readonly icons?: Fields;
  text: string;
  blocks?: readonly Block[];
  attachments?: readonly Fields[];
  metadata?: Fields;
  edited?: { readonly user: string; readonly ts: string };
  reactions?: Reaction[];
  /** The channel, while it is pinned there. */
  pinned_to?: readonly string[];
  pinned_info?: { readonly channel: string; readonly pinned_by: string; readonly pinned_ts: number };
  files?: readonly Fields[];
}

/** A message that only one person sees; it is in no history. */
export interface Ephemeral {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  /** Who says it: the bot's user, or USLACKBOT for Slack's own notices. */
  readonly from: string;
  readonly thread_ts?: string;
  text: string;
  blocks?: readonly Block[];
  attachments?: readonly Fields[];
}

export interface View {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
  hash: string;
  blocks: readonly Block[];
  title: Fields | null;
  submit: Fields | null;
  close: Fields | null;
  private_metadata: string;
  callback_id: string;
  external_id: string;
  clear_on_close: boolean;
  notify_on_close: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly user: string;
  readonly created: number;
  title: string;
  /** Base64, absent until the bytes have come. */
  bytes?: string;
  complete?: boolean;
  /** From when on blocks may name it, in milliseconds of the sandbox clock. */
  ready?: number;
  channels: string[];
  /** The messages that carry it. */
  shares?: { readonly channel: string; readonly ts: string; readonly thread_ts?: string }[];
}

export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  readonly thread_ts?: string;
  /** Milliseconds of the sandbox clock. */
  readonly expires: number;
  uses: number;
  /** The message that replace_original and delete_original mean. */
  original?: { readonly ts: string; readonly ephemeral: boolean };
}

/** A message that is to be posted at `post_at`, in seconds of the sandbox clock. */
export interface Scheduled {
  readonly id: string;
  readonly channel: string;
  readonly post_at: number;
  readonly created: number;
  readonly said: Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'thread_ts'>;
}

/** Everything that outlives a restart: plain JSON. */
export interface State {
  /** The last timestamp given out, in microseconds: they only grow. */
  lastTs: number;
  users: User[];
  channels: Channel[];
  groups: Group[];
  messages: Record<string, Message[]>;
  ephemerals: Ephemeral[];
  homes: Record<string, View>;
  views: Record<string, View>;
  /** The open modals of each person, the topmost last. */
  stacks: Record<string, string[]>;
  files: Record<string, StoredFile>;
  responseUrls: Record<string, ResponseUrl>;
  /** `channel:client_msg_id` → ts, so that a repeated post is the first one. */
  posted: Record<string, string>;
  scheduled?: readonly Scheduled[];
}

/** What listeners are told: where something visible has changed. */
export type Change =
  | { readonly kind: 'message'; readonly channel: string; readonly ts: string; readonly thread_ts?: string }
  | { readonly kind: 'ephemeral'; readonly channel: string; readonly user: string; readonly ts: string }
  | { readonly kind: 'home' | 'views'; readonly user: string }
  | { readonly kind: 'channels' | 'groups' | 'scheduled' | 'reset' };

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
