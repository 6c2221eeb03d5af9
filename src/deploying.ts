import type { Look } from './command.ts';
import type { App, Hook, Strategy } from './core/deploy/app.ts';
import { detailsOf, hookDetails, type On } from './core/deploy/details.ts';
import { nameFor } from './core/deploy/finder.ts';
import { imageText, parseImage, withTag } from './core/deploy/image.ts';
import { deployPlan } from './core/deploy/plan.ts';
import type { Release, Released } from './core/deploy/release.ts';
import type { NewInstance, Scene, Spot } from './core/deploy/scene.ts';
import { spotsFor } from './core/deploy/spread.ts';
import { readStrategy, showStrategy, unfit } from './core/deploy/strategy.ts';
import type { FoundImage, Survey } from './core/deploy/survey.ts';
import { mention } from './core/describe.ts';
import { jsonOf } from './core/json.ts';
import { quoteWord } from './core/parse.ts';
import type { Plan } from './core/plan.ts';
import { Refusal } from './core/refusal.ts';
import { plainText } from './core/report.ts';
import { nearest } from './core/suggest.ts';
import type { Target } from './core/target.ts';
import { stopped } from './core/text.ts';

/** What planning a deploy looks at. */
export type Ground = Pick<Look, 'cloud' | 'deploys' | 'operations'>;

/** What a line says of a deploy. */
export interface Wish {
  readonly app: string;
  /** An image, or only a tag of the app's own: `1.4.2`. */
  readonly image?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly strategy?: string;
  /** The release that it brings back. */
  readonly back?: Released;
}

/** The app of that name. Throws a Refusal that names the nearest. */
export function theApp({ deploys }: Pick<Look, 'deploys'>, name: string): App {
  const app = deploys.apps.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (app) return app;
  const names = deploys.apps.map((each) => each.name);
  const meant = nearest(name, names);
  throw new Refusal(
    `There is no app ${name}.`,
    meant.length > 0
      ? `Did you mean ${meant.join(' or ')}?`
      : names.length > 0
        ? `There is ${names.join(', ')}.`
        : 'Describe your apps under apps: in lamplighter.yml.',
  );
}

/**
 * The plan of a deploy. Throws a Refusal for an image that is not there, for an app that is locked or being deployed,
 * and for what stands against it in the cloud.
 */
export async function planDeploy(look: Ground, wish: Wish): Promise<Plan> {
  const app = strategyOf(theApp(look, wish.app), wish.strategy);
  await refuseLocked(look, app);
  const url = imageOf(app, wish);
  const [image, survey, [last]] = await Promise.all([
    look.cloud.deploys.image(url),
    look.cloud.deploys.survey(app),
    look.deploys.releases(app.name, 1),
  ]);
  if (!image) throw await noImage(look, app, url);
  refuseFaults(app, survey);
  const release = releaseOf(app, wish, { url, image, last });
  const scene = sceneOf(app, release, image, survey);
  return deployPlan(scene, {
    title: titleOf(app, release),
    line: lineOf(wish, app, url),
    doubts: [...doubtsOf(image, url, release), ...survey.doubts],
    makes: scene.fresh.map((each) => targetOf(app, survey, each)),
  });
}

function strategyOf(app: App, text: string | undefined): App {
  if (text === undefined) return app;
  const strategy = readStrategy(text);
  if ('problem' in strategy)
    throw new Refusal(stopped(strategy.problem), 'See the strategies with: help deploy');
  return refuseUnfit({ ...app, strategy }, strategy);
}

function refuseUnfit(app: App, strategy: Strategy): App {
  const problem = unfit(strategy, app);
  if (problem) throw new Refusal(`${app.name} cannot be deployed so: ${stopped(problem)}`);
  return app;
}

