import type { Channel, Group, User } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** What people type, as it leaves their client. */

const sentAsTyped =
  /<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|!subteam\^S[A-Z0-9]+|https?:[^>|]+|mailto:[^>|]+)(?:\|[^>]*)?>/g;

/** How names are written: in a message by ids, in a command beside them, in one without should_escape not at all. */
export type Naming = 'message' | 'command' | 'none';

/**
 * Typed text as Slack sends it: `&`, `<` and `>` are entities, names become ids and addresses links, unless
 * there is no naming. What already has that form is left alone.
 */
export function asSent(workspace: Workspace, typed: string, naming: Naming): string {
  let from = 0;
  let sent = '';
  for (const token of typed.matchAll(sentAsTyped)) {
    sent += plainAsSent(workspace, typed.slice(from, token.index), naming) + token[0];
    from = token.index + token[0].length;
  }
  return sent + plainAsSent(workspace, typed.slice(from), naming);
}

function plainAsSent({ store }: Workspace, text: string, naming: Naming): string {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (naming === 'none') return safe;
  const write = writers[naming];
  return safe
    .replace(/(?<![\w@])@([a-z][\w.-]*)/g, (word, name: string) => {
      const user = store.user(name);
      const group = store.group(name);
      if (user) return write.user(user);
      return group ? write.group(group) : word;
    })
    .replace(/(?<![\w#])#([a-z][\w-]*)/g, (word, name: string) => {
      const channel = store.channel(name);
      return channel ? write.channel(channel) : word;
    })
    .replace(/\bhttps?:\/\/[^\s<>]+/g, (url) => `<${url}>`);
}

const channel = ({ id, name }: Channel) => `<#${id}|${name}>`;

const writers = {
  message: {
    user: ({ id }: User) => `<@${id}>`,
    group: ({ id }: Group) => `<!subteam^${id}>`,
    channel,
  },
  command: {
    user: ({ id, name }: User) => `<@${id}|${name}>`,
    group: ({ id, handle }: Group) => `<!subteam^${id}|@${handle}>`,
    channel,
  },
};
