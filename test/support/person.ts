import type { Control } from './control.ts';
import { type Fields, isFields, type Seen, seen } from './seen.ts';
import type { Until } from './until.ts';

/** Where something is clicked. Without `ts`, the newest message in the channel that has it. */
export type Place = { readonly in: string; readonly ts?: string } | { readonly view: string };

/** Someone in the workspace: what they do, and what only they see. */
export interface Person {
  /** A slash command; answers what Slack's front end would know of its delivery. */
  types(line: string, at: { readonly in: string }): Promise<Fields>;
  /** A message, such as a mention of the bot. */
  says(text: string, at: { readonly in: string; readonly thread?: string }): Promise<Fields>;
  /** Presses what has this label or action_id. `fields` go into the control request as they are. */
  clicks(action: string, at: Place, fields?: Fields): Promise<Fields>;
  /** Submits the person's topmost modal, or the one named; values by label or action_id. */
  submits(values: Fields, view?: string): Promise<Fields>;
  closes(view?: string): Promise<Fields>;
  /** Opens the Home tab and waits until the bot has filled it. */
  opensHome(): Promise<Seen>;
  home(): Promise<Seen>;
  /** Open modals, topmost last. */
  views(): Promise<Seen[]>;
  /** Messages with the bot. */
  dm(): Promise<Seen[]>;
  ephemeral(): Promise<Seen[]>;
}

export function personOf(
  user: string,
  { get, list, post, messages }: Control,
  channels: Readonly<Record<string, string>>,
  until: Until,
): Person {
  const at = '/control/slack';
  const own = `${at}/users/${user}`;
  const ephemeral = () => messages(`${own}/ephemeral`);
  const views = async () => (await list(`${own}/views`, 'views')).map(seen);
  const topmost = async () => String((await views()).at(-1)?.raw.id ?? '');
  const home = async () => {
    const { view } = await get(`${own}/home`);
    return seen(isFields(view) ? view : {});
  };

  /** The newest message there that has such an action and that the person sees. */
  const find = async (action: string, name: string): Promise<string> => {
    const inChannel = await messages(`${at}/channels/${encodeURIComponent(name)}/messages`);
    const toThem = (await ephemeral()).filter(({ raw }) => raw.channel === (channels[name] ?? name));
    const replies = inChannel.flatMap(({ replies }) => replies);
    const found = [...inChannel, ...replies, ...toThem]
      .filter(({ blocks }) => JSON.stringify(blocks).includes(JSON.stringify(action)))
      .sort((a, b) => Number(a.ts) - Number(b.ts))
      .at(-1);
    if (found) return found.ts;
    throw new Error(`Nothing that ${user} sees in #${name} has "${action}".`);
  };

  return {
    types: (text, { in: channel }) => post(`${at}/command`, { user, channel, text }),
    says: (text, { in: channel, thread }) =>
      post(`${at}/message`, { user, channel, text, ...(thread ? { thread_ts: thread } : {}) }),
    clicks: async (action, place, fields = {}) => {
      const where =
        'view' in place
          ? { view_id: place.view }
          : { channel: place.in, ts: place.ts ?? (await find(action, place.in)) };
      return post(`${at}/click`, { user, action, ...where, ...fields });
    },
    submits: async (values, view) =>
      post(`${at}/submit`, { user, view_id: view ?? (await topmost()), values }),
    closes: async (view) => post(`${at}/close`, { user, view_id: view ?? (await topmost()) }),
    opensHome: async () => {
      await post(`${at}/open-home`, { user });
      return until(async () => {
        const tab = await home();
        return tab.blocks.length > 0 && tab;
      }, `${user}'s Home tab`);
    },
    home,
    views,
    dm: () => messages(`${own}/dm`),
    ephemeral,
  };
}
