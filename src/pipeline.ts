import { badNews } from './bad-news.ts';
import { bind, type Invocation } from './bind.ts';
import type { Look, NamedCommand } from './command.ts';
import type { Actor, Origin } from './core/actor.ts';
import { describe, describePlan } from './core/describe.ts';
import { cutLine } from './core/parse.ts';
import { type Plan, stepsOf } from './core/plan.ts';
import type { Verdict } from './core/policy.ts';
import { Refusal } from './core/refusal.ts';
import type { Report } from './core/report.ts';
import { nearest } from './core/suggest.ts';
import type { Desk } from './desk.ts';
import { planDigest } from './engine/digest.ts';
import { explain, verdictText } from './explain.ts';
import { type Sight, sightFor } from './sight.ts';

/** One line from someone somewhere. `key` is the same for a repeated delivery of the same line. */
export interface Request {
  readonly line: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly key: string;
}

export interface Reply {
  readonly report: Report;
  /** Who sees the report; `none` when the operation's own message says it all. */
  readonly visibility: 'caller' | 'channel' | 'none';
  readonly outcome: 'done' | 'failed' | 'refused' | 'waiting';
  /** The operation that came of it. */
  readonly operation?: string;
}

/**
 * The product in reading order: parse, authorise, answer or plan, authorise the plan, then show it,
 * ask for it or run it. Never throws: a Refusal and a bug both become a reply.
 */
export async function handle(desk: Desk, request: Request): Promise<Reply> {
  try {
    const invocation = parse(desk, request);
    const sight = sightFor(desk, request, invocation);
    authorise(sight, invocation.command);
    const look = lookFor(desk, request, sight);
    switch (invocation.command.type) {
      case 'query':
        return answer(await invocation.command.run(invocation.input, look), invocation);
      case 'control':
        return answer(
          await invocation.command.run(invocation.input, look, desk.controlsFor(request)),
          invocation,
        );
      case 'change': {
        const plan = await invocation.command.plan(invocation.input, look);
        return await decide(desk, request, invocation, plan, sight);
      }
    }
  } catch (error) {
    return badNews(desk, request, error);
  }
}

export function parse({ commands }: Desk, { line }: { readonly line: string }): Invocation {
  const tokens = cutLine(line);
  const [first, ...rest] = tokens;
  const named = (name: string) => commands.find((command) => command.name === name);
  const help = named('help');
  if (!first && help) return bind(help, []);
  const command = named(first?.text.toLowerCase() ?? '');
  if (!command) throw unknownCommand(first?.text ?? '', commands);
  const asksHelp = rest.some(({ text, quoted }) => !quoted && text === '--help');
  return asksHelp && help ? bind(help, [{ text: command.name, quoted: false }]) : bind(command, rest);
}

function unknownCommand(name: string, commands: readonly NamedCommand[]): Refusal {
  const names = commands.map((command) => command.name);
  const meant = nearest(name, names, 2);
  return new Refusal(
    `There is no command ${name}.`,
    meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : 'See what I can do with: help',
  );
}

/** May this person use the command here at all? Asked before anything about the cloud could leak. */
function authorise(sight: Sight, command: NamedCommand): void {
  const verdict = sight.may(command.name);
  if (verdict.effect === 'deny')
    throw new Refusal(
      `You may not use ${command.name} here: ${verdict.because}.`,
      'See what you may do with: whoami',
    );
}

async function decide(
  desk: Desk,
  request: Request,
  { dryRun }: Invocation,
  plan: Plan,
  sight: Sight,
): Promise<Reply> {
  const digest = planDigest(plan);
  const verdict = sight.decide(sight.targetsOf(plan));
  if (dryRun) {
    return {
      report: describePlan(plan, digest, verdictText(verdict)),
      visibility: 'caller',
      outcome: 'done',
    };
  }
  if (verdict.effect === 'deny') throw deniedPlan(verdict);
  if (stepsOf(plan).length === 0) return { report: nothingToDo(plan), visibility: 'caller', outcome: 'done' };
  const asks = verdict.effect === 'ask' ? verdict.asks : [];
  await desk.refuseDeadEnd(request.actor, asks);
  const operation = await desk.engine.propose({
    key: request.key,
    line: plan.line,
    actor: request.actor,
    origin: request.origin,
    plan,
    asks,
    rules: verdict.rules,
  });
  return {
    report: describe(operation),
    visibility: 'none',
    outcome: operation.status === 'waiting' ? 'waiting' : 'done',
    operation: operation.id,
  };
}

function deniedPlan(verdict: Extract<Verdict, { effect: 'deny' }>): Refusal {
  return new Refusal(
    `The rules do not let you do this: ${verdict.because}.`,
    'See why with: policy explain …',
  );
}

function nothingToDo({ unchanged }: Plan): Report {
  return {
    title: 'Nothing to do: everything already is as you want it.',
    tone: 'success',
    blocks: [
      {
        type: 'list',
        items: unchanged.map(({ target, because }) => `${target.name} (${target.region}): ${because}`),
      },
    ],
  };
}

function answer(report: Report, { share }: Invocation): Reply {
  return { report, visibility: share ? 'channel' : 'caller', outcome: 'done' };
}

function lookFor(desk: Desk, request: Request, sight: Sight): Look {
  return {
    cloud: sight.cloud,
    operations: desk.engine,
    actor: request.actor,
    origin: request.origin,
    now: desk.clock.now(),
    line: request.line,
    commands: desk.commands,
    may: sight.may,
    explain: (line) => explain(desk, { ...request, line }),
    checks: desk.checks,
  };
}
