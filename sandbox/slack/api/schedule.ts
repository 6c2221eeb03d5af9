import { SlackError } from '../errors.ts';
import { newId } from '../ids.ts';
import { hearPosted } from '../interact/heard.ts';
import { limits } from '../limits.ts';
import { botMessageShape } from '../shapes.ts';
import type { Fields, Scheduled } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Args } from './args.ts';
import { content } from './chat.ts';
import { type Methods, page } from './method.ts';
import { mayPost, reachable } from './reach.ts';

/** Messages that are posted later, by the sandbox clock. */

const seconds = ({ clock }: Workspace) => Math.floor(clock.now() / 1000);

function schedule(args: Args, workspace: Workspace): Fields {
  const channel = reachable(args, workspace);
  mayPost(channel, workspace);
  const post_at = Math.floor(Number(args.required('post_at')));
  if (!Number.isFinite(post_at)) throw new SlackError('invalid_time');
  const now = seconds(workspace);
  if (post_at <= now) throw new SlackError('time_in_past');
  if (post_at > now + limits.schedule.days * 86_400) throw new SlackError('time_too_far');
  const thread = args.text('thread_ts');
  const said = { ...content(args, workspace), ...(thread ? { thread_ts: thread } : {}) };
  const scheduled: Scheduled = { id: newId('Q'), channel: channel.id, post_at, created: now, said };
  workspace.store.state.scheduled = [...all(workspace), scheduled];
  workspace.store.tell({ kind: 'scheduled' });
  void postLater(workspace, scheduled);
  const message = botMessageShape({ ...said, subtype: 'bot_message' });
  return { scheduled_message_id: scheduled.id, channel: channel.id, post_at, message };
}

const all = ({ store }: Workspace): readonly Scheduled[] => store.state.scheduled ?? [];

/** Waits for what an earlier sandbox was told to post, too. */
export function resumeSchedule(workspace: Workspace): void {
  for (const each of all(workspace)) void postLater(workspace, each);
}

async function postLater(workspace: Workspace, scheduled: Scheduled): Promise<void> {
  const { clock, store, stopped } = workspace;
  await clock.sleep(scheduled.post_at * 1000 - clock.now(), stopped);
  if (stopped.aborted || !all(workspace).includes(scheduled)) return;
  forget(workspace, scheduled);
  const channel = store.channel(scheduled.channel);
  if (!channel || channel.archived) return;
  const message = store.postAsBot(channel.id, scheduled.said);
  await hearPosted(workspace, channel, message);
}

function forget(workspace: Workspace, scheduled: Scheduled): void {
  workspace.store.state.scheduled = all(workspace).filter((each) => each !== scheduled);
  workspace.store.tell({ kind: 'scheduled' });
}

function list(args: Args, workspace: Workspace): Fields {
  const channel = args.text('channel');
  const oldest = args.number('oldest') ?? 0;
  const latest = args.number('latest') ?? Number.POSITIVE_INFINITY;
  const wanted = all(workspace).filter(
    (each) => (!channel || each.channel === channel) && each.post_at >= oldest && each.post_at <= latest,
  );
  const { items, response_metadata } = page(wanted, args, 100);
  const scheduled_messages = items.map(({ id, channel: channel_id, post_at, created, said }) => ({
    id,
    channel_id,
    post_at,
    date_created: created,
    text: said.text,
  }));
  return { scheduled_messages, response_metadata };
}

function remove(args: Args, workspace: Workspace): Fields {
  const { id } = reachable(args, workspace);
  const asked = args.required('scheduled_message_id');
  const scheduled = all(workspace).find((each) => each.id === asked && each.channel === id);
  if (!scheduled) throw new SlackError('invalid_scheduled_message_id');
  forget(workspace, scheduled);
  return {};
}

const writes = { token: 'bot', scopes: ['chat:write'], tier: 3 } as const;

export const scheduling: Methods = {
  'chat.deleteScheduledMessage': { ...writes, run: remove },
  'chat.scheduleMessage': { ...writes, run: schedule },
  'chat.scheduledMessages.list': { token: 'bot', scopes: [], tier: 3, run: list },
};
