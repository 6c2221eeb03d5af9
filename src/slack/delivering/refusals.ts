/** What Slack's words for a no mean to whoever delivers a message. */

/** Why a place is closed to the bot, in words for the person who gets the message instead. */
export const closed: Readonly<Record<string, string>> = {
  not_in_channel: 'I am not in it',
  channel_not_found: 'I cannot see it',
  is_archived: 'it is archived',
  user_not_in_channel: 'you are not in it',
  restricted_action: 'posting in it is restricted',
  restricted_action_read_only_channel: 'it is read-only',
  restricted_action_thread_only_channel: 'it takes threads only',
};

/** Slack says no to the blocks, not to the message. */
export const unfit: ReadonlySet<string> = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_attachments',
]);

/** The token or its rights: no letter gets through until somebody has mended that. */
export const noEntry: ReadonlySet<string> = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'org_login_required',
  'ekm_access_denied',
]);

/** The message is not there, or Slack lets nobody edit it any more. */
export const uneditable: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);
