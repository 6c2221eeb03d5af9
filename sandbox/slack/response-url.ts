import type { Context } from 'hono';
import { Hono } from 'hono';
import { Args } from './api/args.ts';
import { content, isMetadata } from './api/chat.ts';
import { SlackError } from './errors.ts';
import { beforeEdit, hearDeleted, hearPosted } from './interact/heard.ts';
import { limits } from './limits.ts';
import type { Ephemeral, Fields, Message, ResponseUrl } from './types.ts';
import type { Workspace } from './workspace.ts';

/** `POST /commands/…`, `/actions/…`, `/app/…`: where an app answers an interaction without a token. */
export function responseUrlRoutes(workspace: Workspace): Hono {
  const routes = new Hono();
  for (const family of ['commands', 'actions', 'app'])
    routes.post(`/${family}/:team/:number/:secret`, (context) => answer(workspace, context));
  return routes;
}

async function answer(workspace: Workspace, context: Context): Promise<Response> {
  const started = performance.now();
  const key = ['team', 'number', 'secret'].map((part) => context.req.param(part)).join('/');
  const body = (await context.req.json().catch(() => undefined)) as Fields | undefined;
  const error = use(workspace, key, body);
  workspace.requests.add({
    at: new Date(workspace.clock.now()).toISOString(),
    method: 'response_url',
    status: error ? error.status : 200,
    ok: !error,
    ...(error ? { error: error.code } : {}),
    ms: Math.round(performance.now() - started),
    args: body ?? {},
  });
  return error ? context.json({ ok: false, error: error.code }, error.status) : context.text('ok');
}

interface Refused {
  readonly status: 400 | 404;
  readonly code: string;
}

function use(workspace: Workspace, key: string, body: Fields | undefined): Refused | undefined {
  const url = workspace.store.state.responseUrls[key];
  if (!body || typeof body !== 'object') return { status: 400, code: 'invalid_payload' };
  if (!url) return { status: 404, code: 'no_such_url' };
  if (workspace.clock.now() > url.expires) return { status: 404, code: 'expired_url' };
  if (url.uses >= limits.responseUrl.uses) return { status: 404, code: 'used_url' };
  try {
    respond(workspace, url, body);
    url.uses += 1;
    return undefined;
  } catch (error) {
    if (error instanceof SlackError) return { status: 400, code: error.code };
    throw error;
  }
}

/**
 * Posts, replaces or deletes as the body says; also what an acknowledgement with a body does.
 * @throws SlackError no_text, invalid_blocks
 */
export function respond(workspace: Workspace, url: ResponseUrl, body: Fields): void {
  const { store } = workspace;
  const args = new Args(withoutBadMetadata(body));
  const before = original(workspace, url);
  const channel = store.channel(url.channel);
  if (args.flag('delete_original')) {
    if (before?.message && channel) hearDeleted(workspace, channel, before.message);
    if (before?.message) store.remove(url.channel, before.message.ts);
    if (before?.ephemeral) store.removeEphemeral(before.ephemeral);
    return;
  }
  const said = content(args, workspace);
  if (args.flag('replace_original') && before) {
    const hearEdited = before.message && channel ? beforeEdit(workspace, channel, before.message) : undefined;
    if (before.message) store.edit(url.channel, before.message, said);
    hearEdited?.();
    if (before.ephemeral) store.editEphemeral(before.ephemeral, said);
    return;
  }
  const thread = args.text('thread_ts') ?? url.thread_ts;
  const inThread = thread ? { thread_ts: thread } : {};
  const inChannel = args.text('response_type') === 'in_channel';
  const { metadata: _, ...shown } = said;
  if (!inChannel) {
    const { ts } = store.postEphemeral({ user: url.user, channel: url.channel, ...shown, ...inThread });
    url.original ??= { ts, ephemeral: true };
    return;
  }
  const message = store.postAsBot(url.channel, { ...said, ...inThread });
  url.original ??= { ts: message.ts, ephemeral: false };
  if (channel) void hearPosted(workspace, channel, message);
}

/** Clients in Go send the empty metadata of messages that have none; it does not keep an answer back. */
function withoutBadMetadata(body: Fields): Fields {
  const { metadata, ...rest } = body;
  return isMetadata(metadata) ? body : rest;
}

/** The message that the response_url belongs to, if it is still there. */
function original({ store }: Workspace, { original: of, channel, user }: ResponseUrl): Original | undefined {
  if (!of) return undefined;
  const message = of.ephemeral ? undefined : store.message(channel, of.ts);
  const ephemeral = of.ephemeral ? store.ephemeral(user, of.ts) : undefined;
  return message || ephemeral ? { message, ephemeral } : undefined;
}

interface Original {
  readonly message: Message | undefined;
  readonly ephemeral: Ephemeral | undefined;
}
