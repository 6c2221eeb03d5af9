import { type Look, query, selector } from '../src/command.ts';
import { mention } from '../src/core/describe.ts';
import type { Field, Span, Text } from '../src/core/report.ts';
import type { Decision, Keep, Memory, Pause, Policy } from '../src/core/schedule/model.ts';
import { showDecision, showEdge, showKeep, showPause, showWant } from '../src/core/schedule/show.ts';
import { showMoment } from '../src/core/schedule/until.ts';
import { everything, showSelector } from '../src/core/selector.ts';
import type { Target } from '../src/core/target.ts';
import { stopped } from '../src/core/text.ts';
import { releaseField } from '../src/deploying/releases.ts';
import { theTarget, zoneOf } from '../src/targets.ts';

export default query({
  summary: 'Explain why a resource is up or down, and what comes next',
  examples: ['why web-1'],
  args: { target: selector() },
  async run({ target: selected }, look) {
    const target = await theTarget(look, selected);
    const [found, release] = await Promise.all([lookInto(look, target), releaseField(look, target)]);
    const { decision, keep } = found;
    return {
      title: decision
        ? stopped(`${target.name} is ${target.state}; now I would do ${showDecision(decision)}`)
        : `${target.name} is ${target.state}, and no policy is about it.`,
      tone: 'plain',
      blocks: [
        { type: 'fields', fields: [...release, ...fieldsOf(target, found)] },
        {
          type: 'note',
          text: keep
            ? ['To give it back to its schedule: ', { run: `keep ${named(target)} end` }]
            : ['To overrule it: ', { run: `keep ${named(target)} on for 2h` }],
        },
      ],
    };
  },
});

/** As it has to be typed. */
function named({ name }: Target): string {
  return showSelector({ ...everything, names: [name] });
}

interface Found {
  readonly zone: string;
  /** The one that decides. */
  readonly policy: Policy | undefined;
  readonly others: readonly Policy[];
  readonly decision: Decision | undefined;
  /** What would be done at the next edge, if it is as it is now. */
  readonly then: Decision | undefined;
  readonly memory: Memory | undefined;
  readonly keep: Keep | undefined;
  readonly pause: Pause | undefined;
  readonly controller: string | undefined;
  readonly now: number;
}

async function lookInto(look: Look, target: Target): Promise<Found> {
  const { lights, cloud, now } = look;
  const [[decision], memory, keeps, pauses, { by }] = await Promise.all([
    lights.decide([target]),
    lights.memory([target.ocid]),
    lights.keeps(),
    lights.pauses(),
    cloud.controllers(),
  ]);
  const all = lights.about(target);
  const policy = all.find(({ name }) => name === decision?.policy) ?? all[0];
  const [then] = decision?.next ? await lights.decide([target], decision.next.at) : [];
  return {
    zone: zoneOf(look, policy),
    policy,
    others: all.filter((each) => each !== policy),
    decision,
    then,
    memory: memory.get(target.ocid),
    keep: keeps.find(({ ocid }) => ocid === target.ocid),
    pause: pauses.find((each) => each.policy === policy?.name),
    controller: target.managedBy ?? by.get(target.ocid),
    now,
  };
}

function fieldsOf(target: Target, found: Found): readonly Field[] {
  const { zone, policy, others, decision, then, memory, keep, pause, controller, now } = found;
  const fields: readonly (readonly [string, Text | undefined])[] = [
    ['Policy', decision && policyText(decision, policy)],
    [
      'Also about it',
      others.length > 0 ? others.map(({ name, place }) => `${name} (${place})`).join(', ') : undefined,
    ],
    ['Window', policy && windowText(policy, now)],
    ['Kept', keep && keepText(keep, zone)],
    ['Paused', pause && [`${showPause(pause, zone)}, by `, mention(pause.by)]],
    ['Left alone', decision?.left && `${decision.left}: ${decision.because}`],
    ['Something else decides too', controller],
    ['Last decision', memory && memoryText(memory)],
    ['Turned back by somebody else', flipsText(memory, zone)],
    ['Next', decision?.next && `${showEdge(decision.next, zone)}: ${decision.next.because}`],
    ['What it would do then', then && `as it is now, ${target.state}: ${showDecision(then)}`],
  ];
  return fields.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function policyText({ policy: name, group }: Decision, policy: Policy | undefined): string {
  const how = policy?.protects ? ', which never lets it stop' : policy?.enforced ? ', enforced' : '';
  return `${name}, group ${group}${policy ? `, written in ${policy.place}` : ''}${how}`;
}

function windowText({ timetable }: Policy, now: number): string {
  const { want, because, since, until } = timetable.at(now);
  return [
    `${showWant(want)}: ${because}`,
    ...(since === undefined ? [] : [`since ${showMoment(since, timetable.zone)}`]),
    ...(until === undefined ? [] : [`until ${showMoment(until, timetable.zone)}`]),
    `of ${timetable.text}`,
  ].join(', ');
}

function keepText(keep: Keep, zone: string): readonly Span[] {
  const { by, because, id } = keep;
  return [
    `${showKeep(keep, zone)}, by `,
    mention(by),
    ...(because ? [` – “${because}”`] : []),
    ' ',
    { code: id },
  ];
}

function memoryText({
  want,
  decidedAt,
  because,
  outcome,
  operation,
  tries,
  retryAt,
  policy,
}: Memory): readonly Span[] {
  return [
    `${showWant(want)} by ${policy}, `,
    { time: decidedAt },
    `: ${because}; ${outcomes[outcome]}`,
    ...(operation ? [' in ', { code: operation }] : []),
    ...(tries > 0 ? [`, ${tries} ${tries === 1 ? 'try' : 'tries'} failed`] : []),
    ...(retryAt === undefined ? [] : [', again ', { time: retryAt }]),
  ];
}

const outcomes: Readonly<Record<Memory['outcome'], string>> = {
  none: 'nothing had to be done',
  pending: 'under way',
  done: 'done',
  failed: 'failed',
};

function flipsText(memory: Memory | undefined, zone: string): string | undefined {
  const flips = memory?.flips ?? [];
  return flips.length > 0 ? flips.map((at) => showMoment(at, zone)).join(', ') : undefined;
}
