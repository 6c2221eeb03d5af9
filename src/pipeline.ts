import { badNews } from './bad-news.ts';
import type { Look, NamedCommand } from './command.ts';
import { actorId, isOutOfSight } from './core/actor.ts';
import { describe, describePlan } from './core/describe.ts';
import type { Operation } from './core/operation.ts';
import { cutLine } from './core/parse.ts';
import { type Plan, stepsOf } from './core/plan.ts';
import type { Verdict } from './core/policy.ts';
import { Refusal } from './core/refusal.ts';
import type { Report } from './core/report.ts';
import { nearest } from './core/suggest.ts';
import { stopped } from './core/text.ts';
import { refuseDeadEnd } from './dead-end.ts';
import type { Desk } from './desk.ts';
import { planDigest } from './engine/digest.ts';
import { bareLine, explanation, verdictText } from './explain.ts';
import { bind, type Invocation } from './line/bind.ts';
import { familiesOf, membersOf, namedIn } from './line/families.ts';
import { controlsFor } from './presses.ts';
import type { Reply, Request } from './request.ts';
import { type Sight, sightFor } from './sight.ts';

/**
 * The product in reading order: parse, authorise, answer or plan, authorise the plan, then show it,
 * ask for it or run it. Never throws: a Refusal and a bug both become a reply.
 */
export async function handle(desk: Desk, request: Request): Promise<Reply> {
  const startedAt = desk.clock.now();
  let command = 'none';
  let reply: Reply;
  try {
    const invocation = parse(desk, request);
    command = invocation.command.name;
    reply = await carryOut(desk, request, invocation);
  } catch (error) {
    reply = await badNews(desk, request, error);
  }
  desk.metrics.commands.inc({ command, outcome: reply.outcome });
  desk.metrics.commandSeconds.observe({ command }, (desk.clock.now() - startedAt) / 1000);
  return reply;
}

async function carryOut(desk: Desk, request: Request, invocation: Invocation): Promise<Reply> {
  const { command, input } = invocation;
  const sight = sightFor(desk, request, invocation);
  authorise(sight, command);
  const look = lookFor(desk, request, sight);
  switch (command.type) {
    case 'query':
      return answer(await command.run(input, look), invocation);
    case 'control':
      return answer(await command.run(input, look, controlsFor(desk, request)), invocation);
    case 'change':
      return decide(desk, request, invocation, sight.permitted(await command.plan(input, look)), sight);
  }
}

export function parse({ commands }: Desk, { line }: { readonly line: string }): Invocation {
  const tokens = cutLine(line);
  const help = commands.find(({ name }) => name === 'help');
  const helpOn = (name: string) => help && bind(help, [{ text: name, quoted: false }]);
  if (!tokens[0]?.text && help) return bind(help, []);
  const named = namedIn(commands, tokens);
  if (!named) throw unknownCommand(tokens[0]?.text ?? '', commands);
  const asksHelp = named.rest.some(({ text, quoted }) => !quoted && text === '--help');
  if ('command' in named) return (asksHelp && helpOn(named.command.name)) || bind(named.command, named.rest);
  const about = asksHelp || named.rest.length === 0 ? helpOn(named.family) : undefined;
  if (!about) throw unknownMember(named.family, named.rest[0]?.text ?? '', commands);
  return about;
}

function unknownCommand(name: string, commands: readonly NamedCommand[]): Refusal {
  const names = [...commands.map((command) => command.name), ...familiesOf(commands)];
  const meant = nearest(name, names, 2);
  return new Refusal(
    `There is no command ${name}.`,
    meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : 'See what I can do with: help',
  );
}

function unknownMember(family: string, word: string, commands: readonly NamedCommand[]): Refusal {
  const seconds = membersOf(family, commands).map(({ name }) => name.slice(family.length + 1));
  const meant = nearest(word, seconds, 2);
  return new Refusal(
    `There is no command ${family} ${word}.`,
    meant.length > 0
      ? `Did you mean ${meant.map((each) => `${family} ${each}`).join(' or ')}?`
      : `After ${family} comes ${seconds.join(', ')}.`,
  );
}

