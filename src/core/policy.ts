import { type Actor, actorIds, type Origin } from './actor.ts';
import type { Ask } from './approval.ts';
import { canonical } from './json.ts';
import { hasTag, like } from './selector.ts';
import type { Target } from './target.ts';

/**
 * One rule of `lamplighter.yml`. All conditions given must hold; those left out hold for everything.
 * The first rule that matches decides; where none matches the answer is no.
 */
export interface Rule {
  readonly name: string;
  /** U… and S… ids, `terminal`, `schedule` or `schedule:dev`; `anyone` has to be said. */
  readonly who: readonly string[];
  /** Command names, or `*`. */
  readonly commands: readonly string[];
  readonly where?: {
    /** Channel ids (C…, G…, D…), or `terminal`. */
    readonly channels?: readonly string[];
    /** Tag key → accepted values, `*` for any. */
    readonly tags?: Readonly<Record<string, readonly string[]>>;
    /** Compartment paths or OCIDs; `shop` means shop and everything below, `shop/*` only what is below. */
    readonly compartments?: readonly string[];
    readonly regions?: readonly string[];
    readonly kinds?: readonly string[];
    /** At most so many targets in one plan. */
    readonly atMost?: number;
  };
  /** Argument or flag name → accepted values, `*` for any. */
  readonly arguments?: Readonly<Record<string, readonly string[]>>;
  readonly effect: 'allow' | 'deny' | Ask;
  /** Of a deny: the reason, as the person is told it. */
  readonly because?: string;
}

