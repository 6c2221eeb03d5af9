import type { Channel, Group, State, User } from './types.ts';

/** The workspace that every fresh sandbox starts with. Ids are fixed, so that tests may name them. */
export const team = { id: 'T0LAMPLIGHT', domain: 'lamplight', name: 'Lamplight' } as const;

export const bot = {
  user: 'U0LAMPLIGHT',
  id: 'B0LAMPLIGHT',
  app: 'A0LAMPLIGHT',
  name: 'lamplighter',
} as const;

// Not secrets: the sandbox listens on loopback and accepts nothing else. Spelt in parts, because
// scanners for leaked tokens would otherwise stop at this file.
export const botToken = ['xoxb', '100000000001', '200000000002', 'SandboxLamplighterBot24x'].join('-');
export const appToken = ['xapp', '1', bot.app, '300000000003', '5a6e64626f7861707001'].join('-');
export const signingSecret = '8f2d5c1b9e4a7036d1c8b5f2e9a64730';
/** The long-outdated verification token that payloads still carry. */
export const verificationToken = 'SandboxVerificationToken';

export const users: readonly User[] = [
  {
    id: 'U0ANAPETROV',
    name: 'ana',
    realName: 'Ana Petrov',
    role: 'engineer',
    email: 'ana@lamplight.example',
    color: '#2b6cb0',
  },
  {
    id: 'U0BENOKAFOR',
    name: 'ben',
    realName: 'Ben Okafor',
    role: 'on-call',
    email: 'ben@lamplight.example',
    color: '#2f855a',
  },
  {
    id: 'U0CHLOEMART',
    name: 'chloe',
    realName: 'Chloe Martin',
    role: 'on-call',
    email: 'chloe@lamplight.example',
    color: '#b7791f',
  },
  {
    id: 'U0DANAWEISS',
    name: 'dana',
    realName: 'Dana Weiss',
    role: 'lead',
    email: 'dana@lamplight.example',
    color: '#805ad5',
  },
  {
    id: 'U0EVENOVAK0',
    name: 'eve',
    realName: 'Eve Novak',
    role: 'outsider',
    email: 'eve@partner.example',
    guest: true,
    color: '#c53030',
  },
  {
    id: bot.user,
    name: bot.name,
    realName: 'Lamplighter',
    role: 'app',
    email: '',
    bot: true,
    color: '#d69e2e',
  },
];

const people = users.filter((user) => !user.bot);
const id = (name: string) => users.find((user) => user.name === name)?.id ?? name;
const ids = (...names: string[]) => names.map(id);
const engineers = ids('ana', 'ben', 'chloe', 'dana');

const channels: readonly Channel[] = [
  {
    id: 'C0GENERAL00',
    name: 'general',
    kind: 'public',
    topic: 'Everyone, everything',
    members: [...people.map((user) => user.id), bot.user],
  },
  {
    id: 'C0OPS000000',
    name: 'ops',
    kind: 'public',
    topic: 'Day-to-day operations',
    members: [...people.map((user) => user.id), bot.user],
  },
  {
    id: 'C0SHOP00000',
    name: 'shop',
    kind: 'public',
    topic: 'The shop team',
    members: [...engineers, bot.user],
  },
  {
    id: 'C0DATA00000',
    name: 'data',
    kind: 'public',
    topic: 'Databases and pipelines',
    members: [...engineers, bot.user],
  },
  {
    id: 'C0INCIDENTS',
    name: 'incidents',
    kind: 'public',
    topic: 'What is broken now',
    members: [...engineers, bot.user],
  },
  // The bot is in neither of these: posts are refused with not_in_channel and channel_not_found.
  {
    id: 'C0RANDOM000',
    name: 'random',
    kind: 'public',
    topic: 'Anything but work',
    members: people.map((user) => user.id),
  },
  {
    id: 'C0LEADSONLY',
    name: 'leads-only',
    kind: 'private',
    topic: 'Plans',
    members: ids('dana', 'ana'),
  },
  ...people.map(
    (user): Channel => ({
      id: `D0${user.id.slice(2)}`,
      name: user.name,
      kind: 'im',
      topic: '',
      members: [user.id, bot.user],
    }),
  ),
];

const groups: readonly Group[] = [
  { id: 'S0ENGINEERS', handle: 'engineers', name: 'Engineers', users: engineers },
  { id: 'S0ONCALL000', handle: 'oncall', name: 'On-call', users: ids('ben', 'chloe') },
  { id: 'S0LEADS0000', handle: 'leads', name: 'Leads', users: ids('dana') },
];

/** A workspace in which nobody has said anything yet. */
export function freshState(): State {
  return structuredClone({
    lastTs: 0,
    users: [...users],
    channels: [...channels],
    groups: [...groups],
    messages: {},
    ephemerals: [],
    homes: {},
    views: {},
    stacks: {},
    files: {},
    responseUrls: {},
    posted: {},
  });
}
