import { badNews, refusal } from './bad-news.ts';
import type { NamedCommand } from './command.ts';
import { type Actor, actorId } from './core/actor.ts';
import { isAsked } from './core/approval.ts';
import { instancesLeft } from './core/leftovers.ts';
import type { Operation } from './core/operation.ts';
import { quoteWord } from './core/parse.ts';
import { Refusal } from './core/refusal.ts';
import type { Report } from './core/report.ts';
import type { Keep } from './core/schedule/model.ts';
import type { Desk } from './desk.ts';
import { bareLine } from './explain.ts';
import { permitted, type Suggestion, suggest, type Typing } from './offers.ts';
import { handle, parse } from './pipeline.ts';
import { type ButtonPress, controlsFor, press } from './presses.ts';
import type { Reply, Request } from './request.ts';

/** Who does something, where, and a key that a repeated delivery of it has too. */
type Asked = Omit<Request, 'line'>;

/** The product as front ends use it. Every call may be repeated with the same key. */
export interface Front {
  readonly commands: readonly NamedCommand[];
  handle(request: Request): Promise<Reply>;
  press(request: ButtonPress): Promise<Report | undefined>;
  /** A pick from a menu or a press: the opaque key of a line that was offered to this person or to anybody. */
  choose(request: Asked & { readonly choice: string }): Promise<Reply>;
  /** Retires an instance that an operation left behind, by its place among those. */
  retire(request: Asked & { readonly operation: string; readonly place: number }): Promise<Reply>;
  cancel(request: Asked & { readonly operation: string }): Promise<Report | undefined>;
  suggest(request: Typing): Promise<readonly Suggestion[]>;
  home(actor: Actor): Promise<Home>;
  /** Why the line could not be run as it is written, or undefined. Nothing is looked up. */
  fault(line: string): string | undefined;
}

export interface Home {
  /** What waits for this person's decision. */
  readonly approvals: readonly Operation[];
  /** This person's operations that are not over. */
  readonly running: readonly Operation[];
  /** What this person keeps on or off, and what it is called where that is known. */
  readonly keeps: readonly { readonly keep: Keep; readonly name: string }[];
  /** What this person may run. */
  readonly commands: readonly NamedCommand[];
}

export function frontOf(desk: Desk): Front {
  return {
    commands: desk.commands,
    handle: (request) => handle(desk, { ...request, line: request.line.trim() && bareLine(request.line) }),
    press: (request) => press(desk, request),
    choose: async ({ choice, ...asked }) => {
      try {
        return await handle(desk, { ...asked, line: await desk.choices.line(choice, asked.actor) });
      } catch (error) {
        return badNews(desk, { ...asked, line: '' }, error);
      }
    },
    retire: async ({ operation, place, ...asked }) => {
      try {
        return await handle(desk, { ...asked, line: await retireLine(desk, operation, place) });
      } catch (error) {
        return badNews(desk, { ...asked, line: '' }, error);
      }
    },
    cancel: async ({ operation, ...who }) => {
      try {
        await controlsFor(desk, who).cancel(operation, undefined);
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return refusal(error);
        throw error;
      }
    },
    suggest: (request) => suggest(desk, request),
    home: (actor) => home(desk, actor),
    fault: (line) => {
      try {
        parse(desk, { line });
        return undefined;
      } catch (error) {
        if (error instanceof Refusal) return error.message;
        throw error;
      }
    },
  };
}

/** The line of a button: the name is what the store says, not what the message does. */
async function retireLine({ engine }: Desk, id: string, place: number): Promise<string> {
  const operation = await engine.get(id);
  const left = operation && instancesLeft(operation)[place];
  if (left) return `retire ${quoteWord(left.name)}`;
  throw new Refusal('That instance is no longer left behind.', 'See what was with: operations');
}

/** So many open operations are looked at. */
const most = 100;

async function home(desk: Desk, actor: Actor): Promise<Home> {
  const open = await desk.engine.list({
    status: ['waiting', 'queued', 'running', 'undoing'],
    limit: most,
  });
  const mine = (each: Operation) => actorId(each.actor) === actorId(actor);
  return {
    approvals: open.filter(
      (each) =>
        each.status === 'waiting' && !mine(each) && each.approval?.asks.some((ask) => isAsked(ask, actor)),
    ),
    running: open.filter(mine),
    keeps: await keepsOf(desk, actor),
    commands: permitted(desk, actor),
  };
}

async function keepsOf({ lights, cloud }: Desk, actor: Actor): Promise<Home['keeps']> {
  const keeps = (await lights.keeps()).filter(({ by }) => by === actorId(actor));
  if (keeps.length === 0) return [];
  const names = new Map((await cloud.names()).map(({ ocid, name }) => [ocid, name]));
  return keeps.map((keep) => ({ keep, name: names.get(keep.ocid) ?? keep.ocid }));
}
