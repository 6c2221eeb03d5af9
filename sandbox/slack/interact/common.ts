import { newUuid } from '../ids.ts';
import { limits } from '../limits.ts';
import { bot, team, verificationToken } from '../seed.ts';
import type { Channel, Fields, ResponseUrl, User } from '../types.ts';
import type { Workspace } from '../workspace.ts';

/** What every interaction payload starts with. */
export function interaction(type: string, user: User): Fields {
  return {
    type,
    team: { id: team.id, domain: team.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: team.id },
    api_app_id: bot.app,
    token: verificationToken,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** What payloads call a channel: the names of private ones stay private. */
export function channelName({ kind, name }: Channel): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'private' ? 'privategroup' : name;
}

type Of = Omit<ResponseUrl, 'uses' | 'expires'>;

/** A response_url: good for five uses within thirty minutes of the sandbox clock. */
export function newResponseUrl(
  { store, clock, url }: Workspace,
  family: 'commands' | 'actions' | 'app',
  of: Of,
): string {
  const key = `${team.id}/${Date.now()}/${newUuid().replaceAll('-', '').slice(0, 24)}`;
  const expires = clock.now() + limits.responseUrl.minutes * 60_000;
  store.state.responseUrls[key] = { ...of, expires, uses: 0 };
  return `${url}/${family}/${key}`;
}

/** Slack's own word to one person, such as a command that the app did not take. */
export function notice({ store }: Workspace, user: string, channel: string, text: string): void {
  store.postEphemeral({ user, channel, text, from: 'USLACKBOT' });
}
