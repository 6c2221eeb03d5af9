import type { Question, Rule } from '../../core/policy.ts';
import { effectOf, suits } from '../../core/policy.ts';
import type { Policy } from '../../core/schedule/model.ts';
import { isEverything } from '../../core/selector.ts';
import { nearest } from '../../core/suggest.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import type { FileRule } from '../rules/schema.ts';

/** Policies that are valid but lead nowhere: the bot starts, and says so. */
export function policyDoubts(policy: Policy, path: Path, rules: readonly Rule[]): readonly Found[] {
  if (policy.protects) return [];
  return [...powerless(policy, path, rules), ...silent(policy, path), ...unreachable(policy, path)];
}

const year = 366 * 86_400_000;

/** Times that say the same twice, or that never count, since others go before them: see `Timetable.overlaps`. */
export function timeDoubts({ timetable }: Policy, path: Path, now: number): readonly Found[] {
  const sentences = timetable.overlaps?.(now, now + year) ?? [];
  return sentences.map((sentence) => ({ path: [...path, 'when'], sentence }));
}

/** Tags that are followed as a policy that may do nothing. */
export function tagDoubts(
  policy: string,
  channel: string | undefined,
  rules: readonly Rule[],
): readonly Found[] {
  const unable = ['start', 'stop'].filter((act) => !limitOf(rules, { name: policy, channel }, act));
  if (unable.length === 0) return [];
  return [{ path: ['schedules', 'tags'], sentence: nothingWill(unable, policy) }];
}

/** Rules that name a policy which is not there: they would hold for whoever takes the name later. */
export function unknownSchedules(rules: readonly FileRule[], names: readonly string[]): readonly Found[] {
  return rules.flatMap(({ who }, at) =>
    who.flatMap((id, index) => {
      const [, name] = /^schedule:(.+)$/.exec(id) ?? [];
      if (name === undefined || names.includes(name)) return [];
      const [near] = nearest(name, names, 1);
      const help = near ? `did you mean schedule:${near}?` : 'schedule alone means every policy';
      return [{ path: ['rules', at, 'who', index], sentence: `"${name}" is not a policy; ${help}` }];
    }),
  );
}

/** What no rule lets the policy do, and how much less than it means to. */
function powerless(policy: Policy, path: Path, rules: readonly Rule[]): readonly Found[] {
  const acts = actsOf(policy);
  const able = acts.map((act) => limitOf(rules, policy, act));
  const unable = acts.filter((_, at) => able[at] === undefined);
  if (unable.length > 0) {
    return [{ path, sentence: nothingWill(unable, policy.name) }];
  }
  const least = able.flatMap((each) => each ?? []).toSorted((a, b) => a.most - b.most)[0];
  if (!least || policy.atMost <= least.most) return [];
  const sentence = `goes up to ${policy.atMost} resources at once, but the rule "${least.rule}" lets a schedule have at most ${least.most}: more are refused, and nothing happens. Give the policy atMost: ${least.most}, or the rule more`;
  return [{ path: [...path, 'atMost'], sentence }];
}

function nothingWill(acts: readonly string[], policy: string): string {
  return `nothing will ${acts.join(' or ')}: no rule lets it. Name schedule or schedule:${policy} in who of a rule with commands: [${acts.join(', ')}]`;
}

function actsOf({ groups }: Policy): readonly string[] {
  return ['start', ...new Set(groups.map(({ dimming }) => dimming.act))];
}

/** The most that a rule lets the policy do at once; undefined where none lets it at all. */
function limitOf(
  rules: readonly Rule[],
  { name, channel }: { readonly name: string; readonly channel?: string | undefined },
  command: string,
): { readonly most: number; readonly rule: string } | undefined {
  const question: Question = {
    actor: { kind: 'schedule', policy: name },
    origin: channel ? { kind: 'slack', channel } : { kind: 'terminal' },
    command,
  };
  let best: { readonly most: number; readonly rule: string } | undefined;
  for (const rule of rules) {
    const fit = suits(rule, question);
    if (typeof fit === 'object') continue;
    const most = rule.where?.atMost ?? Number.POSITIVE_INFINITY;
    if (effectOf(rule) !== 'deny' && (!best || most > best.most)) best = { most, rule: rule.name };
    if (fit === 'yes') break;
  }
  return best;
}

function silent({ channel }: Policy, path: Path): readonly Found[] {
  if (channel) return [];
  const sentence =
    'is missing, and so is slack.announce: nobody will be warned of its stops or read what it did. Give the id of a channel';
  return [{ path: [...path, 'channel'], sentence }];
}

function unreachable({ groups }: Policy, path: Path): readonly Found[] {
  const open = groups.findIndex(({ what }) => what.some(isEverything));
  if (open < 0 || open === groups.length - 1) return [];
  const sentence = `${groups[open]?.name} takes everything, so that nothing is left for the groups after it`;
  return [{ path: [...path, 'groups', open], sentence }];
}
