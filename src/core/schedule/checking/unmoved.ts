import { factsOf } from '../../kinds/all.ts';
import { takes } from '../../lifecycle.ts';
import type { Target } from '../../target.ts';
import { stopped } from '../../text.ts';
import { groupOf } from '../meaning.ts';
import type { Policy } from '../model.ts';
import { grouped, someOf } from '../wording.ts';
import type { Census } from './census.ts';
import type { Oddity } from './oddity.ts';

/** Resources that a policy cannot bring down, or that cost as much when they are. Each reason is told once. */
export function unmovedBy(policy: Policy, { membersOf }: Census): readonly Oddity[] {
  if (policy.protects) return [];
  const told = membersOf(policy).flatMap((target) => {
    const because = reasonFor(policy, target);
    return because === undefined ? [] : [{ name: target.name, because }];
  });
  return grouped(told, ({ because }) => because).map((rows) => ({
    places: [policy.place],
    sentence: sentenceOf(policy, someOf(rows.map(({ name }) => name)), rows[0]?.because ?? ''),
  }));
}

const idle = 'saves nothing';

function sentenceOf({ name }: Policy, names: string, because: string): string {
  return because === idle
    ? `${name} saves nothing with ${names}: what its shape holds is billed while it is off too.`
    : `${name} leaves ${names} alone: ${stopped(because)}`;
}

function reasonFor(policy: Policy, target: Target): string | undefined {
  const { kind, refuses, managedBy, billedOff } = target;
  if (managedBy !== undefined) return `${managedBy} decides when it runs`;
  const { act } = groupOf(policy, target).dimming;
  if (!takes(act, kind)) return `no ${factsOf(kind).title} can be ${act === 'stop' ? 'stopped' : 'scaled'}`;
  const refused = refuses?.[act] ?? (act === 'stop' ? refuses?.start : undefined);
  return refused ?? (billedOff && act === 'stop' ? idle : undefined);
}
