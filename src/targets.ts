import type { Look } from './command.ts';
import type { Found } from './core/cloud.ts';
import { Refusal } from './core/refusal.ts';
import { means } from './core/schedule/meaning.ts';
import type { Policy } from './core/schedule/model.ts';
import { everything, isEverything, like, matches, type Selector, showSelector } from './core/selector.ts';
import { nearest } from './core/suggest.ts';
import { kinds, type Target } from './core/target.ts';

/**
 * A name that means several resources. The person is asked which, and the line is run again with the
 * OCID of the choice added, which settles what the name means.
 */
export class Ambiguous extends Refusal {
  readonly choices: readonly { readonly label: string; readonly hint: string; readonly ocid: string }[];

  constructor(name: string, candidates: readonly Target[]) {
    super(
      `${candidates.length} resources are called ${name}.`,
      'Pick one, or narrow it with region:, compartment: or kind:.',
    );
    this.choices = candidates.map((target) => ({
      label: `${target.name} · ${target.region}`,
      hint: `${kinds[target.kind].title} in ${target.compartment.path}, ${target.state}`,
      ocid: target.ocid,
    }));
  }
}

/**
 * The resources a change is about, at least one. Throws a Refusal when the selector means everything,
 * when a region that matters cannot be asked, when nothing matches (naming the nearest), and Ambiguous
 * when a plain name means several.
 */
export async function targetsFor(look: Pick<Look, 'cloud'>, selector: Selector): Promise<readonly Target[]> {
  if (isEverything(selector))
    throw new Refusal(
      'That would mean every resource there is.',
      'Say which: a name, a tag such as env=dev, or an OCID.',
    );
  const found = await look.cloud.find(selector);
  refuseGaps(found);
  if (found.targets.length === 0) throw await nothingFound(look, selector);
  const meant = selector.names.map((name) => ({
    name,
    called: calledBy(name, found.targets, selector.ocids),
  }));
  for (const { name, called } of meant) {
    if (called.length === 0) throw await nothingFound(look, selector, name);
    if (called.length > 1 && !name.includes('*')) throw new Ambiguous(name, called);
  }
  const named = new Set(meant.flatMap(({ called }) => called.map(({ ocid }) => ocid)));
  return selector.names.length === 0
    ? found.targets
    : found.targets.filter(({ ocid }) => named.has(ocid) || has(selector.ocids, ocid));
}

/** The resources of a policy, sorted by name, each once; and the regions that could not be asked. */
export async function membersOf(look: Pick<Look, 'cloud' | 'lights'>, policy: Policy): Promise<Found> {
  if (policy.name === look.lights.tags?.name) return taggedIn(look, policy);
  const found = await Promise.all(policy.what.map((each) => look.cloud.find(each)));
  const targets = new Map(found.flatMap(({ targets }) => targets.map((each) => [each.ocid, each] as const)));
  const missing = new Map(
    found.flatMap(({ missing }) => missing.map((each) => [each.region, each] as const)),
  );
  return {
    targets: [...targets.values()]
      .filter((target) => means(policy, target))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    missing: [...missing.values()],
  };
}

/** Those that follow what stands in their tags. */
async function taggedIn({ cloud, lights }: Pick<Look, 'cloud' | 'lights'>, { name }: Policy): Promise<Found> {
  const found = await cloud.find(everything);
  const decisions = await lights.decide(found.targets);
  const tagged = new Set(decisions.flatMap(({ policy, ocid }) => (policy === name ? [ocid] : [])));
  return { ...found, targets: found.targets.filter(({ ocid }) => tagged.has(ocid)) };
}

/** The policy of that name. Throws a Refusal that names the nearest. */
export function thePolicy({ lights }: Pick<Look, 'lights'>, name: string): Policy {
  const all = [...lights.policies, ...(lights.tags ? [lights.tags] : [])];
  const policy = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (policy) return policy;
  const names = all.map((each) => each.name);
  const meant = nearest(name, names);
  throw new Refusal(
    `There is no policy ${name}.`,
    meant.length > 0
      ? `Did you mean ${meant.join(' or ')}?`
      : names.length > 0
        ? 'See them with: schedule list'
        : 'None is written; they stand under policies: in lamplighter.yml.',
  );
}

