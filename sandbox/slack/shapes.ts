import { richTextOf } from './rich-text.ts';
import { bot, team } from './seed.ts';
import type { Channel, Fields, Group, Message, User } from './types.ts';
import type { Workspace } from './workspace.ts';

/** The workspace's things as Slack's API shows them. */

/** The language of the workspace, for those who ask for it. */
export const locale = 'en-GB';

/** Slack's own user, who is in every workspace and of whom no bot can make anything. */
export function slackbotShape(url: string): Fields {
  const name = 'slackbot';
  const self = { id: 'USLACKBOT', name, realName: 'Slackbot', role: '', email: '', color: '#757575' };
  const { profile, ...shape } = userShape(self, url);
  const { email: _, ...rest } = profile as Fields;
  return { ...shape, updated: 0, is_email_confirmed: false, profile: { ...rest, always_active: true } };
}

export function userShape(user: User, url: string): Fields {
  const picture = `${url}/avatars/${user.name}.svg`;
  return {
    id: user.id,
    team_id: team.id,
    name: user.name,
    deleted: false,
    color: user.color.slice(1),
    real_name: user.realName,
    tz: 'Europe/Amsterdam',
    tz_label: 'Central European Time',
    tz_offset: 3600,
    profile: {
      title: user.role,
      phone: '',
      skype: '',
      status_text: '',
      status_emoji: '',
      status_emoji_display_info: [],
      status_expiration: 0,
      status_text_canonical: '',
      avatar_hash: `g${user.color.slice(1)}`,
      first_name: user.realName.split(' ')[0],
      last_name: user.realName.split(' ').slice(1).join(' '),
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      email: user.email,
      image_24: picture,
      image_32: picture,
      image_48: picture,
      image_72: picture,
      image_192: picture,
      image_512: picture,
      team: team.id,
      ...(user.bot ? { api_app_id: bot.app, bot_id: bot.id } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.guest === true,
    is_ultra_restricted: false,
    is_bot: user.bot === true,
    is_app_user: false,
    updated: 1_763_700_000,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

export function channelShape(channel: Channel): Fields {
  const base = {
    id: channel.id,
    created: channel.created ?? 1_763_700_000,
    updated: (channel.created ?? 1_763_700_000) * 1000,
    creator: channel.creator ?? 'U0DANAWEISS',
    is_archived: channel.archived === true,
    is_org_shared: false,
    context_team_id: team.id,
  };
  if (channel.kind === 'im')
    return {
      ...base,
      is_im: true,
      user: channel.members.find((member) => member !== bot.user),
      is_user_deleted: false,
    };
  return {
    ...base,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind !== 'public',
    is_im: false,
    is_mpim: channel.kind === 'mpim',
    is_private: channel.kind !== 'public',
    is_general: channel.name === 'general',
    is_member: channel.members.includes(bot.user),
    is_shared: false,
    is_ext_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    pending_connected_team_ids: [],
    shared_team_ids: [team.id],
    parent_conversation: null,
    previous_names: [],
    unlinked: 0,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: channel.purpose ?? '', creator: '', last_set: 0 },
    num_members: channel.members.length,
  };
}

export function groupShape(group: Group): Fields {
  return {
    id: group.id,
    team_id: team.id,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 1_763_700_000,
    date_update: 1_763_700_000,
    date_delete: group.disabled ?? 0,
    auto_type: null,
    auto_provision: false,
    enterprise_subteam_id: '',
    created_by: 'U0DANAWEISS',
    updated_by: 'U0DANAWEISS',
    deleted_by: null,
    prefs: { channels: [], groups: [] },
    channel_count: 0,
    user_count: group.users.length,
  };
}

/**
 * A message with what Slack adds when it is read: the app's profile and the sums of its thread; the blocks
 * of what a person typed, and whose thread it answers.
 */
export function messageShape({ store, url }: Workspace, channel: string, message: Message): Fields {
  const { ts, thread_ts, bot_id, text, subtype } = message;
  const parent = thread_ts && thread_ts !== ts ? store.message(channel, thread_ts) : undefined;
  const { user, ...shape } = withThread(message, repliesTo(store.messages(channel), ts));
  return {
    ...(bot_id || text === '' ? {} : { blocks: richTextOf(text, ts.slice(-5)) }),
    ...(subtype === disguised ? {} : { user }),
    ...shape,
    ...(bot_id ? { bot_profile: botProfileOf(url) } : {}),
    ...(parent ? { parent_user_id: parent.user } : {}),
  };
}

/** The subtype of a message in which the app goes by another name: Slack does not say whose it is. */
export const disguised = 'bot_message';

/** A message of the app as the reply to its own call shows it. */
export function ownShape({ user, ...message }: Message, { url }: Workspace): Fields {
  const { subtype } = message;
  return { ...(subtype === disguised ? {} : { user }), ...message, bot_profile: botProfileOf(url) };
}

/** The sums of its thread alone, when its replies are at hand. */
export function withThread(message: Message, replies: readonly Message[]): Fields {
  const users = [...new Set(replies.map((each) => each.user))];
  const reactions = message.reactions?.map((each) => ({ ...each, count: each.users.length }));
  return {
    ...message,
    ...(reactions ? { reactions } : {}),
    ...(replies.length > 0
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: users,
          reply_users_count: users.length,
          latest_reply: replies.at(-1)?.ts,
          is_locked: false,
          subscribed: false,
        }
      : {}),
  };
}

/** What a reply says of a message of the app that has no ts yet. */
export function botMessageShape(message: Fields): Fields {
  return { type: 'message', user: bot.user, bot_id: bot.id, app_id: bot.app, team: team.id, ...message };
}

export function repliesTo(messages: readonly Message[], ts: string): Message[] {
  return messages.filter((each) => each.thread_ts === ts && each.ts !== ts);
}

/** The app's picture in the sizes that are asked for. */
export function iconsOf(url: string, ...sizes: readonly number[]): Fields {
  return Object.fromEntries(sizes.map((size) => [`image_${size}`, `${url}/avatars/${bot.name}.svg`]));
}

function botProfileOf(url: string): Fields {
  return {
    id: bot.id,
    app_id: bot.app,
    name: bot.name,
    icons: iconsOf(url, 36, 48, 72),
    deleted: false,
    updated: 1_763_700_000,
    team_id: team.id,
  };
}
