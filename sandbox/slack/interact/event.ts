import { randomBytes } from 'node:crypto';
import { newId } from '../ids.ts';
import { bot, team, verificationToken } from '../seed.ts';
import type { Fields } from '../types.ts';
import { viewShape } from '../views.ts';
import { someone, type Workspace } from '../workspace.ts';

export const listensTo = ({ app }: Workspace, name: string) => !app.events || app.events.includes(name);

/** Tells the app of an event, if it has subscribed to it. Answers whether it took it at the first try. */
export async function emit(workspace: Workspace, name: string, event: Fields): Promise<Fields> {
  const { delivery, clock } = workspace;
  if (!listensTo(workspace, name)) return { ok: true, subscribed: false };
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  const delivered = await delivery.deliver(
    'events_api',
    {
      token: verificationToken,
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: bot.app,
      event,
      type: 'event_callback',
      event_id: newId('Ev'),
      event_time: Math.floor(clock.now() / 1000),
      authorizations: [
        {
          enterprise_id: null,
          team_id: team.id,
          user_id: bot.user,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${randomBytes(12).toString('base64url')}`,
    },
    false,
  );
  const { acked, envelope, ms: ack_ms } = delivered;
  return { ok: acked, acked, ack_ms, envelope, ...(delivered.acked ? {} : { error: delivered.reason }) };
}

/** A person looks at the app's home. */
export function openHome(workspace: Workspace, asked: { readonly user: string }): Promise<Fields> {
  const user = someone(workspace, asked.user);
  const view = workspace.store.state.homes[user.id];
  return emit(workspace, 'app_home_opened', {
    type: 'app_home_opened',
    user: user.id,
    channel: workspace.store.directMessage(user.id)?.id,
    tab: 'home',
    ...(view ? { view: viewShape(view) } : {}),
    event_ts: workspace.store.nextTs(),
  });
}

/** Somebody is put into or taken out of a user group. */
export function changeGroup(
  workspace: Workspace,
  asked: { readonly group: string; readonly users: readonly string[] },
): Promise<Fields> {
  const { store } = workspace;
  const group = store.group(asked.group);
  if (!group) return Promise.resolve({ ok: false, error: 'no_such_subteam' });
  const before = group.users;
  group.users = asked.users.map((each) => someone(workspace, each).id);
  store.tell({ kind: 'groups' });
  const added = group.users.filter((user) => !before.includes(user));
  const removed = before.filter((user) => !group.users.includes(user));
  return emit(workspace, 'subteam_members_changed', {
    type: 'subteam_members_changed',
    subteam_id: group.id,
    team_id: team.id,
    date_previous_update: 1_763_700_000,
    date_update: Math.floor(workspace.clock.now() / 1000),
    added_users: added,
    added_users_count: added.length,
    removed_users: removed,
    removed_users_count: removed.length,
    event_ts: store.nextTs(),
  });
}
