import { SlackError } from '../errors.ts';
import { respond } from '../response-url.ts';
import { bot, team, verificationToken } from '../seed.ts';
import { type Channel, type Fields, isFields, type User } from '../types.ts';
import { someone, somewhere, type Workspace } from '../workspace.ts';
import { channelName, newResponseUrl, notice } from './common.ts';
import { joined } from './membership.ts';
import { asSent } from './typed.ts';

export interface CommandAsked {
  readonly user: string;
  readonly channel: string;
  /** `/oci stop web-1`; without a slash it is the text of `/oci`. */
  readonly text: string;
  readonly command?: string;
  /** The text goes out as it is, without Slack's escaping. */
  readonly raw?: boolean;
}

/** A person types a slash command. Resolves when the app has taken it, or Slack has given up. */
export async function typeCommand(workspace: Workspace, asked: CommandAsked): Promise<Fields> {
  const user = someone(workspace, asked.user);
  const channel = somewhere(workspace, asked.channel);
  const { command, text } = split(asked);
  if (command === '/invite') return invite(workspace, channel, text, user);
  const known = workspace.app.commands?.get(command);
  if (workspace.app.commands && !known) {
    notice(workspace, user.id, channel.id, `${command} is not a valid command.`);
    return { ok: false, error: 'not_a_command' };
  }
  if (!channel.members.includes(user.id)) throw new SlackError('not_in_channel');
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  const naming = (known?.shouldEscape ?? true) ? 'command' : 'none';
  const escaped = asked.raw ? text : asSent(workspace, text, naming);
  return deliver(workspace, user, channel, command, escaped);
}

async function deliver(
  workspace: Workspace,
  user: User,
  channel: Channel,
  command: string,
  text: string,
): Promise<Fields> {
  const trigger_id = workspace.triggers.issue(user.id, undefined, channel.id);
  const response_url = newResponseUrl(workspace, 'commands', { user: user.id, channel: channel.id });
  const delivered = await workspace.delivery.deliver('slash_commands', {
    token: verificationToken,
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: bot.app,
    is_enterprise_install: 'false',
    response_url,
    trigger_id,
  });
  const { envelope, ms: ack_ms } = delivered;
  if (!delivered.acked) {
    notice(workspace, user.id, channel.id, `${command} failed with the error "${delivered.reason}"`);
    return { ok: false, acked: false, ack_ms, error: delivered.reason, trigger_id, envelope };
  }
  const { body } = delivered;
  if (body !== undefined) showAnswer(workspace, response_url, body);
  return {
    ok: true,
    acked: true,
    ack_ms,
    ...(body === undefined ? {} : { response: body }),
    trigger_id,
    response_url,
    envelope,
  };
}

/** What the app put into its acknowledgement is its first answer; one that Slack cannot show is dropped. */
function showAnswer(workspace: Workspace, responseUrl: string, body: unknown): void {
  const key = new URL(responseUrl).pathname.replace('/commands/', '');
  const url = workspace.store.state.responseUrls[key];
  const answer = typeof body === 'string' ? { text: body } : body;
  if (!url || !isFields(answer) || (answer.text === undefined && answer.blocks === undefined)) return;
  try {
    respond(workspace, url, answer);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    notice(workspace, url.user, url.channel, `The app's answer cannot be shown: ${error.code}`);
  }
}

function split({ text, command }: CommandAsked): { command: string; text: string } {
  if (command) return { command, text };
  const typed = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  return typed ? { command: typed[1] as string, text: typed[2] as string } : { command: '/oci', text };
}

/** `/invite @lamplighter`: Slack's own command. */
function invite(workspace: Workspace, channel: Channel, who: string, by: User): Fields {
  const user = workspace.store.user(who.trim());
  if (!user) return { ok: false, error: 'user_not_found' };
  joined(workspace, channel, user.id, by.id);
  return { ok: true, acked: true };
}