/** Times of day are those of the policy, else of who asks. */
export function zoneOf({ actor }: Pick<Look, 'actor'>, policy: Policy | undefined): string {
  return policy?.timetable.zone ?? (actor.kind === 'schedule' ? undefined : actor.zone) ?? 'UTC';
}

/**
 * Like `targetsFor`, for what may also be about whole policies: `policy:dev` means all of its resources,
 * and what else is said narrows them.
 */
export async function targetsOrPolicies(
  look: Pick<Look, 'cloud' | 'lights'>,
  selector: Selector,
): Promise<readonly Target[]> {
  const asPolicy = (name: string) => /^policy:(.+)$/i.exec(name)?.[1];
  const policies = selector.names.flatMap((name) => asPolicy(name) ?? []);
  if (policies.length === 0) return targetsFor(look, selector);
  const rest = { ...selector, names: selector.names.filter((name) => asPolicy(name) === undefined) };
  const found = await Promise.all(policies.map((name) => membersOf(look, thePolicy(look, name))));
  for (const each of found) refuseGaps(each);
  const targets = found.flatMap((each) => each.targets).filter((target) => matches(rest, target));
  if (targets.length === 0)
    throw new Refusal(
      `Nothing matches ${showSelector(selector)}.`,
      'See what a policy means with: schedule show',
    );
  return [...new Map(targets.map((target) => [target.ocid, target])).values()];
}

/** What a name means: all that are called so, or those of them whose OCID is given too. */
function calledBy(name: string, targets: readonly Target[], ocids: readonly string[]): readonly Target[] {
  const called = targets.filter((target) => like(name, target.name));
  const picked = called.filter(({ ocid }) => has(ocids, ocid));
  return picked.length > 0 ? picked : called;
}

function has(ocids: readonly string[], ocid: string): boolean {
  return ocids.some((each) => each.toLowerCase() === ocid.toLowerCase());
}

/** The one resource a line is about. */
export async function theTarget(look: Pick<Look, 'cloud'>, selector: Selector): Promise<Target> {
  const targets = await targetsFor(look, selector);
  const [only] = targets;
  if (!only || targets.length > 1) throw new Ambiguous(showSelector(selector), targets);
  return only;
}

function refuseGaps({ missing }: Found): void {
  if (missing.length === 0) return;
  const regions = missing.map(({ region, because }) => `${region} (${because})`).join(', ');
  throw new Refusal(
    `I cannot see what is in ${regions}, so I cannot plan this safely.`,
    'Narrow it with region: to a region that answers, or try again later.',
  );
}

async function nothingFound(look: Pick<Look, 'cloud'>, selector: Selector, name?: string): Promise<Refusal> {
  const known = await look.cloud.names();
  const meant = suggestions(selector, known, name);
  return new Refusal(
    `Nothing matches ${name ?? showSelector(selector)}.`,
    meant.length > 0 ? `Did you mean ${meant.join(', ')}?` : 'See what there is with list.',
  );
}

function suggestions(selector: Selector, known: readonly Target[], name?: string): readonly string[] {
  const names = (name ? [name] : selector.names).flatMap((each) =>
    nearest(
      each.replaceAll('*', ''),
      known.map((target) => target.name),
    ),
  );
  const tags = selector.tags.flatMap(({ key, values }) => {
    const keys = known.flatMap((target) => Object.keys(target.tags));
    const near = nearest(key, keys, 1)[0];
    const held = known.flatMap((target) =>
      near && target.tags[near] !== undefined ? [target.tags[near]] : [],
    );
    return values.flatMap((value) => nearest(value, held, 2)).map((value) => `${near}=${value}`);
  });
  const paths = selector.compartments.flatMap((path) =>
    nearest(
      path,
      known.flatMap((target) => [target.compartment.path, ...target.compartment.path.split('/')]),
      2,
    ).map((each) => `compartment:${each}`),
  );
  const regions = selector.regions.flatMap((region) =>
    nearest(
      region,
      known.map((target) => target.region),
      2,
    ).map((each) => `region:${each}`),
  );
  return [...new Set([...names, ...tags, ...paths, ...regions])].slice(0, 4);
}
