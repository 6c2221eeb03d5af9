import { type Ground as Acting, actsOn, consequences, counted } from '../acts.ts';
import type { Look } from '../command.ts';
import { actorId } from '../core/actor.ts';
import { conditionOf } from '../core/lifecycle.ts';
import { type Plan, planTarget, type Step } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { momentOf, showMoment, type Until } from '../core/schedule/until.ts';
import { someOf } from '../core/schedule/wording.ts';
import { type Selector, showSelector } from '../core/selector.ts';
import type { Target } from '../core/target.ts';
import { stopped } from '../core/text.ts';
import { targetsOrPolicies, zoneOf } from '../targets.ts';
import { type Held, ownersOf, refuseProtected, refuseRun, refuseTooLong } from './limits.ts';
import { replacedBy, saidBefore } from './said.ts';

type Ground = Acting & Pick<Look, 'actor' | 'now'>;

/** What somebody asks for with `keep`. */
export interface Wish {
  readonly target: Selector;
  readonly want: 'on' | 'off' | 'end';
  readonly until: Until | undefined;
  readonly because: string | undefined;
}

/** Writing down a word takes no time; an engine that is away for longer has failed. */
const within = 60_000;

/** The plan of keeping resources on or off until a moment, or of ending that before its time. */
export async function planKeep(look: Ground, wish: Wish): Promise<Plan> {
  const targets = await targetsOrPolicies(look, wish.target);
  return wish.want === 'end' ? endKeep(look, wish, targets) : keep(look, wish.want, wish, targets);
}

/** Wave 1 writes the word down; wave 2 starts or stops what is not yet as it is to be kept. */
async function keep(look: Ground, want: 'on' | 'off', wish: Wish, targets: readonly Target[]): Promise<Plan> {
  if (!wish.until)
    throw new Refusal(
      'Until when? A word that never ends is a setting.',
      'Add until 22:00, for example, or for 2h.',
    );
  const { free, run } = await ownersOf(look, targets);
  refuseRun(free, run, want);
  const held = free.map((target) => ({ target, policies: look.lights.about(target) }));
  const zone = zoneOf(look, held.flatMap(({ policies }) => policies)[0]);
  const until = momentOf(wish.until, look.now, zone);
  refuseTooLong(look.now, held, until);
  if (want === 'off') refuseProtected(held);
  const act = want === 'on' ? 'start' : 'stop';
  const acting = await actsOn(look, act, free);
  const gone = lost(acting.refused);
  const kept = free.filter(({ ocid }) => !gone.has(ocid));
  const said = await saidBefore(look, { ...wish, want }, until);
  const anew = kept.filter(({ ocid }) => !said.has(ocid));
  const moved = new Set(acting.steps.map(({ target }) => target.ocid));
  const asBefore = kept.filter(({ ocid }) => said.has(ocid) && !moved.has(ocid));
  const input = {
    until,
    by: actorId(look.actor),
    ...(wish.because === undefined ? {} : { because: wish.because }),
  };
  return {
    title: `Keep ${counted(kept)} ${want} until ${showMoment(until, zone)}`,
    impact: act,
    consequences: [
      ...(wish.because === undefined ? [] : [`Because: ${wish.because}`]),
      ...(await replacedBy(look, anew)),
      ...consequences(act, acting.touched),
      ...aboutRefused(acting.refused, gone, act),
      ...aboutFree(held.filter(({ target }) => !gone.has(target.ocid))),
    ],
    waves: [anew.map((target) => word(`keep.${want}`, target, input)), acting.steps, acting.after].filter(
      (wave) => wave.length > 0,
    ),
    unchanged: [
      ...acting.refused.filter(({ target }) => gone.has(target.ocid)),
      ...run,
      ...asBefore.map((target) => ({ target, because: `it is kept ${want} until then already` })),
    ].map(({ target, because }) => ({ target: planTarget(target), because })),
    line: lineOf(wish, new Date(until).toISOString().replace(/:\d\d\.\d+Z$/, 'Z')),
  };
}

/** What is kept as it is to be from its next change on: it refuses to be changed now. */
function aboutRefused(
  refused: readonly { readonly target: Target; readonly because: string }[],
  gone: ReadonlySet<string>,
  act: 'start' | 'stop',
): readonly string[] {
  return refused
    .filter(({ target }) => !gone.has(target.ocid))
    .map(({ target, because }) => `${target.name} is kept, but not ${past[act]} now: ${stopped(because)}`);
}

function aboutFree(held: readonly Held[]): readonly string[] {
  const names = held.filter(({ policies }) => policies.length === 0).map(({ target }) => target.name);
  return names.length > 0
    ? [`No policy is about ${someOf(names, 3)}: nothing else would have changed that.`]
    : [];
}

const past = { start: 'started', stop: 'stopped' } as const;

/** What is no more, or will not be, cannot be kept. */
function lost(refused: readonly { readonly target: Target }[]): ReadonlySet<string> {
  const ended = refused.filter(({ target }) => ['ending', 'gone'].includes(conditionOf(target)));
  return new Set(ended.map(({ target }) => target.ocid));
}

async function endKeep(look: Ground, wish: Wish, targets: readonly Target[]): Promise<Plan> {
  if (wish.until)
    throw new Refusal(
      'A keep that is ended ends at once.',
      `Leave the moment out: ${lineOf({ ...wish, because: undefined }, undefined)}`,
    );
  const keeps = new Set((await look.lights.keeps()).map(({ ocid }) => ocid));
  const kept = targets.filter(({ ocid }) => keeps.has(ocid));
  return {
    title: kept.length > 0 ? `No longer keep ${counted(kept)}` : 'Nobody keeps any of them',
    impact: 'change',
    consequences: kept.length > 0 ? ['Their timetable holds again at once: what it wants off goes off.'] : [],
    waves:
      kept.length > 0 ? [kept.map((target) => word('keep.end', target, { by: actorId(look.actor) }))] : [],
    unchanged: targets
      .filter(({ ocid }) => !keeps.has(ocid))
      .map((target) => ({ target: planTarget(target), because: 'nobody keeps it' })),
    line: lineOf(wish, undefined),
  };
}

function word(
  verb: string,
  target: Target,
  input: { readonly until?: number; readonly by: string; readonly because?: string },
): Step {
  return {
    name: `${verb} ${target.ocid}`,
    verb,
    target: planTarget(target),
    within,
    ...(Object.keys(input).length > 0 ? { with: input } : {}),
  };
}

function lineOf({ target, want, because }: Wish, until: string | undefined): string {
  return [
    `keep ${showSelector(target)} ${want}`,
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(because === undefined ? [] : [`because ${because}`]),
  ].join(' ');
}
