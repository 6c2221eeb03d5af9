import { describe, mentioned, person } from '../describe.ts';
import { askedBy, failedStep, numbersIn, reasonOf } from '../describe-deploy.ts';
import type { Address, Letter } from '../letter.ts';
import { mentionsIn } from '../mentions.ts';
import type { Operation, Progress } from '../operation.ts';
import { type Block, plainText, type Span } from '../report.ts';
import { saidOf } from '../step-words.ts';
import { stopped } from '../text.ts';
import { gatekeepersOf } from './gatekeepers.ts';

/** What happens to a deploy that is told beside its own message. */
export type News =
  | { readonly type: 'begun' | 'ended' }
  /** A step of this place asks somebody, or has come to its end. */
  | { readonly type: 'asks' | 'step'; readonly position: number }
  /** It does not get on and is taken back; `logs` come later, if they come at all. */
  | { readonly type: 'back'; readonly logs?: readonly Log[] };

export interface Log {
  /** `store-v3-1, store`. */
  readonly of: string;
  readonly text: string;
}

/** Where the operation's own message stands, if it has one. */
export type AddressOf = (operation: Operation) => Address | undefined;

/** So much of a log is shown: its end is where it says what went wrong. */
const logLines = 20;
const logLength = 2_000;

/**
 * The letters that tell of it: in the thread of the operation's message, and in the app's own channel where that is
 * another one. One message for each key: told again, it is the same message.
 */
export function newsOf(
  operation: Operation,
  news: News,
  { channel, own }: { readonly channel: string | undefined; readonly own: Address | undefined },
): readonly Letter[] {
  if (!operation.plan.release) return [];
  if (!('position' in news) && news.type !== 'back') return inChannel(operation, channel, own);
  if (!own) return [];
  const told =
    'position' in news ? ofStep(operation, news) : turned(operation, 'logs' in news ? (news.logs ?? []) : []);
  return told ? [{ ...told, to: { kind: 'thread', of: operation.id } }] : [];
}

type Told = Omit<Letter, 'to'>;

function inChannel(
  operation: Operation,
  channel: string | undefined,
  own: Address | undefined,
): readonly Letter[] {
  const { id, startedAt, origin } = operation;
  if (!channel || startedAt === undefined) return [];
  if (own?.kind === 'channel' && own.channel === channel) return [];
  const { title, tone } = describe(operation);
  const from: readonly Span[] =
    origin.kind === 'slack' ? [' asked for in ', { channel: origin.channel }] : [' asked for in a terminal'];
  return [
    {
      key: `${id}#channel`,
      to: { kind: 'channel', channel },
      report: {
        title: operation.finishedAt === undefined ? begun(operation) : title,
        tone,
        blocks: [{ type: 'note', text: [{ code: id }, ...from] }],
      },
    },
  ];
}

/** Not how far it is: that is not told again. */
function begun({ actor, plan }: Operation): readonly Span[] {
  return [person(actor), `: ${plan.title.charAt(0).toLowerCase()}${plan.title.slice(1)} – begun.`];
}

function ofStep(
  operation: Operation,
  { type, position }: Extract<News, { position: number }>,
): Told | undefined {
  const progress = [...operation.steps, ...(operation.undo ?? [])][position];
  if (!progress) return undefined;
  return type === 'asks' ? asked(operation, progress, position) : hookLog(operation, progress, position);
}

function asked(operation: Operation, { step, asks }: Progress, position: number): Told | undefined {
  if (!asks) return undefined;
  const { id, plan } = operation;
  const people = askedBy(operation, gatekeepersOf({ ...plan, waves: [[step]] }));
  const name = plan.release?.app ?? id;
  return {
    key: `${id}#asks-${position}`,
    report: {
      title: [...mentioned(people), `: ${name} – ${asks}`],
      tone: 'waiting',
      blocks: [
        {
          type: 'text',
          text: [
            'Press Promote or Abort on the message above, or type ',
            { run: `promote ${id}` },
            ' or ',
            { run: `abort ${id}` },
            '.',
          ],
        },
      ],
    },
  };
}

function hookLog(
  { id }: Operation,
  { step, state, note, result }: Progress,
  position: number,
): Told | undefined {
  const log = step.verb === 'container-instance.ended' ? logIn(result) : undefined;
  if (log === undefined) return undefined;
  const how = state === 'done' ? 'has ended well' : 'has failed';
  return {
    key: `${id}#log-${position}`,
    report: {
      title: mentionsIn(stopped(`${step.target.name} ${how}: ${firstSentence(note ?? '')}`)),
      tone: state === 'done' ? 'plain' : 'failure',
      blocks: [code(`${step.target.name}.log`, log)],
    },
  };
}

function turned(operation: Operation, logs: readonly Log[]): Told | undefined {
  const { id, undo = [] } = operation;
  if (undo.every(({ state }) => state === 'skipped')) return undefined;
  const failed = failedStep(operation);
  const reason = reasonOf(operation);
  return {
    key: `${id}#back`,
    report: {
      title: ['Taking it back: ', ...reason, '.'],
      tone: failed ? 'failure' : 'warning',
      blocks: [
        ...(failed ? wholeReason(failed, plainText(reason).endsWith('…')) : []),
        ...logs.map(({ of, text: log }) => code(`${of}.log`, log)),
      ],
    },
  };
}

/** What the headline left out: its end where it is long, and what a support request needs. */
function wholeReason(failed: Progress, isCut: boolean): readonly Block[] {
  const { note = '', receipt: { requestId } = {} } = failed;
  const numbers = [
    ...(isCut ? [] : numbersIn(note)),
    ...(requestId && !note.includes(requestId) ? [`opc-request-id ${requestId}`] : []),
  ];
  return [
    ...(isCut ? [text(stopped(saidOf(failed)))] : []),
    ...(numbers.length > 0 ? [{ type: 'note', text: numbers.join('; ') } as const] : []),
  ];
}

/** What a step that waited for an end kept of the log. */
function logIn(result: Progress['result']): string | undefined {
  const log = typeof result === 'object' && result !== null && 'log' in result ? result.log : undefined;
  return typeof log === 'string' ? log : undefined;
}

function code(name: string, log: string): Block {
  return { type: 'code', name, text: lastOf(log) || 'Nothing was written.' };
}

/** The end of a log, in whole lines. */
export function lastOf(log: string): string {
  const lines = log.trimEnd().split('\n').slice(-logLines).join('\n');
  return lines.length > logLength ? lines.slice(-logLength).replace(/^[^\n]*\n(?=.)/s, '') : lines;
}

function firstSentence(note: string): string {
  return note.split('. ')[0] ?? note;
}

function text(sentence: string): Block {
  return { type: 'text', text: mentionsIn(sentence) };
}
