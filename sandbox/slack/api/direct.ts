import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { limits } from '../limits.ts';
import { bot } from '../seed.ts';
import { channelShape } from '../shapes.ts';
import type { Channel, Fields, User } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import type { Methods } from './method.ts';
import { missingScope } from './reach.ts';

/** Direct messages, with one person or with several. */

function open(args: Args, workspace: Workspace): Fields {
  const { store, app } = workspace;
  const people = asked(args, workspace);
  const needed = people.length > 1 ? 'mpim:write' : 'im:write';
  if (!app.scopes.includes(needed)) throw missingScope([needed], app.scopes);
  const before = people.length > 1 ? groupOf(people, workspace) : store.directMessage(people[0]?.id ?? '');
  const channel = before ?? withSeveral(people, workspace);
  return {
    ...(before ? { no_op: true, already_open: true } : {}),
    channel: args.flag('return_im') ? channelShape(channel) : { id: channel.id },
  };
}

/** Whom the app wants to talk to, by `users` or by a conversation that is there. */
function asked(args: Args, { store }: Workspace): User[] {
  const users = args.text('users')?.split(',');
  const ids = users ?? store.channel(args.required('channel'))?.members.filter((id) => id !== bot.user) ?? [];
  if (ids.length > limits.directMessage) throw new SlackError('too_many_users');
  const people = [...new Set(ids)].map((id) => {
    const user = store.user(id.trim());
    if (!user) throw new SlackError('user_not_found');
    if (user.bot) throw new SlackError('cannot_dm_bot');
    return user;
  });
  if (people.length === 0) throw new SlackError('user_not_found');
  return people;
}

function groupOf(people: readonly User[], { store }: Workspace): Channel | undefined {
  return store.state.channels.find(
    ({ kind, members }) =>
      kind === 'mpim' &&
      members.length === people.length + 1 &&
      people.every(({ id }) => members.includes(id)),
  );
}

function withSeveral(people: readonly User[], { store, clock }: Workspace): Channel {
  const names = [bot.name, ...people.map(({ name }) => name)];
  const channel: Channel = {
    id: newId('C'),
    name: `mpdm-${names.join('--')}-1`,
    kind: 'mpim',
    topic: '',
    creator: bot.user,
    created: Math.floor(clock.now() / 1000),
    members: [bot.user, ...people.map(({ id }) => id)],
  };
  store.state.channels.push(channel);
  store.tell({ kind: 'channels' });
  return channel;
}

export const direct: Methods = {
  'conversations.open': { token: 'bot', scopes: ['im:write', 'mpim:write'], tier: 3, run: open },
};
