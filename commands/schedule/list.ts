import { type Look, query } from '../../src/command.ts';
import { gapsIn } from '../../src/core/gaps.ts';
import { conditionOf } from '../../src/core/lifecycle.ts';
import { coming, means } from '../../src/core/schedule/meaning.ts';
import type { Keep, Pause, Policy } from '../../src/core/schedule/model.ts';
import { showEdge, showPause, showWant, showWhat } from '../../src/core/schedule/show.ts';
import { everything } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';

export default query({
  summary: 'List the policies, with what they want now and next',
  examples: ['schedule list'],
  async run(_, look) {
    const { cloud, lights, now } = look;
    if (lights.policies.length === 0 && !lights.tags) return none;
    const [{ targets, missing }, keeps, pauses] = await Promise.all([
      cloud.find(everything),
      lights.keeps(),
      lights.pauses(),
    ]);
    return {
      title: `${lights.policies.length} ${lights.policies.length === 1 ? 'policy is' : 'policies are'} written.`,
      tone: missing.length > 0 ? 'warning' : 'plain',
      blocks: [
        ...gapsIn(missing, 'Not counted'),
        {
          type: 'table',
          columns: ['Policy', 'What', 'When', 'Now', 'Next', 'Besides'].map((label) => ({ label })),
          rows: [
            ...lights.policies.map((policy) => row(policy, { targets, keeps, pauses, now })),
            ...(lights.tags ? [await tagsRow(look, lights.tags, targets, pauses)] : []),
          ],
        },
        {
          type: 'note',
          text: [
            'More about one of them: ',
            { run: `schedule show ${(lights.policies[0] ?? lights.tags)?.name}` },
          ],
        },
      ],
    };
  },
});

const none = {
  title: 'No policy is written.',
  tone: 'plain',
  blocks: [
    { type: 'text', text: 'Policies stand under policies: in lamplighter.yml, or in policies/*.yml.' },
  ],
} as const;

/** Resources that carry their schedules themselves: each has its own next. */
async function tagsRow(
  { lights }: Look,
  { name, timetable }: Policy,
  targets: readonly Target[],
  pauses: readonly Pause[],
): Promise<readonly string[]> {
  const own = (await lights.decide(targets)).filter(({ policy }) => policy === name);
  const ocids = new Set(own.map(({ ocid }) => ocid));
  const up = targets.filter((target) => ocids.has(target.ocid) && conditionOf(target) === 'up').length;
  const next = own.flatMap((decision) => decision.next ?? []).sort((a, b) => a.at - b.at)[0];
  const pause = pauses.find(({ policy }) => policy === name);
  return [
    name,
    `${own.length} ${own.length === 1 ? 'resource' : 'resources'}, by their tags`,
    timetable.text,
    `${up} of ${own.length} up`,
    next ? showEdge(next, timetable.zone) : 'nothing within two years',
    pause ? showPause(pause, timetable.zone) : '–',
  ];
}

interface Seen {
  readonly targets: readonly Target[];
  readonly keeps: readonly Keep[];
  readonly pauses: readonly Pause[];
  readonly now: Look['now'];
}

function row(policy: Policy, { targets, keeps, pauses, now }: Seen): readonly string[] {
  const { name, timetable, team } = policy;
  const members = targets.filter((target) => means(policy, target));
  const up = members.filter((target) => conditionOf(target) === 'up').length;
  const kept = keeps.filter(({ ocid }) => members.some((member) => member.ocid === ocid)).length;
  const pause = pauses.find((each) => each.policy === name);
  const [next] = coming(timetable, now, 1);
  return [
    name,
    showWhat(policy),
    timetable.text,
    `${showWant(timetable.at(now).want)}; ${up} of ${members.length} up`,
    next ? showEdge(next, timetable.zone) : '–',
    [
      ...(team ? [team] : []),
      ...(pause ? [showPause(pause, timetable.zone)] : []),
      ...(kept > 0 ? [`${kept} kept`] : []),
    ].join(', ') || '–',
  ];
}