/** May this person use the command here at all? Asked before anything about the cloud could leak. */
function authorise(sight: Sight, command: NamedCommand): void {
  const verdict = sight.may(command.name);
  if (verdict.effect === 'deny')
    throw new Refusal(
      `You may not use ${command.name} here: ${stopped(verdict.because)}`,
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
      ...(verdict.effect === 'deny' ? { vain: 'denied' } : {}),
      ...(verdict.effect !== 'deny' && stepsOf(plan).length === 0 ? { vain: 'idle' } : {}),
    };
  }
  if (verdict.effect === 'deny') throw await deny(desk, request, plan, verdict);
  if (stepsOf(plan).length === 0) return { report: nothingToDo(plan), visibility: 'caller', outcome: 'done' };
  const asks = verdict.effect === 'ask' ? verdict.asks : [];
  await refuseDeadEnd(desk.people, request.actor, asks);
  const operation = await desk.engine.propose({
    key: request.key,
    line: plan.line,
    actor: request.actor,
    origin: request.origin,
    plan,
    asks,
    rules: verdict.rules,
  });
  const elsewhere = asks.length > 0 && isOutOfSight(request.origin) ? desk.announce : undefined;
  return {
    report:
      elsewhere && request.origin.kind === 'slack' ? askedIn(elsewhere, operation) : describe(operation),
    visibility: elsewhere ? 'caller' : 'none',
    outcome: operation.status === 'waiting' ? 'waiting' : 'done',
    operation: operation.id,
  };
}

/** A no that was asked for on named resources is kept: who tried what is worth knowing. */
async function deny(desk: Desk, request: Request, plan: Plan, verdict: Extract<Verdict, { effect: 'deny' }>) {
  await desk.engine.note({
    at: desk.clock.now(),
    event: 'refused',
    actor: actorId(request.actor),
    line: plan.line,
    details: { because: verdict.because, rules: verdict.rules.join(', ') },
  });
  return new Refusal(verdict.because, 'See how it was decided with: policy explain, followed by the line.');
}

/** For who asked where the approvers do not look. */
function askedIn(channel: string, { id, plan }: Operation): Report {
  return {
    title: ['I asked for it in ', { channel }, `: ${plan.title}.`],
    tone: 'waiting',
    blocks: [{ type: 'note', text: [{ code: id }, ' To call it off: ', { run: `cancel ${id}` }] }],
  };
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

/** What answers that something is wrong has failed, for whoever asked in a script. */
function answer(report: Report, { share }: Invocation): Reply {
  const outcome = report.tone === 'failure' ? 'failed' : 'done';
  return { report, visibility: share ? 'channel' : 'caller', outcome };
}

function lookFor(desk: Desk, request: Request, sight: Sight): Look {
  return {
    cloud: sight.cloud,
    operations: desk.engine,
    lights: desk.lights,
    deploys: desk.deploys,
    actor: request.actor,
    origin: request.origin,
    now: desk.clock.now(),
    line: request.line,
    commands: desk.commands,
    may: sight.may,
    explain: (line) => explain(desk, { ...request, line: bareLine(line) }),
    deadlines: desk.deadlines,
    checks: desk.checks(),
    checkFile: desk.checkFile,
    ...(request.readFile ? { readFile: request.readFile } : {}),
  };
}

/** Takes a line as far as the rules and no further: which of them decides, and why. */
async function explain(desk: Desk, request: Request): Promise<Report> {
  const invocation = parse(desk, request);
  const { command, input, given } = invocation;
  const sight = sightFor(desk, request, invocation);
  const able = command.type === 'change' && sight.may(command.name).effect !== 'deny';
  const plan = able ? await command.plan(input, lookFor(desk, request, sight)) : undefined;
  const targets = plan ? sight.targetsOf(plan) : [];
  return explanation(desk.rules, {
    actor: request.actor,
    origin: request.origin,
    command: command.name,
    arguments: given,
    targets,
  });
}
