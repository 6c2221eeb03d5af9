import { randomBytes } from 'node:crypto';
import { CloudError } from './core/fault.ts';
import { mentionsIn } from './core/mentions.ts';
import { Refusal } from './core/refusal.ts';
import type { Action, Report } from './core/report.ts';
import type { Desk } from './desk.ts';
import { withTarget } from './line/families.ts';
import type { Reply, Request } from './request.ts';
import { Ambiguous } from './targets.ts';

/** The one place where something that went wrong becomes words for a person. */
export async function badNews(desk: Desk, request: Request, error: unknown): Promise<Reply> {
  const refused = { visibility: 'caller', outcome: 'refused' } as const;
  if (error instanceof Ambiguous) return { ...refused, report: await whichOne(desk, request, error) };
  if (error instanceof Refusal) return { ...refused, report: refusal(error) };
  if (error instanceof CloudError)
    return { ...refused, outcome: 'failed', report: cloudTrouble(desk, request, error) };
  const quote = `err-${randomBytes(4).toString('hex')}`;
  desk.log.error({ err: error, quote, line: request.line, actor: request.actor }, 'a command broke');
  return { ...refused, outcome: 'failed', report: broken(quote) };
}

export function refusal({ message, hint, actions }: Refusal): Report {
  return {
    title: mentionsIn(message),
    tone: 'warning',
    blocks: hint ? [{ type: 'text', text: mentionsIn(hint) }] : [],
    ...(actions.length > 0 ? { actions } : {}),
  };
}

function broken(quote: string): Report {
  return {
    title: `Something broke on my side. Nothing more will happen; quote ${quote} to those who run me.`,
    tone: 'failure',
    blocks: [],
  };
}

function cloudTrouble(desk: Desk, { line }: Request, error: CloudError): Report {
  desk.log.warn({ err: error, line, opcRequestId: error.requestId }, 'OCI refused or did not answer');
  const next =
    error.status === 401
      ? 'The bot’s own credentials were refused; doctor shows which.'
      : error.status === 404 || error.status === 403
        ? 'It is gone, or the bot’s IAM policy does not cover it; doctor shows what is missing.'
        : 'Try again in a minute; doctor shows what does not answer.';
  return {
    title: `OCI did not let me: ${error.message}`,
    tone: 'failure',
    blocks: [
      { type: 'text', text: next },
      {
        type: 'note',
        text: `${error.operation} · ${error.status || 'no reply'} ${error.code}${error.requestId ? ` · opc-request-id ${error.requestId}` : ''}`,
      },
    ],
  };
}

/** A menu whose options are opaque keys: the lines that they stand for stay in the store. */
async function whichOne(desk: Desk, { line, actor }: Request, error: Ambiguous): Promise<Report> {
  const shown = error.choices.slice(0, 100);
  const keys = await desk.choices.keep(
    shown.map(({ ocid }) => withTarget(desk.commands, line, ocid)),
    actor,
  );
  const menu: Action = {
    type: 'menu',
    id: 'choose',
    label: 'Which one?',
    options: shown.map(({ label, hint }, at) => ({ label, hint, value: keys[at] as string })),
  };
  return refusal(new Refusal(error.message, error.hint, [menu]));
}
