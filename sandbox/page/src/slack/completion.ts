import type { Session } from '../live/session.tsx';

export interface Completion {
  /** What the text becomes. */
  readonly text: string;
  readonly label: string;
  readonly about: string;
}

const slackCommands = [
  { command: '/invite', description: 'Add someone to this channel', usage_hint: '@lamplighter' },
] as const;

/** What may come next after the text so far: a command at its beginning, a name after `@` or `#`. */
export function completionsOf(text: string, { state, channels }: Session): readonly Completion[] {
  const [, typed] = /^(\/\S*)$/.exec(text) ?? [];
  if (typed !== undefined)
    return [...SLASH_COMMANDS, ...slackCommands]
      .filter(({ command }) => command.startsWith(typed))
      .map(({ command, description, usage_hint: hint = '' }) => ({
        text: `${command} `,
        label: `${command} ${hint}`,
        about: description,
      }));

  const [, before, mark, word] = /^(.*(?:^|\s))([@#])([\w.-]*)$/s.exec(text) ?? [];
  if (before === undefined || word === undefined) return [];
  const named =
    mark === '#' ? channels.map(channelName) : [...state.users.map(userName), ...state.groups.map(groupName)];
  return named
    .filter(({ name }) => name.startsWith(word.toLowerCase()) && name !== word)
    .map(({ name, about }) => ({ text: `${before}${mark}${name} `, label: `${mark}${name}`, about }));
}

const channelName = ({ name, topic }: { name: string; topic: string }) => ({ name, about: topic });
const userName = ({ name, real_name, role }: { name: string; real_name: string; role: string }) => ({
  name,
  about: `${real_name}, ${role}`,
});
const groupName = ({ handle, name }: { handle: string; name: string }) => ({
  name: handle,
  about: `${name} (group)`,
});

/** The usage hint of the command that is being written, while nothing follows it. */
export function hintOf(text: string): string | undefined {
  const found = SLASH_COMMANDS.find(({ command }) => text === `${command} `);
  return found?.usage_hint;
}
