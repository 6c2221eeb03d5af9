import { Refusal } from '../core/refusal.ts';
import { faultOf, type Web } from './web.ts';

/** Who the bot is in Slack. */
export interface Identity {
  readonly team: string;
  readonly botId: string;
  readonly botUser: string;
}

/** Slack did not answer; the token may be good. */
export class SlackAway extends Error {
  override readonly name = 'SlackAway';
}

/** Throws a Refusal when Slack does not take the token or it is not of `team`, SlackAway when it is away. */
export async function identify(web: Web, team: string | undefined): Promise<Identity> {
  const found = await authTest(web);
  if (team && found.team_id !== team)
    throw new Refusal(
      `The bot token belongs to the workspace ${found.team} (${found.team_id}), not to ${team}.`,
      'Correct slack.team in lamplighter.yml, or give the token of that workspace.',
    );
  const { team_id, bot_id, user_id } = found;
  if (!team_id || !bot_id || !user_id)
    throw new Refusal('SLACK_BOT_TOKEN is not the token of a bot.', 'It must begin with xoxb-.');
  return { team: team_id, botId: bot_id, botUser: user_id };
}

async function authTest(web: Web) {
  try {
    return await web.reads.auth.test();
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind !== 'refused') throw new SlackAway(fault.because);
    throw new Refusal(
      `Slack refused the bot token (${fault.error}).`,
      'See SLACK_BOT_TOKEN; the token stands in api.slack.com/apps under OAuth & Permissions.',
    );
  }
}
