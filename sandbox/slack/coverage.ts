/**
 * Which Web API methods the emulator answers, and how fully. A test holds this table against the
 * registered methods and against the real WebClient, both ways.
 */
export interface Coverage {
  readonly supported: 'full' | 'partial';
  /** What is missing, for the partial ones. */
  readonly note?: string;
}

const full: Coverage = { supported: 'full' };
const partial = (note: string): Coverage => ({ supported: 'partial', note });

export const coverage: Readonly<Record<string, Coverage>> = {
  'api.test': full,
  'apps.connections.open': full,
  'auth.test': partial('one workspace, no Enterprise Grid'),
  'blocks.validate': partial('findings in our validator’s words where Slack’s are not known'),
  'bookmarks.add': partial('links only'),
  'bookmarks.edit': full,
  'bookmarks.list': full,
  'bookmarks.remove': full,
  'bots.info': partial('knows the one app'),
  'chat.delete': full,
  'chat.deleteScheduledMessage': full,
  'chat.getPermalink': full,
  'chat.meMessage': full,
  'chat.postEphemeral': full,
  'chat.postMessage': partial('no link unfurling, username or icon_url; attachments are kept unchecked'),
  'chat.scheduleMessage': partial('no limit for five minutes of one channel'),
  'chat.scheduledMessages.list': full,
  'chat.update': partial('attachments are kept unchecked'),
  'conversations.archive': full,
  'conversations.create': partial('no message tells people of it'),
  'conversations.history': full,
  'conversations.info': partial('no shared channels'),
  'conversations.invite': partial('no message tells people of it; no force'),
  'conversations.join': full,
  'conversations.kick': partial('no message tells people of it'),
  'conversations.leave': partial('no message tells people of it'),
  'conversations.list': partial('no group direct messages'),
  'conversations.mark': partial('nothing is kept'),
  'conversations.members': full,
  'conversations.open': partial('direct messages with one person'),
  'conversations.rename': partial('no message tells people of it'),
  'conversations.replies': full,
  'conversations.setPurpose': partial('no message tells people of it'),
  'conversations.setTopic': partial('no message tells people of it'),
  'conversations.unarchive': full,
  'emoji.list': partial('the workspace has none of its own'),
  'files.completeUploadExternal': partial(
    'the share is immediate, Slack’s comes a little later; blocks may show a picture 0.4 s after',
  ),
  'files.delete': full,
  'files.getUploadURLExternal': partial('no snippets'),
  'files.info': partial('no comments, no generated thumbnails'),
  'files.list': partial('by user and channel, not by type or time'),
  'pins.add': partial('messages only'),
  'pins.list': full,
  'pins.remove': full,
  'reactions.add': partial('messages only; any well-formed name exists'),
  'reactions.get': partial('messages only'),
  'reactions.list': partial('messages only'),
  'reactions.remove': partial('messages only'),
  'team.info': partial('no icons'),
  'usergroups.list': partial('no disabled groups'),
  'usergroups.users.list': full,
  'users.conversations': full,
  'users.getPresence': partial('everybody is active'),
  'users.info': full,
  'users.list': full,
  'users.lookupByEmail': full,
  'users.profile.get': partial('no fields of the workspace’s own'),
  'users.setPresence': partial('nothing is kept'),
  'views.open': full,
  'views.publish': full,
  'views.push': full,
  'views.update': full,
};
