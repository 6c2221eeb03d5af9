import type {
  AllMiddlewareArgs,
  AnyMiddlewareArgs,
  App,
  SlackCommandMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackOptionsMiddlewareArgs,
} from '@slack/bolt';
import { cutLine } from '../core/parse.ts';
import { Refusal } from '../core/refusal.ts';
import { namedIn } from '../line/families.ts';
import type { Log } from '../log.ts';
import type { People } from './people.ts';
import type { Pipeline } from './ports.ts';
import type { Intake } from './receiving/intake.ts';
import { lineFrom, mentionFrom, pressFrom } from './receiving/payloads.ts';
import { formShortcut, slashCommand } from './scopes.ts';
import { Dialogs, opensModal } from './views/dialogs.ts';
import { suggestions } from './views/suggestions.ts';
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
 * Everything Slack may say to the bot. A question is acknowledged first and then handed on; what may change something is
 * acknowledged once it is recorded, so that Slack shows an error to whom a crash leaves unheard. One function hears it all,
 * because Bolt evaluates every listener for every event, and the acknowledgement waits for that.
 */
export function listen(app: App, ears: Ears): void {
  const { intake, log } = ears;
  const dialogs = new Dialogs(ears);

  app.use(async (said: Said) => {
    if ('command' in said) {
      if (said.command.command === slashCommand) await hearCommand(said, dialogs, ears);
    } else if ('action' in said) {
      if (said.body.type !== 'block_actions') return said.ack();
      const press = pressFrom(said.body);
      const keeps = press !== undefined && !opensModal(press);
      if (keeps) await intake.keep(`press ${said.body.trigger_id}`, press);
      await said.ack();
      if (!keeps) await dialogs.opened(said.body);
    } else if (isSuggestion(said)) {
      await said.ack({ options: await suggestions(said.options, ears) });
    } else if ('shortcut' in said) {
      await said.ack();
      if (said.shortcut.callback_id === formShortcut) await dialogs.form(said.body.trigger_id, undefined, '');
    } else if ('view' in said) {
      if (said.body.type !== 'view_submission') return said.ack();
      const { errors, what } = dialogs.submitted(said.body);
      if (errors) return said.ack({ response_action: 'errors', errors });
      if (what) await intake.keep(`view ${said.body.trigger_id}`, what);
      await said.ack();
    } else if ('event' in said) {
      // events are acknowledged by Bolt, before anybody hears of them
      hear(said, ears);
    }
  });

  app.error(async (error) => log.error({ err: error }, 'hearing what Slack says broke something'));
}

async function hearCommand(
  { body, ack }: SlackCommandMiddlewareArgs,
  dialogs: Dialogs,
  { intake, pipeline }: Ears,
): Promise<void> {
  const key = `command ${body.trigger_id}`;
  const line = lineFrom(body);
  if (mayChange(line.line, pipeline) && !dialogs.asksFor(body)) {
    await intake.keep(key, line);
    return ack();
  }
  await ack();
  if (!(await dialogs.asked(body))) intake.take(key, line);
}

/** Whether the line is more than a question. */
function mayChange(line: string, { commands }: Pipeline): boolean {
  try {
    const named = namedIn(commands, cutLine(line));
    return named !== undefined && 'command' in named && named.command.type !== 'query';
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
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