/** Somebody locked it, or is at it. */
async function refuseLocked({ deploys, operations }: Ground, app: App): Promise<void> {
  const hold = (await deploys.holds()).find(({ name }) => name === lockOf(app));
  if (hold)
    throw new Refusal(
      `${app.name} is locked by ${plainText([mention(hold.by)])}: ${stopped(hold.because)}`,
      `Whoever may, unlocks it with: deploy unlock ${app.name}`,
    );
  const busy = await operations.list({ status: ['queued', 'running', 'undoing'], limit: 100 });
  const other = busy.find(({ plan }) => plan.locks?.includes(lockOf(app)));
  if (other)
    throw new Refusal(
      `${app.name} is being deployed already: ${other.id} (${other.plan.title}).`,
      `Wait for it, or take it back with: abort ${other.id}`,
    );
}

export function lockOf({ name }: Pick<App, 'name'>): string {
  return `app:${name}`;
}

/** The image that the line names, whole or by its tag alone; else the one of the file, if that has a tag. */
function imageOf(app: App, { image, back }: Wish): string {
  if (back) return back.image;
  const own = app.instance.containers[0]?.image ?? '';
  const reference = parseImage(own);
  if (image === undefined) {
    if (/[:@][^/]*$/.test(own)) return own;
    throw new Refusal(
      `Which version of ${app.name}? Its file names no tag.`,
      `Say it, for example: deploy ${app.name} image=1.4.2`,
    );
  }
  if (reference && /^:?\w[\w.-]{0,127}$/.test(image) && !image.includes('/'))
    return imageText(withTag(reference, image.replace(/^:/, '')));
  if (image.startsWith('…:') && reference) return imageText(withTag(reference, image.slice(2)));
  if (parseImage(image)) return image;
  throw new Refusal(
    `"${image}" is no image.`,
    'Name a tag such as 1.4.2, or all of it: fra.ocir.io/namespace/repository:1.4.2',
  );
}

async function noImage({ cloud }: Ground, app: App, url: string): Promise<Refusal> {
  const tags = (await cloud.deploys.tags(url).catch(() => [])).map(({ tag }) => tag);
  const wanted = parseImage(url)?.tag ?? '';
  const meant = nearest(wanted, tags);
  const known = tags.slice(0, 5);
  return new Refusal(
    `There is no image ${url}.`,
    meant.length > 0
      ? `Did you mean ${meant.join(' or ')}?`
      : known.length > 0
        ? `The newest tags of ${app.name} are ${known.join(', ')}.`
        : 'Is it pushed, and may I read the repository? Check with: doctor',
  );
}

function refuseFaults(app: App, { faults }: Survey): void {
  if (faults.length === 0) return;
  throw new Refusal(
    `${app.name} cannot be deployed as things are: ${faults.map(stopped).join(' ')}`,
    'Put it right in the Console, or in apps: of lamplighter.yml.',
  );
}

function releaseOf(
  app: App,
  { environment, back }: Wish,
  {
    url,
    image,
    last,
  }: { readonly url: string; readonly image: FoundImage; readonly last: Released | undefined },
): Release {
  return {
    app: app.name,
    version: (last?.version ?? 0) + 1,
    image: url,
    ...(image.digest === undefined ? {} : { digest: image.digest }),
    ...(back ? { back: back.version } : {}),
    environment: back?.environment ?? environment,
    strategy: showStrategy(app.strategy),
    made: jsonOf(app.instance),
  };
}

function sceneOf(app: App, release: Release, image: FoundImage, survey: Survey): Scene {
  const spots = spotsFor(app.replicas, survey.domains, app.spread);
  const anywhere = spots[0] ?? [];
  const fresh = spots.map((each, at): NewInstance => {
    const name = nameFor(app.find, app.name, `v${release.version}-${at + 1}`);
    const on = onOf(app, release, image, survey, { name, spot: each[0], replica: at + 1 });
    return { name, spots: each, ...detailsOf(app.instance, on) };
  });
  const hook = (when: string, one: Hook): NewInstance => {
    const name = `${app.name}-v${release.version}-${when}`;
    const on = onOf(app, release, image, survey, { name, spot: anywhere[0], replica: 1 });
    return {
      name,
      spots: anywhere,
      ...hookDetails(app.instance, one, { ...on, tags: hookTags(app, release) }),
    };
  };
  return {
    app,
    release,
    old: survey.old,
    places: survey.places,
    fresh,
    ...(app.before ? { before: hook('before', app.before) } : {}),
    ...(app.after ? { after: hook('after', app.after) } : {}),
  };
}

