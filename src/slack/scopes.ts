/**
 * Every Web API method that src/slack calls, with the bot scope that it needs (`none`: the token is
 * enough). A test holds this against the source and against manifest.yml. Source: docs.slack.dev,
 * Web API methods.
 */
export const methodScopes = {
  'auth.test': 'none',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'conversations.open': 'im:write',
  filesUploadV2: 'files:write',
  'usergroups.list': 'usergroups:read',
  'users.info': 'users:read',
  'views.open': 'none',
  'views.publish': 'none',
  'views.update': 'none',
} as const;

/** Better with it, works without: an installer may decline these. */
export const optionalMethodScopes = {
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
} as const;

/** Events that listeners are registered for, with the scope that each needs. */
export const eventScopes = {
  app_home_opened: 'none',
  app_mention: 'app_mentions:read',
  subteam_created: 'usergroups:read',
  subteam_members_changed: 'usergroups:read',
  subteam_updated: 'usergroups:read',
} as const;

export const slashCommand = '/oci';
/** The global shortcut that opens the form. */
export const formShortcut = 'oci_open';

/** What the slash command itself needs, and posting in public channels that nobody invited the bot to. */
export const otherScopes = ['commands', 'chat:write.public'] as const;
