import { conditionOf } from '../../lifecycle.ts';
import type { Target } from '../../target.ts';
import { msOfMinute } from '../clock/civil.ts';
import { groupOf } from '../meaning.ts';
import type { Decision, Edge, Keep, Want } from '../model.ts';
import { showMoment } from '../until.ts';
import { isUp } from '../want.ts';
import { type Applying, Rules } from './applying.ts';
import { flipsOf, isFought } from './flips.ts';
import { decision, type Ground } from './ground.ts';
import { levelOf } from './moves.ts';
import { pursue } from './pursue.ts';
import type { Situation } from './situation.ts';
import { isRunning } from './standing.ts';
import type { Rule } from './together.ts';
import { isContested, turnsOf } from './turns.ts';

export { groupOf } from '../meaning.ts';
export { backOff, remember, settle } from './remember.ts';
export type { Situation, TagSchedules } from './situation.ts';

/**
 * What is to be done now, one decision for each target that a policy is about or that carries a schedule in its tags,
 * in their order. Pure: `remember` says what to store before anything is done about a decision.
 *
 * An edge is acted on once, the latest only, however late: what lies between it and the one followed before is over.
 * It stays due while something stands against it for a time, such as a pause, a running operation or a state between
 * two; what is done by hand after it was followed is respected until the next one, unless the policy is enforced.
 */
export function decide(situation: Situation): readonly Decision[] {
  const rules = new Rules(situation);
  const keeps = latestOf(situation.keeps, situation.now);
  const decisions: Decision[] = [];
  for (const target of situation.targets) {
    const found = rules.of(target);
    if (found) decisions.push(decideOne(groundOf(target, found, keeps.get(target.ocid), situation)));
  }
  return decisions;
}

/** With the OCID the unique key of what is done. Decisions of one key belong into one operation. */
export function keyOf({ policy, act, edge, attempt }: Decision): string {
  return `${policy}/${act}/${edge}/${attempt}`;
}

function decideOne(ground: Ground): Decision {
  const { target, rule, keep, controller, unreadable, now } = ground;
  const condition = conditionOf(target);
  if (condition === 'gone' || condition === 'ending') return decision(ground, `it is ${target.state}`);
  if (unreadable !== undefined) return decision(ground, unreadable, { left: 'unreadable' });
  const other = target.managedBy ?? controller;
  if (other !== undefined) return decision(ground, `${other} decides when it runs`, { left: 'foreign' });
  if (rule.policy.protects) return protect(ground);
  if (keep && isRunning(keep, now)) return hold(ground, keep);
  if (rule.held) return decision(ground, rule.because, { left: rule.held });
  const due = dueOf(ground);
  return fought(ground, due) ?? (rule.policy.enforced ? enforce(ground, due) : follow(ground, due));
}

function protect(ground: Ground): Decision {
  const { rule, opposed, keep, now } = ground;
  const { name, enforced } = rule.policy;
  if (enforced) return fought(ground, undefined) ?? enforce(ground, undefined);
  const because = `${name} never lets it stop`;
  if (opposed?.want === 'down')
    return decision(ground, `${because}, and wins over ${opposed.policy.name}`, { left: 'protected' });
  const off = keep && isRunning(keep, now) && keep.want === 'down';
  return off
    ? decision(ground, `${because}, though ${keep.id} is to keep it off`, { left: 'protected' })
    : decision(ground, because);
}

/** A person’s word is an edge of its own, and while it lasts there is no other. */
function hold(ground: Ground, keep: Keep): Decision {
  const { rule, memory } = ground;
  const until = showMoment(keep.until, rule.policy.timetable.zone);
  const reason = keep.because ? `: ${keep.because}` : '';
  const because = `kept ${keep.want === 'up' ? 'on' : 'off'} until ${until} (${keep.id})${reason}`;
  const edge: Edge = { at: keep.at, want: keep.want, because };
  const made = pursue(ground, edge, !memory || memory.edge < keep.at);
  const said = saidBy(rule);
  const against = keep.want === 'up' ? said === 'down' : isUp(said);
  if (!against || made.act !== 'nothing' || made.left) return made;
  const prevented = rule.due && rule.due.at > keep.at ? rule.due.at : keep.at;
  return { ...made, edge: prevented, left: 'kept', because: `${because}; otherwise ${rule.because}` };
}

