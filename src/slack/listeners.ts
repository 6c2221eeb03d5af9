import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
} from '@slack/bolt';
import type { Log } from '../log.ts';
import { Dialogs } from './dialogs.ts';
import type { Intake } from './intake.ts';
import { lineFrom, mentionFrom, pressFrom } from './payloads.ts';
import type { People } from './people.ts';
import type { Pipeline } from './ports.ts';
import { formShortcut, slashCommand } from './scopes.ts';
import { suggestions } from './suggestions.ts';
import type { Web } from './web.ts';

interface Ears {
  readonly intake: Intake;
  readonly web: Web;
  readonly pipeline: Pipeline;
  readonly people: People;
  readonly log: Log;
}

type Said = AnyMiddlewareArgs & AllMiddlewareArgs;

/**
 * Everything Slack may say to the bot: acknowledged first, then handed on. One function hears it all,
 * because Bolt evaluates every listener for every event, and the acknowledgement waits for that.
 */
export function listen(app: App, ears: Ears): void {
  const { intake, log } = ears;
  const dialogs = new Dialogs(ears);

  app.use(async (said: Said) => {
    if ('command' in said) {
      if (said.command.command !== slashCommand) return;
      await said.ack();
      if (await dialogs.asked(said.body)) return;
      intake.take(`command ${said.body.trigger_id}`, lineFrom(said.body));
    } else if ('action' in said) {
      await said.ack();
      const { body } = said;
      if (body.type !== 'block_actions' || (await dialogs.opened(body))) return;
      const press = pressFrom(body);
      if (press) intake.take(`press ${body.trigger_id}`, press);
    } else if (isSuggestion(said)) {
      await said.ack({ options: await suggestions(said.options, ears) });
    } else if ('shortcut' in said) {
      await said.ack();
      if (said.shortcut.callback_id === formShortcut) await dialogs.form(said.body.trigger_id, undefined, '');
    } else if ('view' in said) {
      if (said.body.type !== 'view_submission') return said.ack();
      const { errors, what } = dialogs.submitted(said.body);
      if (errors) return said.ack({ response_action: 'errors', errors });
      await said.ack();
      if (what) intake.take(`view ${said.body.trigger_id}`, what);
    } else if ('event' in said) {
      // events are acknowledged by Bolt
      hear(said, ears);
    }
  });

  app.error(async (error) => log.error({ err: error }, 'hearing what Slack says broke something'));
}

/** What is typed into a field with type-ahead; the other kinds belong to Slack's old dialogs. */
function isSuggestion(said: AnyMiddlewareArgs): said is SlackOptionsMiddlewareArgs<'block_suggestion'> {
  return 'options' in said && said.body.type === 'block_suggestion';
}

function hear({ event, body }: SlackEventMiddlewareArgs, { intake, people }: Ears): void {
  switch (event.type) {
    case 'app_mention': {
      const line = mentionFrom(event);
      if (line) intake.take(`event ${body.event_id}`, line);
      return;
    }
    case 'app_home_opened':
      if (event.tab === 'home') intake.take(`event ${body.event_id}`, { type: 'home', user: event.user });
      return;
    case 'subteam_created':
    case 'subteam_members_changed':
    case 'subteam_updated':
      people.forgetGroups();
  }
}
