import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { AppConfig } from '../app.ts';
import { RateLimited, SlackError } from '../errors.ts';
import type { ApiFault } from '../faults.ts';
import { appToken, botToken } from '../seed.ts';
import { type Fields, isFields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { Args, readArgs } from './args.ts';
import { judgeContentType } from './content-type.ts';
import type { Method } from './method.ts';
import { methods } from './methods.ts';
import { missingScope } from './reach.ts';
import { retiredWith } from './retired.ts';

/** What a call comes to: an HTTP answer, or a connection that is dropped. */
interface Answer {
  readonly status: 200 | number;
  readonly body: Fields | string;
  readonly headers?: Record<string, string>;
  readonly dropped?: boolean;
  readonly fault?: string;
}

/** `POST /api/{method}`: the Web API. */
export function apiRoutes(workspace: Workspace): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  routes.all('/:method', async (context) => {
    const started = performance.now();
    const name = context.req.param('method');
    const args = await arguments_(context.req.raw);
    const answer =
      typeof args === 'string' ? refused(args) : await answerCall(workspace, name, args, context.req.raw);
    log(workspace, name, argsOf(args), answer, performance.now() - started);
    if (!answer.dropped) return respond(workspace, name, answer, tokenOf(context.req.raw, argsOf(args)));
    context.env.incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}

const argsOf = (args: Fields | string): Fields => (typeof args === 'string' ? {} : args);

const refused = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

/** What was sent, or the code of what is wrong with it. */
async function arguments_(request: Request): Promise<Fields | string> {
  const { error } = judgeContentType(request);
  if (error) return error;
  try {
    return await readArgs(request);
  } catch (error) {
    return error instanceof SlackError ? error.code : 'invalid_json';
  }
}

async function answerCall(
  workspace: Workspace,
  name: string,
  given: Fields,
  request: Request,
): Promise<Answer> {
  if (workspace.faults.away) return { status: 0, body: '', dropped: true, fault: 'away' };
  const faults = workspace.faults.api(name);
  for (const fault of faults) {
    if (fault.kind === 'latency') await sleep(fault.ms ?? 500);
    const instead = answerInstead(fault);
    if (instead) return { ...instead, fault: fault.kind };
  }
  const made = await call(workspace, name, new Args(given), tokenOf(request, given));
  const answer = withWarning(made, judgeContentType(request).warning);
  const lost = faults.some((fault) => fault.kind === 'lost_reply');
  return { ...answer, ...(lost ? { dropped: true } : {}), ...(faults[0] ? { fault: faults[0].kind } : {}) };
}

/** The answer that comes in place of any effect. */
function answerInstead(fault: ApiFault): Answer | undefined {
  if (fault.kind === 'drop') return { status: 0, body: '', dropped: true };
  if (fault.kind === 'ratelimit') return limited(fault.retry_after ?? 1);
  if (fault.kind === 'refuse')
    return { status: 200, body: { ok: false, error: fault.error ?? 'internal_error' } };
  if (fault.kind === 'error')
    return { status: fault.status ?? 500, body: '<html><body>Server Error</body></html>' };
  return undefined;
}

/** Warnings stand twice in an answer: one after the other, and as a list. */
function withWarning(answer: Answer, warning: string | undefined): Answer {
  if (typeof answer.body === 'string') return answer;
  const warnings = [answer.body.warning, warning].filter((each) => typeof each === 'string');
  if (warnings.length === 0) return answer;
  const { response_metadata: before } = answer.body;
  const response_metadata = { ...(isFields(before) ? before : {}), warnings };
  return { ...answer, body: { ...answer.body, warning: warnings.join(','), response_metadata } };
}

async function call(
  workspace: Workspace,
  name: string,
  args: Args,
  token: string | undefined,
): Promise<Answer> {
  try {
    const method = methodCalled(name);
    const retired = retiredWith(name);
    if (retired) throw new SlackError(retired);
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    authorise(method, token, workspace);
    workspace.rates.call(name, method.tier);
    return { status: 200, body: { ok: true, ...(await method.run(args, workspace)) } };
  } catch (error) {
    if (error instanceof RateLimited) return limited(error.retryAfter);
    if (error instanceof SlackError)
      return { status: 200, body: { ok: false, error: error.code, ...error.detail } };
    throw error;
  }
}

const methodCalled = (name: string) => (Object.hasOwn(methods, name) ? methods[name] : undefined);

const limited = (seconds: number): Answer => ({
  status: 429,
  body: { ok: false, error: 'ratelimited' },
  headers: { 'retry-after': String(seconds) },
});

/** @throws SlackError not_authed, invalid_auth, not_allowed_token_type, missing_scope */
function authorise(method: Method, token: string | undefined, { app }: Workspace): void {
  if (method.token === 'none') return;
  if (token === undefined) throw new SlackError('not_authed');
  if (token !== botToken && token !== appToken) throw new SlackError('invalid_auth');
  if (token !== (method.token === 'app' ? appToken : botToken))
    throw new SlackError('not_allowed_token_type');
  if (method.scopes.length > 0 && !method.scopes.some((scope) => app.scopes.includes(scope)))
    throw missingScope(method.scopes, app.scopes);
}

/** In a header, a form or the query; Slack does not look for it in a JSON body. */
function tokenOf(request: Request, given: Fields): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (bearer) return bearer;
  const isJson = request.headers.get('content-type')?.startsWith('application/json');
  const sent = isJson ? new URL(request.url).searchParams.get('token') : given.token;
  return typeof sent === 'string' && sent !== '' ? sent : undefined;
}

/** Slack tells of scopes only whom it knows. */
function scopeHeaders(app: AppConfig, name: string, token: string | undefined): Record<string, string> {
  if (token !== botToken && token !== appToken) return {};
  return {
    'x-oauth-scopes': token === appToken ? 'connections:write' : app.scopes.join(','),
    'x-accepted-oauth-scopes': methodCalled(name)?.scopes.join(',') ?? '',
  };
}

function respond({ app }: Workspace, name: string, answer: Answer, token: string | undefined): Response {
  const json = typeof answer.body !== 'string';
  return new Response(json ? JSON.stringify(answer.body) : answer.body, {
    status: answer.status,
    headers: {
      'content-type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
      ...scopeHeaders(app, name, token),
      'x-slack-req-id': randomUUID().replaceAll('-', ''),
      ...answer.headers,
    },
  });
}

function log({ requests, clock }: Workspace, method: string, args: Fields, answer: Answer, ms: number): void {
  const body = typeof answer.body === 'string' ? {} : answer.body;
  requests.add({
    at: new Date(clock.now()).toISOString(),
    method,
    status: answer.dropped ? 'dropped' : answer.status,
    ok: body.ok === true,
    ...(typeof body.error === 'string' ? { error: body.error } : {}),
    ...(answer.fault ? { fault: answer.fault } : {}),
    ms: Math.round(ms * 10) / 10,
    args: new Args(args).visible,
  });
}
