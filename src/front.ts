import { badNews, refusal } from './bad-news.ts';
import type { NamedCommand, Offer } from './command.ts';
import { type Actor, actorId, type Origin } from './core/actor.ts';
import { isAsked } from './core/approval.ts';
import type { Operation } from './core/operation.ts';
import { quoteWord } from './core/parse.ts';
import { Refusal } from './core/refusal.ts';
import type { Report } from './core/report.ts';
import type { Keep } from './core/schedule/model.ts';
import type { Target } from './core/target.ts';
import type { Desk } from './desk.ts';
import { bareLine } from './explain.ts';
import { handle, parse } from './pipeline.ts';
import { type ButtonPress, controlsFor, press } from './presses.ts';
import type { Reply, Request } from './request.ts';
import { sightFor } from './sight.ts';

/** Who does something, where, and a key that a repeated delivery of it has too. */
type Asked = Omit<Request, 'line'>;

export interface Suggestion {
  readonly label: string;
  /** As it is typed into a line: a name in quotes where it needs them, an operation id, a command. */
  readonly value: string;
  readonly hint?: string;
}

/** The product as front ends use it. Every call may be repeated with the same key. */
export interface Front {
  readonly commands: readonly NamedCommand[];
  handle(request: Request): Promise<Reply>;
  press(request: ButtonPress): Promise<Report | undefined>;
  /** A pick from a menu or a press: the opaque key of a line that was offered to this person or to anybody. */
  choose(request: Asked & { readonly choice: string }): Promise<Reply>;
  cancel(request: Asked & { readonly operation: string }): Promise<Report | undefined>;
  suggest(request: {
    readonly what: Offer;
    readonly typed: string;
    readonly actor: Actor;
  }): Promise<readonly Suggestion[]>;
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
    cancel: async ({ operation, actor }) => {
      try {
        await controlsFor(desk, actor).cancel(operation, undefined);
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

const offered = 100;

async function suggest(desk: Desk, request: Parameters<Front['suggest']>[0]): Promise<readonly Suggestion[]> {
  const typed = request.typed.trim().toLowerCase();
  const fits = ({ label, value }: Suggestion) =>
    label.toLowerCase().includes(typed) || value.toLowerCase().includes(typed);
  return (await candidates(desk, request)).filter(fits).slice(0, offered);
}

async function candidates(
  desk: Desk,
  { what, actor }: Parameters<Front['suggest']>[0],
): Promise<readonly Suggestion[]> {
  switch (what) {
    case 'commands':
      return permitted(desk, actor).map(({ name, summary }) => ({ label: name, value: name, hint: summary }));
    case 'operations': {
      const latest = await desk.engine.list({ limit: offered });
      return latest.map(({ id, line, status }) => ({ label: `${id} ${line}`, value: id, hint: status }));
    }
    case 'policies':
      return desk.lights.policies.map(({ name, timetable }) => ({
        label: name,
        value: name,
        hint: timetable.text,
      }));
    case 'apps':
      return desk.deploys.apps.map(({ name, compartment, region }) => ({
        label: name,
        value: name,
        hint: `${compartment}, ${region}`,
      }));
    case 'targets': {
      const sight = lookingAround(desk, actor);
      return sight ? (await sight.cloud.names()).map(suggestion) : [];
    }
  }
}

function suggestion({ name, kind, region, compartment, state }: Target): Suggestion {
  return { label: name, value: quoteWord(name), hint: `${kind}, ${compartment.path}, ${region}, ${state}` };
}

/** What this person would see with `list`; nothing when they may not use it. */
function lookingAround(desk: Desk, actor: Actor) {
  const invocation = parse(desk, { line: 'list' });
  const sight = sightFor(desk, { actor, origin: homeOf(actor) }, invocation);
  return sight.may('list').effect === 'deny' ? undefined : sight;
}

function permitted(desk: Desk, actor: Actor): readonly NamedCommand[] {
  const sight = sightFor(desk, { actor, origin: homeOf(actor) }, parse(desk, { line: 'help' }));
  return desk.commands.filter(({ name }) => sight.may(name).effect !== 'deny');
}

/** Where a person is when they are in no channel: rules about channels do not hold there. */
function homeOf(actor: Actor): Origin {
  return actor.kind === 'slack' ? { kind: 'slack', channel: actor.user } : { kind: 'terminal' };
}

async function home(desk: Desk, actor: Actor): Promise<Home> {
  const open = await desk.engine.list({
    status: ['waiting', 'queued', 'running', 'undoing'],
    limit: offered,
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