function follow(ground: Ground, due: Edge | undefined): Decision {
  const { rule, memory, now } = ground;
  if (!due) return decision(ground, `${rule.because}, with no edge to follow`);
  const since = memory ? Math.max(memory.edge, memory.firstSeen) : now;
  return pursue(ground, due, due.at > since);
}

/** What somebody does by hand is an edge of the minute in which it is seen. */
function enforce(ground: Ground, due: Edge | undefined): Decision {
  const { rule, memory, now } = ground;
  const because = `${rule.because}, and ${rule.policy.name} is enforced`;
  const fresh = due !== undefined && due.at > (memory?.edge ?? 0) ? due : undefined;
  const open = memory && !fresh && ['pending', 'failed'].includes(memory.outcome) ? memory : undefined;
  const at = fresh?.at ?? open?.edge ?? Math.floor(now / msOfMinute) * msOfMinute;
  const made = pursue(ground, { at, want: rule.want, because }, !memory || at > memory.edge);
  if (fresh || open || made.act !== 'nothing') return made;
  const { settles: _settles, left, ...rest } = made;
  return left === undefined || left === 'manual' ? rest : { ...rest, left };
}

/** Somebody else decides too: it is left alone until the first edge of another day, or where only edges act for a week. */
function fought(ground: Ground, due: Edge | undefined): Decision | undefined {
  const { saw, memory, now, rule } = ground;
  if (!rule.policy.enforced && isContested(saw.tried, due?.at ?? now)) {
    const because =
      'it was turned back right after a schedule had acted, twice in a row, so that something else decides too';
    return decision(ground, `${because}; it is left alone for a week`, { left: 'foreign' });
  }
  if (!isFought(saw.flips, memory, due?.at ?? now, rule.policy.timetable.zone)) return undefined;
  const because = 'it was turned back twice after a schedule had acted, so that something else decides too';
  return decision(ground, `${because}; it is left alone until another day`, { left: 'foreign' });
}

/** The last edge of the timetable, or the end of a keep where that is later. */
function dueOf({ rule, keep, now }: Ground): Edge | undefined {
  const { due, because, before } = rule;
  const over = keep && keep.until <= now ? keep.until : undefined;
  if (over !== undefined && over >= (due?.at ?? 0)) return endOfKeep(over, saidBy(rule), rule);
  if (due?.want === 'any' && before) {
    const said = over !== undefined && over >= before.at ? (rule.saidAt?.(over) ?? 'any') : 'any';
    return over === undefined || said === 'any' ? before : endOfKeep(over, said, rule);
  }
  // where it was to be left alone when the edge came, what is wanted since counts
  return due && { at: due.at, want: due.want === 'any' ? rule.want : due.want, because };
}

function endOfKeep(at: number, want: Want, { policy, because }: Rule): Edge {
  const until = showMoment(at, policy.timetable.zone);
  return { at, want, because: `the keep until ${until} is over, and ${because}` };
}

/** What is wanted, and where that is to leave everything, what the last edge wanted: a one-sided time lasts for a keep. */
function saidBy({ want, due, held }: Rule): Want {
  return want === 'any' && !held ? (due?.want ?? 'any') : want;
}

function groundOf(target: Target, found: Applying, keep: Keep | undefined, situation: Situation): Ground {
  const { now, controllers, busy } = situation;
  const memory = situation.memory.get(target.ocid);
  const group = groupOf(found.rule.policy, target);
  const level = levelOf(target, group.dimming);
  // what an operation of ours does is no other bot's doing, though OCI shows it before it has ended
  const flips = busy.has(target.ocid) ? (memory?.flips ?? []) : flipsOf(memory, level, now, keep);
  const tried = turnsOf(memory, flips, now);
  return {
    target,
    rule: found.rule,
    group,
    memory,
    keep,
    controller: controllers.get(target.ocid),
    busy: busy.has(target.ocid),
    now,
    saw: {
      ...(level ? { level } : {}),
      ...(target.size === undefined ? {} : { size: target.size }),
      flips,
      ...(tried ? { tried } : {}),
    },
    unreadable: found.unreadable,
    opposed: found.opposed,
  };
}

/** The latest word on each resource that was said by now. */
function latestOf(keeps: readonly Keep[], now: number): ReadonlyMap<string, Keep> {
  const latest = new Map<string, Keep>();
  for (const keep of keeps) {
    const known = latest.get(keep.ocid);
    if (keep.at <= now && (!known || keep.at >= known.at)) latest.set(keep.ocid, keep);
  }
  return latest;
}
