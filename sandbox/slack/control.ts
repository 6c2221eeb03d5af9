import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { type AskedFault, asked, askedFaults } from './asked.ts';
import { HttpMode, type RequestUrls } from './deliver/http.ts';
import { SlackError } from './errors.ts';
import { newUuid } from './ids.ts';
import { click, suggest } from './interact/action.ts';
import { changeChannel } from './interact/channel.ts';
import { typeCommand } from './interact/command.ts';
import { changeGroup, emit, openHome } from './interact/event.ts';
import { hearDeleted } from './interact/heard.ts';
import { Picks } from './interact/place.ts';
import { react } from './interact/reaction.ts';
import { say } from './interact/say.ts';
import { shortcut } from './interact/shortcut.ts';
import { closeView, submit } from './interact/view.ts';
import * as read from './read.ts';
import { verificationToken } from './seed.ts';
import type { Fields } from './types.ts';
import { somewhere, type Workspace } from './workspace.ts';

/** What the control API can change besides what people do. */
export interface Switches {
  setHttp(requestUrls: RequestUrls | undefined): void;
  setScopes(scopes: readonly string[]): void;
}

/** `/control/slack/…`: what people in the workspace do and see, and what goes wrong. See README.md. */
export function controlRoutes(workspace: Workspace, switches: Switches): Hono {
  const routes = new Hono();
  routes.onError(toAnswer);
  people(routes, workspace);
  reads(routes, workspace);
  faults(routes, workspace);
  settings(routes, workspace, switches);
  return routes;
}

function people(routes: Hono, workspace: Workspace): void {
  const picks = new Picks();
  routes.post('/command', async (c) => c.json(await typeCommand(workspace, await body(c, asked.command))));
  routes.post('/click', async (c) => c.json(await click(workspace, picks, await body(c, asked.click))));
  routes.post('/submit', async (c) => c.json(await submit(workspace, picks, await body(c, asked.submit))));
  routes.post('/close', async (c) => c.json(await closeView(workspace, await body(c, asked.close))));
  routes.post('/suggest', async (c) => c.json(await suggest(workspace, await body(c, asked.suggest))));
  routes.post('/shortcut', async (c) => c.json(await shortcut(workspace, await body(c, asked.shortcut))));
  routes.post('/open-home', async (c) => c.json(await openHome(workspace, await body(c, asked.openHome))));
  routes.post('/message', async (c) => c.json(await say(workspace, await body(c, asked.message))));
  routes.post('/react', async (c) => c.json(react(workspace, await body(c, asked.react))));
  routes.post('/groups/:handle', async (c) => {
    const { users } = await body(c, asked.group);
    return c.json(await changeGroup(workspace, { group: c.req.param('handle'), users }));
  });
  routes.post('/channels/:name', async (c) => {
    const channel = somewhere(workspace, c.req.param('name'));
    changeChannel(workspace, channel, await body(c, asked.channel));
    return c.json({ ok: true, channel });
  });
  routes.delete('/channels/:name/messages/:ts', (c) => {
    const channel = somewhere(workspace, c.req.param('name'));
    const ts = c.req.param('ts');
    const message = workspace.store.message(channel.id, ts);
    if (!message) throw new SlackError('no_such_message');
    hearDeleted(workspace, channel, message);
    workspace.store.remove(channel.id, ts);
    return c.json({ ok: true });
  });
  routes.post('/deliver', async (c) => c.json(await redeliver(workspace, await body(c, asked.deliver))));
}

function reads(routes: Hono, workspace: Workspace): void {
  const answer = (c: Context, found: Fields) => c.json({ ok: true, ...found });
  routes.get('/channels', (c) => answer(c, { channels: read.channelsOf(workspace) }));
  routes.get('/channels/:name/messages', (c) => answer(c, read.messagesOf(workspace, c.req.param('name'))));
  routes.get('/users', (c) => answer(c, { users: read.usersOf(workspace) }));
  routes.get('/groups', (c) => answer(c, { groups: workspace.store.state.groups }));
  routes.get('/users/:name/home', (c) => answer(c, read.homeOf(workspace, c.req.param('name'))));
  routes.get('/users/:name/ephemeral', (c) => answer(c, read.ephemeralOf(workspace, c.req.param('name'))));
  routes.get('/users/:name/views', (c) => answer(c, read.viewsOf(workspace, c.req.param('name'))));
  routes.get('/users/:name/dm', (c) => answer(c, read.directMessagesOf(workspace, c.req.param('name'))));
  routes.get('/deliveries', (c) => answer(c, { deliveries: workspace.delivery.recent }));
  routes.get('/requests', (c) => {
    const method = c.req.query('method');
    const all = workspace.requests.all.filter((each) => !method || each.method === method);
    return answer(c, { requests: all });
  });
}

