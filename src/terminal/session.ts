import { randomUUID } from 'node:crypto';
import type { Actor } from '../core/actor.ts';
import { describe } from '../core/describe.ts';
import { isFinal, type Operation, type Status } from '../core/operation.ts';
import type { Report } from '../core/report.ts';
import { follow } from './follow.ts';
import type { Bot, Reply, Request } from './ports.ts';

/** How a line ended, as the exit code of the process. */
export const exits = { done: 0, failed: 1, refused: 2, waiting: 3 } as const;

export type Outcome = keyof typeof exits;

/** What came of a line. */
export interface Ending {
  readonly outcome: Outcome;
  readonly report: Report;
  readonly operation?: Operation;
  /** Of a change that nobody was there to confirm: what it would have done. */
  readonly plan?: Report;
}

/** What a session shows while it goes on, and how it asks. */
export interface Face {
  /** Shows a report that is complete in itself. */
  show(report: Report): void;
  /** Shows how far an operation is; called again for each change, at last with `last`. */
  progress(operation: Operation, last: boolean): void;
  /** Asks the person a question; undefined where nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

/**
 * Takes one line to its end: a change is planned, shown and confirmed first, a name that means several is asked
 * about, an operation is followed until it is over or waits for others. What cannot be planned is refused before
 * anybody is asked, or told to add --yes. Aborting the signal ends the following, not the operation.
 */
export async function runLine(
  bot: Bot,
  actor: Actor,
  line: string,
  face: Face,
  options: { readonly yes: boolean; readonly signal: AbortSignal },
): Promise<Ending> {
  const request = (): Request => ({ actor, origin: { kind: 'terminal' }, key: `terminal:${randomUUID()}` });
  const asks = bot.changes(line) && !options.yes;
  if (asks) {
    const dry = await bot.handle({ ...request(), line: `${line} --dry-run` });
    if (dry.vain) return ended(face, { ...dry, outcome: dry.vain === 'denied' ? 'refused' : 'done' });
    if (dry.outcome !== 'done' && !(face.ask && menuOf(dry))) return ended(face, dry);
    if (dry.outcome === 'done') {
      face.show(dry.report);
      if (!face.ask) return { ...ended(face, nobodyToAsk), plan: dry.report };
      if (!(await goesOn(face))) return ended(face, calledOff);
    }
  }
  let reply = await bot.handle({ ...request(), line });
  for (let choice = await chosen(reply, face); choice; choice = await chosen(reply, face)) {
    if (asks && !(await goesOn(face))) return ended(face, calledOff);
    reply = await bot.choose({ ...request(), choice });
  }
  if (!reply.operation) return ended(face, reply);
  return followed(bot, reply, reply.operation, face, options.signal);
}

async function goesOn(face: Face): Promise<boolean> {
  const answer = await face.ask?.('Go on? [y/N] ');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

const nobodyToAsk: Reply = {
  outcome: 'refused',
  report: {
    title: 'That changes the cloud, and there is nobody here to confirm it.',
    tone: 'warning',
    blocks: [{ type: 'text', text: 'Add --yes to run it.' }],
  },
};

const calledOff: Reply = {
  outcome: 'refused',
  report: { title: 'Nothing was changed.', tone: 'plain', blocks: [] },
};

/** The option that the person picks of the reply's menu, if it has one and there is a person. */
async function chosen(reply: Reply, face: Face): Promise<string | undefined> {
  const menu = menuOf(reply);
  if (!menu || !face.ask) return undefined;
  face.show(reply.report);
  const answer = await face.ask(`1 to ${menu.options.length}, or nothing to leave it: `);
  return /^\d+$/.test(answer.trim()) ? menu.options[Number(answer) - 1]?.value : undefined;
}

function menuOf({ report, outcome }: Reply) {
  const menu = report.actions?.find((action) => action.type === 'menu');
  return menu?.type === 'menu' && outcome === 'refused' ? menu : undefined;
}

async function followed(
  bot: Bot,
  reply: Reply,
  id: string,
  face: Face,
  signal: AbortSignal,
): Promise<Ending> {
  let operation: Operation | undefined;
  for await (const next of follow(bot, id, signal)) {
    operation = next;
    face.progress(operation, isOver(operation.status));
  }
  if (!operation) return ended(face, reply);
  if (!isOver(operation.status)) face.show(leftAlone(id));
  return { outcome: outcomeOf(operation.status), report: describe(operation), operation };
}

/** Nothing more will be seen from here: it is final, or others have to decide. */
export function isOver(status: Status): boolean {
  return isFinal(status) || status === 'waiting';
}

function outcomeOf(status: Status): Outcome {
  if (status === 'succeeded') return 'done';
  if (status === 'waiting') return 'waiting';
  return status === 'denied' || status === 'expired' ? 'refused' : 'failed';
}

function leftAlone(id: string): Report {
  return {
    title: [{ code: id }, ' is not finished; it was left as it is.'],
    tone: 'warning',
    blocks: [{ type: 'text', text: ['See how it goes with ', { run: `operations ${id}` }] }],
  };
}

function ended(face: Face, { outcome, report }: Reply): Ending {
  face.show(report);
  return { outcome, report };
}
