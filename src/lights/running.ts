import type { Look } from '../command.ts';
import { type Plan, planTarget } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { groupOf } from '../core/schedule/deciding/decide.ts';
import { levelOf, moveTo } from '../core/schedule/deciding/moves.ts';
import { lastSaid } from '../core/schedule/deciding/standing.ts';
import { policiesOf } from '../core/schedule/meaning.ts';
import type { Decision, Policy } from '../core/schedule/model.ts';
import { showKeep } from '../core/schedule/show.ts';
import type { Target } from '../core/target.ts';
import { membersOf } from '../targets.ts';
import { planOf } from './firing.ts';
import type { Ground } from './ground.ts';
import { byOcid, runningKeeps, sightOf } from './sight.ts';

/**
 * The plan of a policy as if its hour had come. What somebody keeps and what another controller decides about
 * is left as it is. Throws a Refusal where the timetable wants nothing now, or a region is away.
 */
export async function planRun(
  ground: Ground,
  look: Pick<Look, 'cloud' | 'lights'>,
  policy: Policy,
  asked: 'up' | 'down' | undefined,
): Promise<Plan> {
  const now = ground.clock.now();
  const want = asked ?? lastSaid(policy.timetable, now);
  if (want === 'any')
    throw new Refusal(`${policy.name} wants nothing in particular now.`, 'Say which way: up or down.');
  if (policy.protects && want === 'down')
    throw new Refusal(
      `${policy.name} never lets its resources stop.`,
      `It is written so at ${policy.place}.`,
    );
  const found = await membersOf(look, policy);
  const [away] = found.missing;
  if (away)
    throw new Refusal(
      `I cannot see what is in ${away.region} (${away.because}), so I cannot plan this safely.`,
      'Try again when it answers.',
    );
  const { situation } = await sightOf(ground, found);
  const keeps = runningKeeps(situation);
  const direction = want === 'down' ? 'down' : 'up';
  const judged = found.targets.map((target) => {
    const keep = keeps.get(target.ocid);
    if (keep && keep.want !== direction)
      return { target, because: `kept ${showKeep(keep, policy.timetable.zone)}` };
    const guard = policiesOf(ground.policies, target).find(({ protects }) => protects);
    if (guard && direction === 'down') return { target, because: `${guard.name} never lets it stop` };
    const other = target.managedBy ?? situation.controllers.get(target.ocid);
    if (other !== undefined) return { target, because: `${other} decides when it runs` };
    return { target, ...decided(target, policy, want, situation.memory.get(target.ocid), now) };
  });
  const decisions = judged.flatMap((each) => ('decision' in each ? [each.decision] : []));
  const addresses = await ground.ledger.addresses(decisions.map(({ ocid }) => ocid));
  const plan = planOf(
    { policy, direction, edge: now, decisions },
    { targets: byOcid(found.targets), addresses, deadlines: ground.deadlines },
  );
  return {
    ...plan,
    unchanged: judged.flatMap((each) =>
      'decision' in each ? [] : [{ target: planTarget(each.target), because: each.because }],
    ),
    line: `schedule run ${policy.name} ${direction}`,
  };
}

function decided(
  target: Target,
  policy: Policy,
  want: Exclude<Decision['want'], 'any'>,
  memory: Parameters<typeof moveTo>[3],
  now: number,
): { readonly decision: Decision } | { readonly because: string } {
  const group = groupOf(policy, target);
  const move = moveTo(want, target, group.dimming, memory);
  if ('already' in move) return { because: move.already };
  if ('wait' in move) return { because: move.wait };
  if ('refuse' in move) return { because: move.refuse };
  const level = levelOf(target, group.dimming);
  return {
    decision: {
      ocid: target.ocid,
      kind: target.kind,
      policy: policy.name,
      group: group.name,
      ...move,
      edge: now,
      want,
      attempt: 1,
      saw: { flips: [], ...(level ? { level } : {}) },
      because: 'somebody carries it out now',
    },
  };
}
