import type { SandboxClock } from '../clock.ts';
import { newPartId } from './ids.ts';
import { bot, freshState, team } from './seed.ts';
import {
  type Block,
  type Change,
  type Channel,
  type Ephemeral,
  type Fields,
  type Group,
  isFields,
  type Message,
  type State,
  type User,
} from './types.ts';

type NewMessage = Omit<Message, 'type' | 'ts' | 'team'>;

/** The workspace's state and the only place that changes what people see; listeners hear each change. */
export class Store {
  readonly #clock: SandboxClock;
  readonly #listeners = new Set<(change: Change) => void>();
  state: State;

  constructor(clock: SandboxClock, state: State = freshState()) {
    this.#clock = clock;
    this.state = state;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Back to the seed. Timestamps go on growing, so that no client takes a new message for an old one. */
  reset(): void {
    this.state = { ...freshState(), lastTs: this.state.lastTs };
    this.tell({ kind: 'reset' });
  }

  /** The state as plain JSON, without addresses that expired a day ago. */
  snapshot(): State {
    const { responseUrls } = this.state;
    const yesterday = this.#clock.now() - 24 * 3_600_000;
    for (const [key, url] of Object.entries(responseUrls))
      if (url.expires < yesterday) delete responseUrls[key];
    return structuredClone(this.state);
  }

  /** `1763718000.000100`: unique and growing, as every Slack timestamp is. */
  nextTs(): string {
    this.state.lastTs = Math.max(this.state.lastTs + 1, this.#clock.now() * 1000);
    const seconds = Math.floor(this.state.lastTs / 1e6);
    return `${seconds}.${String(this.state.lastTs % 1e6).padStart(6, '0')}`;
  }

  user(idOrName: string): User | undefined {
    const name = idOrName.replace(/^@/, '');
    return this.state.users.find((user) => user.id === name || user.name === name);
  }

  /** By id or `name` or `#name`; a direct message by its D id, or `@ana` for the one with the bot. */
  channel(idOrName: string): Channel | undefined {
    if (idOrName.startsWith('@')) return this.directMessage(this.user(idOrName)?.id ?? '');
    const name = idOrName.replace(/^#/, '');
    return this.state.channels.find(
      (channel) => channel.id === name || (channel.kind !== 'im' && channel.name === name),
    );
  }

  directMessage(user: string): Channel | undefined {
    return this.state.channels.find((channel) => channel.kind === 'im' && channel.members.includes(user));
  }

  group(idOrHandle: string): Group | undefined {
    const handle = idOrHandle.replace(/^@/, '');
    return this.state.groups.find((group) => group.id === handle || group.handle === handle);
  }

  messages(channel: string): Message[] {
    const list = this.state.messages[channel] ?? [];
    this.state.messages[channel] = list;
    return list;
  }

  message(channel: string, ts: string): Message | undefined {
    return this.state.messages[channel]?.findLast((message) => message.ts === ts);
  }

  post(channel: string, message: NewMessage): Message {
    const posted: Message = { type: 'message', ts: this.nextTs(), team: team.id, ...message };
    if (posted.blocks) posted.blocks = identify(posted.blocks);
    this.messages(channel).push(posted);
    this.changed(channel, posted);
    return posted;
  }

  /** A message of the app, as chat.postMessage makes it. */
  postAsBot(channel: string, message: Omit<NewMessage, 'user'>): Message {
    return this.post(channel, { user: bot.user, bot_id: bot.id, app_id: bot.app, ...message });
  }

  /** Replaces what the message says; what is not given goes. */
  edit(
    channel: string,
    message: Message,
    to: Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>,
  ): void {
    message.text = to.text;
    if (to.blocks) message.blocks = identify(to.blocks);
    else delete message.blocks;
    if (to.attachments) message.attachments = to.attachments;
    else delete message.attachments;
    if (to.metadata) message.metadata = to.metadata;
    message.edited = { user: message.user, ts: this.nextTs() };
    this.changed(channel, message);
  }

  changed(channel: string, message: Message): void {
    const { ts, thread_ts } = message;
    this.tell({ kind: 'message', channel, ts, ...(thread_ts ? { thread_ts } : {}) });
  }

  remove(channel: string, ts: string): void {
    this.state.messages[channel] = this.messages(channel).filter((message) => message.ts !== ts);
    this.tell({ kind: 'message', channel, ts });
  }

  postEphemeral(ephemeral: Omit<Ephemeral, 'ts' | 'from'> & { readonly from?: string }): Ephemeral {
    const shown: Ephemeral = { from: bot.user, ...ephemeral, ts: this.nextTs() };
    if (shown.blocks) shown.blocks = identify(shown.blocks);
    this.state.ephemerals.push(shown);
    if (this.state.ephemerals.length > 2_000) this.state.ephemerals.splice(0, 500);
    this.#changedEphemeral(shown);
    return shown;
  }

  ephemeral(user: string, ts: string): Ephemeral | undefined {
    return this.state.ephemerals.findLast((each) => each.user === user && each.ts === ts);
  }

  editEphemeral(shown: Ephemeral, to: Pick<Ephemeral, 'text' | 'blocks' | 'attachments'>): void {
    shown.text = to.text;
    if (to.blocks) shown.blocks = identify(to.blocks);
    else delete shown.blocks;
    if (to.attachments) shown.attachments = to.attachments;
    else delete shown.attachments;
    this.#changedEphemeral(shown);
  }

  removeEphemeral(shown: Ephemeral): void {
    this.state.ephemerals = this.state.ephemerals.filter((each) => each !== shown);
    this.#changedEphemeral(shown);
  }

  #changedEphemeral({ user, channel, ts }: Ephemeral): void {
    this.tell({ kind: 'ephemeral', user, channel, ts });
  }
}

/** Gives every block a block_id and every interactive element an action_id, as Slack does on arrival. */
export function identify(blocks: readonly Block[]): Block[] {
  return blocks.map((block) => ({ block_id: newPartId(), ...withActionIds(block) }) as Block);
}

const holders = ['elements', 'accessory', 'element', 'actions', 'child_blocks'] as const;

function withActionIds(part: Fields): Fields {
  const copy: Record<string, unknown> = { ...part };
  for (const holder of holders) {
    const held = copy[holder];
    if (Array.isArray(held)) copy[holder] = held.map(withActionId);
    else if (isFields(held)) copy[holder] = withActionId(held);
  }
  return copy;
}

function withActionId(part: unknown): unknown {
  if (!isFields(part)) return part;
  const within = withActionIds(part);
  if (isBlockLike(part)) return { block_id: newPartId(), ...within };
  return interactive.has(String(part.type)) ? { action_id: newPartId(), ...within } : within;
}

const isBlockLike = (part: Fields) =>
  part.type === 'card' || part.type === 'actions' || part.type === 'section' || part.type === 'input';

/** Elements that a person can use: they carry an action_id. */
export const interactive: ReadonlySet<string> = new Set([
  'button',
  'workflow_button',
  'icon_button',
  'feedback_buttons',
  'overflow',
  'checkboxes',
  'radio_buttons',
  'datepicker',
  'timepicker',
  'datetimepicker',
  ...['static', 'external', 'users', 'conversations', 'channels'].flatMap((source) => [
    `${source}_select`,
    `multi_${source}_select`,
  ]),
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
]);
