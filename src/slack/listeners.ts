import type { App } from '@slack/bolt';
import type { Log } from '../log.ts';
import { Dialogs } from './dialogs.ts';
import type { Intake } from './intake.ts';
import { lineFrom, mentionFrom, pressFrom } from './payloads.ts';
import type { People } from './people.ts';
import type { Pipeline } from './ports.ts';
import { suggestions } from './suggestions.ts';
import type { Web } from './web.ts';

/**
 * Everything Slack may say to the bot. Each listener acknowledges in its first line and hands on;
 * there is one of each kind, since Bolt evaluates all of them for every event.
 */
export function listen(
  app: App,
  deps: {
    readonly intake: Intake;
    readonly web: Web;
    readonly pipeline: Pipeline;
    readonly people: People;
    readonly log: Log;
  },
): void {
  const { intake, people, log } = deps;
  const dialogs = new Dialogs(deps);

  app.command('/oci', async ({ ack, body }) => {
    await ack();
    intake.take(`command ${body.trigger_id}`, lineFrom(body));
  });

  app.action(/./, async ({ ack, body }) => {
    await ack();
    if (body.type !== 'block_actions' || (await dialogs.opened(body))) return;
    const press = pressFrom(body);
    if (press) intake.take(`press ${body.trigger_id}`, press);
  });

  app.view(/./, async ({ ack, body }) => {
    if (body.type !== 'view_submission') return ack();
    const { errors, what } = dialogs.submitted(body);
    if (errors) return ack({ response_action: 'errors', errors });
    await ack();
    if (what) intake.take(`view ${body.trigger_id}`, what);
  });

  app.options(/./, async ({ ack, options }) => ack({ options: await suggestions(options, deps) }));

  app.shortcut('oci_open', async ({ ack, body }) => {
    await ack();
    await dialogs.form(body.trigger_id, undefined, '');
  });

  app.event('app_mention', async ({ event, body }) => {
    const line = mentionFrom(event);
    if (line) intake.take(`event ${body.event_id}`, line);
  });

  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab === 'home') intake.take(`event ${body.event_id}`, { type: 'home', user: event.user });
  });

  // one pattern for subteam_created, subteam_members_changed and subteam_updated
  app.event(/^subteam_(created|members_changed|updated)$/, async () => people.forgetGroups());

  app.error(async (error) => log.error({ err: error }, 'a listener of Slack events broke'));
}
