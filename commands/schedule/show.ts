import { type Look, query, word } from '../../src/command.ts';
import { mention } from '../../src/core/describe.ts';
import { showDuration } from '../../src/core/duration.ts';
import { gapsIn } from '../../src/core/gaps.ts';
import type { Block, Field, Span } from '../../src/core/report.ts';
import { coming } from '../../src/core/schedule/meaning.ts';
import type { Decision, Keep, Policy } from '../../src/core/schedule/model.ts';
import {
  showDecision,
  showEdge,
  showKeep,
  showPause,
  showWant,
  showWhat,
} from '../../src/core/schedule/show.ts';
import { counted, someOf } from '../../src/core/schedule/wording.ts';
import type { Target } from '../../src/core/target.ts';
import { stopped } from '../../src/core/text.ts';
import { membersOf, thePolicy, zoneOf } from '../../src/targets.ts';

/** How many of what comes next are shown. */
const shown = 5;

export default query({
  summary: 'Show everything about one policy: its timetable, its groups and its resources',
  examples: ['schedule show dev-evenings'],
  args: { policy: word('policy', 'the name of a policy', 'policies') },
  async run({ policy: name }, look) {
    const policy = thePolicy(look, name);
    const { timetable } = policy;
    const [{ targets, missing }, pauses] = await Promise.all([membersOf(look, policy), look.lights.pauses()]);
    const pause = pauses.find((each) => each.policy === policy.name);
    const decisions = await look.lights.decide(targets);
    const byTags = policy.name === look.lights.tags?.name;
    const next = byTags ? nextByTags(look, targets, decisions) : nextOf(policy, look.now);
    return {
      title: byTags
        ? `${counted(targets.length, 'resource')} ${targets.length === 1 ? 'says' : 'say'} in ${targets.length === 1 ? 'its' : 'their'} tags when to run.`
        : `${policy.name} wants ${showWant(timetable.at(look.now).want)} now: ${stopped(timetable.at(look.now).because)}`,
      tone: pause || missing.length > 0 ? 'warning' : 'plain',
      blocks: [
        ...(pause
          ? [
              {
                type: 'text',
                text: [`It is ${showPause(pause, timetable.zone)}, by `, mention(pause.by), '.'],
              } as const,
            ]
          : []),
        { type: 'fields', fields: fieldsOf(policy) },
        ...groupsOf(policy),
        { type: 'heading', text: 'What comes next' },
        {
          type: 'list',
          items: next.length > 0 ? next : ['Nothing within two years.'],
        },
        { type: 'heading', text: 'Resources' },
        ...gapsIn(missing, 'Not shown'),
        await membersTable(look, policy, targets, decisions),
      ],
    };
  },
});

function fieldsOf(policy: Policy): readonly Field[] {
  const { timetable, team, channel, enforced, protects, warning, atMost, longestKeep, settleIn, place } =
    policy;
  return [
    { label: 'What', value: showWhat(policy) },
    { label: 'When', value: `${timetable.text} (${timetable.zone})` },
    ...(team ? [{ label: 'Team', value: team }] : []),
    ...(channel ? [{ label: 'Channel', value: [{ channel }] satisfies Span[] }] : []),
    {
      label: 'How',
      value: protects
        ? 'never stops, whatever other policies say'
        : enforced
          ? 'enforced: what is done by hand is put right'
          : 'at its edges: what is done by hand holds until the next one',
    },
    { label: 'Warning', value: warning > 0 ? `${showDuration(warning)} before a stop` : 'none' },
    { label: 'Without asking', value: `${atMost} resources at once` },
    { label: 'Longest keep', value: showDuration(longestKeep) },
    { label: 'New resources', value: `left alone for ${showDuration(settleIn)}` },
    { label: 'Written in', value: place },
  ];
}

/** Groups are worth showing where they are more than the one that holds everything. */
function groupsOf({ groups }: Policy): readonly Block[] {
  if (groups.length < 2) return [];
  return [
    { type: 'heading', text: 'Groups, in the order of the way up' },
    {
      type: 'table',
      columns: ['Group', 'What', 'Down means'].map((label) => ({ label })),
      rows: groups.map(({ name, what, dimming }) => [
        name,
        showWhat({ what, except: [] }) || 'all others',
        dimming.act === 'scale' ? `size ${dimming.size}` : 'stop',
      ]),
    },
  ];
}

function nextOf({ timetable }: Policy, now: number): readonly string[] {
  return coming(timetable, now, shown).map((edge) => `${showEdge(edge, timetable.zone)}: ${edge.because}`);
}

/** Each resource has its own next; those of one moment stand together. */
function nextByTags(
  look: Look,
  targets: readonly Target[],
  decisions: readonly Decision[],
): readonly string[] {
  const byOcid = new Map(targets.map((target) => [target.ocid, target]));
  const turns = new Map<string, string[]>();
  for (const { ocid, next } of decisions.toSorted((a, b) => (a.next?.at ?? 0) - (b.next?.at ?? 0))) {
    const target = byOcid.get(ocid);
    if (!target || !next) continue;
    const when = showEdge(next, zoneOf(look, look.lights.about(target)[0]));
    turns.set(when, [...(turns.get(when) ?? []), target.name]);
  }
  return [...turns].slice(0, shown).map(([when, names]) => `${when}: ${someOf(names)}`);
}

async function membersTable(
  { lights }: Look,
  policy: Policy,
  targets: readonly Target[],
  decisions: readonly Decision[],
): Promise<Block> {
  if (targets.length === 0) return { type: 'text', text: 'It means nothing that I can see.' };
  const keeps = await lights.keeps();
  const decided = new Map(decisions.map((decision) => [decision.ocid, decision]));
  const kept = new Map(keeps.map((keep): [string, Keep] => [keep.ocid, keep]));
  return {
    type: 'table',
    columns: ['Name', 'Kind', 'State', 'Group', 'To do now'].map((label) => ({ label })),
    rows: targets.map(({ ocid, name, kind, state }) => {
      const [decision, keep] = [decided.get(ocid), kept.get(ocid)];
      const todo = keep
        ? `kept ${showKeep(keep, policy.timetable.zone)}`
        : decision
          ? showDecision(decision)
          : '–';
      const elsewhere = decision && decision.policy !== policy.name ? ` (${decision.policy})` : '';
      return [name, kind, state, decision?.group ?? '–', `${todo}${elsewhere}`];
    }),
  };
}