function onOf(
  app: App,
  release: Release,
  image: FoundImage,
  { compartmentId, subnets }: Survey,
  {
    name,
    spot,
    replica,
  }: { readonly name: string; readonly spot: Spot | undefined; readonly replica: number },
): On {
  const [first, ...others] = app.instance.containers;
  if (!first || !spot) throw new Error(`${app.name} has no container, or nowhere to be`);
  const own = parseImage(first.image);
  // a hook and a side car of the same repository run what is deployed
  const images = [
    first,
    ...others,
    ...(app.before ? [app.before.container] : []),
    ...(app.after ? [app.after.container] : []),
  ]
    .filter((each) => each === first || isSame(parseImage(each.image), own))
    .map((each) => [each.name, image.pinned] as const);
  return {
    name,
    compartmentId,
    availabilityDomain: spot.availabilityDomain,
    ...(spot.faultDomain === undefined ? {} : { faultDomain: spot.faultDomain }),
    subnetIds: (subnet) => subnets[subnet] ?? subnet,
    images: Object.fromEntries(images),
    tags: { ...plainTags(app), 'lamplighter-app': app.name, 'lamplighter-version': String(release.version) },
    placeholders: {
      app: app.name,
      version: String(release.version),
      tag: parseImage(release.image)?.tag ?? '',
      replica: String(replica),
      region: app.region,
    },
    environment: release.environment,
  };
}

function isSame(one: ReturnType<typeof parseImage>, other: ReturnType<typeof parseImage>): boolean {
  return one?.registry === other?.registry && one?.repository === other?.repository;
}

/** The app's finder has to find what is made next time. */
function plainTags({ find }: App): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(find.tags).filter(([key, value]) => !value.includes('*') && !key.includes('.')),
  );
}

/** A hook is not of those that the app's finder finds. */
function hookTags({ name }: App, { version }: Release): Readonly<Record<string, string>> {
  return { 'lamplighter-hook-of': name, 'lamplighter-version': String(version) };
}

function targetOf(app: App, { compartmentId, targets }: Survey, { name }: NewInstance): Target {
  const { region, compartment, instance } = app;
  return {
    kind: 'container-instance',
    ocid: `new:${name}`,
    name,
    region,
    compartment: { ocid: compartmentId, path: compartment },
    // what the old ones are tagged with is what the app is, as far as the file does not say otherwise
    tags: { ...targets[0]?.tags, ...instance.definedTags, ...instance.tags, ...plainTags(app) },
    state: 'ABSENT',
  };
}

function titleOf({ name }: App, { image, back }: Release): string {
  const version = parseImage(image)?.tag ?? image.slice(-12);
  return back === undefined
    ? `Deploy ${name} ${version}`
    : `Roll ${name} back to ${version}, as it was in version ${back}`;
}

function lineOf({ environment, strategy, back }: Wish, { name }: App, url: string): string {
  const more = strategy === undefined ? '' : ` --strategy ${quoteWord(strategy)}`;
  if (back) return `rollback ${name} to ${back.version}${more}`;
  const sets = Object.entries(environment).map(([key, value]) => ` --env ${quoteWord(`${key}=${value}`)}`);
  return `deploy ${name} image=${url}${sets.join('')}${more}`;
}

function doubtsOf(image: FoundImage, url: string, { digest }: Release): readonly string[] {
  if (!image.isForeign || digest !== undefined) return [];
  return [
    `${parseImage(url)?.registry} cannot be asked for a digest: if the tag is moved before it runs, nobody sees it.`,
  ];
}
