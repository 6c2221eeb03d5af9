import { type Ground as Acting, actsOn, consequences, counted } from './acts.ts';
import type { Look } from './command.ts';
import { actorId } from './core/actor.ts';
import { showDuration } from './core/duration.ts';
import { conditionOf } from './core/lifecycle.ts';
import { type Plan, planTarget, type Step } from './core/plan.ts';
import { Refusal } from './core/refusal.ts';
import type { Policy } from './core/schedule/model.ts';
import { showKeep } from './core/schedule/show.ts';
import { momentOf, showMoment, type Until } from './core/schedule/until.ts';
import { someOf } from './core/schedule/wording.ts';
import { type Selector, showSelector } from './core/selector.ts';
import type { Target } from './core/target.ts';
import { stopped } from './core/text.ts';
import { targetsOrPolicies, zoneOf } from './targets.ts';

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

/** What no policy is about is kept for so long at most, in milliseconds. */
const longestFree = 92 * 86_400_000;

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
  const { free: mine, run } = await ownersOf(look, targets);
  refuseRun(mine, run, wish);
  const held = mine.map((target) => ({ target, policies: look.lights.about(target) }));
  const zone = zoneOf(look, held.flatMap(({ policies }) => policies)[0]);
  const until = momentOf(wish.until, look.now, zone);
  refuseTooLong(look, held, until);
  if (want === 'off') refuseProtected(held);
  const act = want === 'on' ? 'start' : 'stop';
  const { steps, after, touched, refused } = await actsOn(look, act, mine);
  const gone = new Set(lost(refused));
  const kept = mine.filter(({ ocid }) => !gone.has(ocid));
  const said = await saidBefore(look, wish, until);
  const anew = kept.filter(({ ocid }) => !said.has(ocid));
  const replaced = await replacedBy(look, anew);
  const moved = new Set(steps.map(({ target }) => target.ocid));
  const others = held.filter(({ policies, target }) => policies.length === 0 && !gone.has(target.ocid));
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
      ...replaced,
      ...consequences(act, touched),
      ...refused
        .filter(({ target }) => !gone.has(target.ocid))
        .map(
          ({ target, because }) => `${target.name} is kept, but not ${past[act]} now: ${stopped(because)}`,
        ),
      ...(others.length > 0
        ? [
            `No policy is about ${someOf(
              others.map(({ target }) => target.name),
              3,
            )}: nothing else would have changed that.`,
          ]
        : []),
    ],
    waves: [anew.map((target) => word(`keep.${want}`, target, input)), steps, after].filter(
      (wave) => wave.length > 0,
    ),
    unchanged: [
      ...refused.filter(({ target }) => gone.has(target.ocid)),
      ...run,
      ...kept
        .filter(({ ocid }) => said.has(ocid) && !moved.has(ocid))
        .map((target) => ({ target, because: `it is kept ${want} until then already` })),
    ].map(({ target, because }) => ({ target: planTarget(target), because })),
    line: lineOf(wish, new Date(until).toISOString().replace(/:\d\d\.\d+Z$/, 'Z')),
  };
}

/** What somebody has said already, to the minute; a new reason is worth saying it again. */
async function saidBefore(
  { lights }: Ground,
  { want, because }: Wish,
  until: number,
): Promise<ReadonlySet<string>> {
  if (because !== undefined) return new Set();
  const direction = want === 'on' ? 'up' : 'down';
  const same = (await lights.keeps()).filter((keep) => keep.until === until && keep.want === direction);
  return new Set(same.map(({ ocid }) => ocid));
}

/** Words of somebody that this one would take the place of. Who said them is what `why` tells. */
async function replacedBy(look: Ground, targets: readonly Target[]): Promise<readonly string[]> {
  const keeps = await look.lights.keeps();
  return targets.flatMap((target) => {
    const keep = keeps.find(({ ocid }) => ocid === target.ocid);
    if (!keep) return [];
    const zone = zoneOf(look, look.lights.about(target)[0]);
    const reason = keep.because ? ` – “${keep.because}”` : '';
    return [`Takes the place of ${keep.id}: ${target.name} was to be kept ${showKeep(keep, zone)}${reason}.`];
  });
}

interface Run {
  readonly target: Target;
  readonly because: string;
}

/** What somebody else runs, a pool or a scheduler, would go its way whatever is said of it. */
async function ownersOf(
  { cloud }: Ground,
  targets: readonly Target[],
): Promise<{ readonly free: readonly Target[]; readonly run: readonly Run[] }> {
  const { by } = await cloud.controllers();
  const ownerOf = ({ managedBy, ocid }: Target) => managedBy ?? by.get(ocid);
  return {
    free: targets.filter((target) => ownerOf(target) === undefined),
    run: targets.flatMap((target) => {
      const owner = ownerOf(target);
      return owner === undefined ? [] : [{ target, because: `${owner} decides when it runs` }];
    }),
  };
}

function refuseRun(free: readonly Target[], [first, ...more]: readonly Run[], { want }: Wish): void {
  if (free.length > 0 || !first) return;
  const { target, because } = first;
  const others = more.length > 0 ? ` So it is with ${more.length} more.` : '';
  throw new Refusal(
    `I cannot keep ${target.name} ${want}: ${stopped(because)}${others}`,
    'Keep what decides in its place, or change it there.',
  );
}

const past = { start: 'started', stop: 'stopped' } as const;

/** What is no more, or will not be, cannot be kept. */
function lost(refused: readonly { readonly target: Target }[]): readonly string[] {
  return refused
    .filter(({ target }) => ['ending', 'gone'].includes(conditionOf(target)))
    .map(({ target }) => target.ocid);
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

interface Held {
  readonly target: Target;
  readonly policies: readonly Policy[];
}

function refuseTooLong({ now }: Ground, held: readonly Held[], until: number): void {
  const free = held.find(({ policies }) => policies.length === 0);
  if (free && until - now > longestFree)
    throw new Refusal(
      `No policy is about ${free.target.name}, and without one a keep holds for ${showDuration(longestFree)} at most.`,
      'Name a nearer moment; it can be said again.',
    );
  const limits = held.flatMap(({ target, policies }) => policies.map((policy) => ({ target, policy })));
  const strict = limits
    .filter(({ policy }) => until - now > policy.longestKeep)
    .sort((a, b) => a.policy.longestKeep - b.policy.longestKeep)[0];
  if (!strict) return;
  const { name, longestKeep, timetable } = strict.policy;
  throw new Refusal(
    `The policy ${name} lets ${strict.target.name} be kept for ${showDuration(longestKeep)} at most.`,
    `Until ${showMoment(now + longestKeep, timetable.zone)} is the longest now; it can be said again later.`,
  );
}

function refuseProtected(held: readonly Held[]): void {
  for (const { target, policies } of held) {
    const policy = policies.find(({ protects }) => protects);
    if (policy)
      throw new Refusal(
        `The policy ${policy.name} (${policy.place}) says that ${target.name} never stops.`,
        'Leave it out, or have the policy changed.',
      );
  }
}

function lineOf({ target, want, because }: Wish, until: string | undefined): string {
  return [
    `keep ${showSelector(target)} ${want}`,
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(because === undefined ? [] : [`because ${because}`]),
  ].join(' ');
}
