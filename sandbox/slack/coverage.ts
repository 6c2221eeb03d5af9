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
  'apps.connections.open': partial('debug_reconnects is not obeyed'),
  'auth.test': partial('one workspace, no Enterprise Grid'),
  'blocks.validate': partial('findings in our validator’s words where Slack’s are not known'),
  'bots.info': partial('knows the one app'),
  'chat.delete': full,
  'chat.getPermalink': full,
  'chat.postEphemeral': full,
  'chat.postMessage': partial('no link unfurling, username or icon_url; attachments are kept unchecked'),
  'chat.update': partial('attachments are kept unchecked'),
  'conversations.history': full,
  'conversations.info': partial('no shared channels'),
  'conversations.join': full,
  'conversations.list': partial('no group direct messages'),
  'conversations.members': full,
  'conversations.open': partial('direct messages with one person'),
  'conversations.replies': full,
  'files.completeUploadExternal': partial(
    'the share is immediate, Slack’s comes a little later; blocks may show a picture 0.4 s after',
  ),
  'files.getUploadURLExternal': partial('no snippets'),
  'files.info': partial('no comments, no generated thumbnails'),
  'reactions.add': partial('messages only; any well-formed name exists'),
  'reactions.remove': partial('messages only'),
  'team.info': partial('no icons'),
  'usergroups.list': partial('no disabled groups'),
  'usergroups.users.list': full,
  'users.conversations': partial('of the calling token only'),
  'users.info': full,
  'users.list': full,
  'users.lookupByEmail': full,
  'views.open': full,
  'views.publish': full,
  'views.push': full,
  'views.update': full,
};