function faults(routes: Hono, workspace: Workspace): void {
  const all = () => {
    const { armed, away, socketsClosed } = workspace.faults;
    return {
      ok: true,
      faults: armed,
      away,
      sockets_closed: socketsClosed,
      connections: workspace.sockets.connections,
    };
  };
  routes.get('/faults', (c) => c.json(all()));
  routes.post('/faults', async (c) => {
    const given = await body(c, askedFaults);
    for (const fault of 'faults' in given ? given.faults : [given]) arm(workspace, fault);
    return c.json(all());
  });
  routes.delete('/faults', (c) => {
    workspace.faults.clear();
    return c.json(all());
  });
}

function arm({ faults, sockets }: Workspace, fault: AskedFault): void {
  if (fault.kind === 'away') {
    faults.goAway(fault.seconds);
    sockets.cut();
  } else if (fault.kind === 'socket') {
    if (fault.seconds > 0) faults.closeSockets(fault.seconds);
    if (fault.reason === 'gap') sockets.cut();
    else sockets.disconnect(fault.reason, fault.connections);
  } else faults.arm(fault);
}

function settings(routes: Hono, workspace: Workspace, switches: Switches): void {
  const all = () => ({
    ok: true,
    rate_limits: workspace.rates.enabled,
    scopes: workspace.app.scopes,
    connections: workspace.sockets.connections,
  });
  routes.post('/verify', async (c) => c.json(await verify(workspace)));
  routes.get('/settings', (c) => c.json(all()));
  routes.post('/settings', async (c) => {
    const given = await body(c, asked.settings);
    if (given.rate_limits !== undefined) workspace.rates.enabled = given.rate_limits;
    if (given.scopes) switches.setScopes(given.scopes);
    if (given.request_url !== undefined) switches.setHttp(given.request_url ?? undefined);
    return c.json(all());
  });
}

/** What Slack does when a request URL is entered: the app must echo the challenge. */
async function verify({ delivery }: Workspace): Promise<Fields> {
  const { transport } = delivery;
  if (!(transport instanceof HttpMode)) throw new SlackError('no_request_url');
  const challenge = newUuid();
  const body = JSON.stringify({ type: 'url_verification', token: verificationToken, challenge });
  const response = await transport.verify(body);
  return { ok: response.ok && (await response.text()).includes(challenge), status: response.status };
}

/** Sends an earlier delivery once more (the last, unless `envelope` says which), or a payload as it is. */
async function redeliver(workspace: Workspace, given: z.infer<typeof asked.deliver>): Promise<Fields> {
  const { delivery } = workspace;
  if (
    given.payload &&
    given.type === 'events_api' &&
    typeof given.payload.type === 'string' &&
    !given.payload.event
  )
    return emit(workspace, given.payload.type, given.payload);
  if (given.payload)
    return { ok: true, ...(await delivery.deliver(given.type ?? 'interactive', given.payload)) };
  const envelope = delivery.recent.findLast((each) => !given.envelope || each.id === given.envelope);
  if (!envelope) throw new SlackError('no_such_delivery');
  return { ok: true, ...(await delivery.again(envelope, given.again ?? 'same')) };
}

/** @throws SlackError invalid_body, with a line for each thing that is wrong */
async function body<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const given: unknown = await context.req.json().catch(() => {
    throw new SlackError('invalid_body', { hint: 'The body must be JSON.' });
  });
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  throw new SlackError('invalid_body', { hint: z.prettifyError(read.error) });
}

function toAnswer(error: Error, context: Context): Response {
  if (error instanceof HTTPException) return error.getResponse();
  if (!(error instanceof SlackError)) throw error;
  const status = /^no_such_|_not_found$/.test(error.code) ? 404 : 400;
  return context.json({ ok: false, error: error.code, ...error.detail }, status);
}