/** What is asked of the rules. Without targets the question is "may this person use the command at all?". */
export interface Question {
  readonly actor: Actor;
  readonly origin: Origin;
  readonly command: string;
  /** What was given, as text. Absent where the line is not known yet, as in help. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly targets?: readonly Target[];
}

export type Verdict =
  | { readonly effect: 'allow'; readonly rules: readonly string[] }
  /** Targets under different rules ask each of them: all asks must be met. */
  | { readonly effect: 'ask'; readonly rules: readonly string[]; readonly asks: readonly Ask[] }
  /** `rules` is empty where no rule matched; `because` is one or more whole sentences. */
  | { readonly effect: 'deny'; readonly rules: readonly string[]; readonly because: string };

/** Whether a rule is about a question: it is, it may be (its targets are not known yet), or why it is not. */
export type Fit = 'yes' | 'maybe' | { readonly no: string };

/**
 * What the rules say. With targets, each is decided by the first rule that matches it and the strictest
 * decision holds for all. Without, the most that the person may be allowed here: a rule whose target
 * or argument conditions cannot be judged yet counts as possible.
 */
export function decide(rules: readonly Rule[], question: Question): Verdict {
  const { targets = [] } = question;
  if (targets.length === 0) return inPrinciple(rules, question);
  const decided = targets.map((target) => ({
    target,
    rule: rules.find((rule) => suits(rule, question, target) === 'yes'),
  }));
  const refused = decided.filter(({ rule }) => !rule || rule.effect === 'deny');
  if (refused.length > 0) return tooMany(rules, question, refused) ?? refuse(question, refused);
  return together(decided.flatMap(({ rule }) => rule ?? []));
}

/** The effect in one word. */
export function effectOf(rule: Rule): 'allow' | 'ask' | 'deny' {
  return typeof rule.effect === 'string' ? rule.effect : 'ask';
}

/** Whether the rule is about the question, with the given one of its targets. */
export function suits(rule: Rule, question: Question, target?: Target): Fit {
  const { actor, origin, command } = question;
  const ids = actorIds(actor);
  if (!isAnyone(rule, actor) && !rule.who.some((id) => ids.includes(id)))
    return { no: actor.kind === 'schedule' ? 'it is not for schedules' : 'it is for other people' };
  if (!rule.commands.includes('*') && !rule.commands.includes(command))
    return { no: `it is about ${rule.commands.length > 4 ? 'other commands' : rule.commands.join(', ')}` };
  const here = origin.kind === 'slack' ? origin.channel : 'terminal';
  if (rule.where?.channels && !rule.where.channels.includes(here))
    return { no: 'it holds in other channels' };
  const given = argumentsFit(rule, question);
  if (typeof given === 'object') return given;
  const aimed = targetFit(rule, question, target);
  return aimed === 'yes' ? given : aimed;
}

/**
 * `anyone` lets people do something, never a schedule, whose rights have to be written out; what it
 * denies it denies to schedules too.
 */
function isAnyone(rule: Rule, actor: Actor): boolean {
  return rule.who.includes('anyone') && (actor.kind !== 'schedule' || rule.effect === 'deny');
}

function argumentsFit(rule: Rule, question: Question): Fit {
  const conditions = Object.entries(rule.arguments ?? {});
  if (conditions.length === 0) return 'yes';
  if (!question.arguments) return 'maybe';
  for (const [name, accepted] of conditions) {
    const value = Object.hasOwn(question.arguments, name) ? question.arguments[name] : undefined;
    if (value === undefined) return { no: `it needs ${name} to be given` };
    if (!accepted.some((pattern) => like(pattern, value)))
      return { no: `it needs ${name} ${either(accepted)}` };
  }
  return 'yes';
}

function targetFit(rule: Rule, { targets = [] }: Question, target: Target | undefined): Fit {
  const { tags, compartments, regions, kinds, atMost } = rule.where ?? {};
  if (!target) return (tags ?? compartments ?? regions ?? kinds ?? atMost) === undefined ? 'yes' : 'maybe';
  if (atMost !== undefined && targets.length > atMost)
    return { no: `it holds for at most ${atMost} at once, and these are ${targets.length}` };
  const { name, region, kind, compartment } = target;
  for (const [key, accepted] of Object.entries(tags ?? {}))
    if (!accepted.some((value) => hasTag(target, key, value)))
      return { no: `${name} ${heldTag(target, key)}, not ${key} ${either(accepted)}` };
  if (compartments && !compartments.some((path) => isInCompartment(compartment, path)))
    return { no: `${name} is in compartment ${compartment.path}` };
  if (regions && !regions.includes(region)) return { no: `${name} is in ${region}` };
  if (kinds && !kinds.includes(kind)) return { no: `${name} is of kind ${kind}` };
  return 'yes';
}

/** As in OCI's own policies a compartment includes those below it; unlike a selector, the path starts at the root. */
function isInCompartment(compartment: Target['compartment'], wanted: string): boolean {
  if (wanted === compartment.ocid) return true;
  const path = `${compartment.path}/`.toLowerCase();
  const root = `${wanted.replace(/\/\*$/, '')}/`.toLowerCase();
  return path.startsWith(root) && (!wanted.endsWith('/*') || path !== root);
}

function inPrinciple(rules: readonly Rule[], question: Question): Verdict {
  const fits = rules.map((rule) => ({ rule, fit: suits(rule, question) }));
  const certain = fits.findIndex((each) => each.fit === 'yes');
  const possible = fits
    .slice(0, certain < 0 ? fits.length : certain + 1)
    .flatMap((each) => (typeof each.fit === 'string' ? each.rule : []));
  for (const effect of ['allow', 'ask'] as const) {
    const able = possible.filter((rule) => effectOf(rule) === effect);
    if (able.length > 0) return together(able);
  }
  const denier = fits[certain]?.rule;
  const what = `use ${question.command} here`;
  return denier
    ? { effect: 'deny', rules: [denier.name], because: reason(denier, what) }
    : { effect: 'deny', rules: [], because: `No rule lets you ${what}.` };
}

/** All asks of the rules, each once; allow where none asks. */
function together(deciding: readonly Rule[]): Verdict {
  const rules = [...new Set(deciding.map((rule) => rule.name))];
  const asks = deciding.flatMap(({ effect }) => (typeof effect === 'string' ? [] : effect));
  const distinct = [...new Map(asks.map((ask) => [canonical(ask), ask])).values()];
  return distinct.length > 0 ? { effect: 'ask', rules, asks: distinct } : { effect: 'allow', rules };
}

/** The refusal where it is the number alone that no rule covers: each target by itself would be allowed. */
function tooMany(
  rules: readonly Rule[],
  question: Question,
  refused: readonly { readonly target: Target; readonly rule: Rule | undefined }[],
): Verdict | undefined {
  const alone = ({ target, rule }: (typeof refused)[number]) =>
    rule
      ? undefined
      : rules.find((each) => suits(each, { ...question, targets: [target] }, target) === 'yes');
  const limits = refused.map(alone);
  const [limit] = limits;
  const most = limit?.where?.atMost;
  if (
    !limit ||
    most === undefined ||
    limits.some((each) => each?.where?.atMost === undefined || each.effect === 'deny')
  )
    return undefined;
  const because = `The rule “${limit.name}” lets you ${question.command} at most ${most} at once; these are ${question.targets?.length}.`;
  return { effect: 'deny', rules: [], because };
}

function refuse(
  { command }: Question,
  refused: readonly { readonly target: Target; readonly rule: Rule | undefined }[],
): Verdict {
  const rules = [...new Set(refused.map(({ rule }) => rule))];
  const sentences = rules.map((rule) => {
    const names = some(refused.filter((each) => each.rule === rule).map(({ target }) => target.name));
    return rule ? reason(rule, `${command} ${names}`) : `No rule lets you ${command} ${names} here.`;
  });
  return { effect: 'deny', rules: rules.flatMap((rule) => rule?.name ?? []), because: sentences.join(' ') };
}

function reason(rule: Rule, what: string): string {
  const why = rule.because ? `: ${rule.because}` : '.';
  return `The rule “${rule.name}” does not let you ${what}${why}`;
}

function heldTag(target: Target, key: string): string {
  const held = Object.entries(target.tags).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return held ? `has ${key}=${held[1]}` : `has no tag ${key}`;
}

function either(values: readonly string[]): string {
  return values.join(' or ');
}

function some(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
