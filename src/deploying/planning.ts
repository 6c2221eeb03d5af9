import type { Look } from '../command.ts';
import type { App, Strategy } from '../core/deploy/app.ts';
import { notMine } from '../core/deploy/history.ts';
import { versionText } from '../core/deploy/image.ts';
import { deployPlan } from '../core/deploy/plan.ts';
import type { Release, Released } from '../core/deploy/release.ts';
import { stoppedOf } from '../core/deploy/stopped.ts';
import { aboutStrangers, strangersOf } from '../core/deploy/strangers.ts';
import { readStrategy, showStrategy, unfit } from '../core/deploy/strategy.ts';
import type { FoundImage, Survey } from '../core/deploy/survey.ts';
import { jsonOf } from '../core/json.ts';
import { quoteWord } from '../core/parse.ts';
import type { Plan } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { stopped } from '../core/text.ts';
import { refuseLocked, theApp } from './apps.ts';
import { anotherRepository, noDigest, runsAlready, wasLeft } from './doubts.ts';
import { imageOf, noImage } from './images.ts';
import { most } from './releases.ts';
import { type Replaced, replacedBy, runningOf } from './replaced.ts';
import { sceneOf, targetOf } from './scene.ts';
import type { Wish } from './wish.ts';

/** What planning a deploy looks at. */
export type Ground = Pick<Look, 'cloud' | 'deploys' | 'operations'>;

/** What there is of an app, and what was deployed of it, newest first. */
export interface Known {
  readonly survey: Survey;
  readonly releases: readonly Released[];
}

/**
 * The plan of a deploy. Throws a Refusal for an image that is not there, for an app that is locked or being deployed,
 * and for what stands against it in the cloud.
 */
export async function planDeploy(look: Ground, wish: Wish): Promise<Plan> {
  const app = await readyApp(look, wish);
  const url = imageOf(app, wish);
  const [image, known] = await Promise.all([look.cloud.deploys.image(url), knownOf(look, app)]);
  return planOn(look, app, wish, { ...known, url, image });
}

/** The app as the line wants it deployed. Throws a Refusal where it is locked or being deployed, or cannot be deployed so. */
export async function readyApp(look: Ground, { app: name, strategy }: Wish): Promise<App> {
  const app = strategyOf(theApp(look, name), strategy);
  await refuseLocked(look, app);
  return app;
}

export async function knownOf({ cloud, deploys }: Ground, app: App): Promise<Known> {
  const [survey, releases] = await Promise.all([cloud.deploys.survey(app), deploys.releases(app.name, most)]);
  return { survey, releases };
}

interface Resolved extends Known {
  readonly url: string;
  /** Undefined where the registry knows no such image. */
  readonly image: FoundImage | undefined;
}

/** The plan of what the line has come to. Throws a Refusal like `planDeploy`. */
export async function planOn(look: Ground, app: App, wish: Wish, resolved: Resolved): Promise<Plan> {
  const { survey, releases, url, image } = resolved;
  if (!image) throw await noImage(look, app, url);
  refuseFaults(app, survey);
  const stopped = refuseStopped(app, survey);
  const running = runningOf(app, releases, survey);
  const replaced = await replacedBy(look, running, survey);
  const release = releaseOf(app, wish, { url, image, last: releases[0], replaced });
  const strangers = strangersOf(app, look.deploys.apps, survey.others);
  const scene = sceneOf(app, release, { image, survey, strangers });
  return deployPlan(scene, {
    title: titleOf(app, release),
    line: lineOf(wish, app, url),
    doubts: [
      ...runsAlready(release, running),
      ...wasLeft(release, releases),
      ...anotherRepository(app, url),
      ...noDigest(image, release),
      ...replaced.doubts,
      ...aboutStrangers(app, survey.places, strangers, 'the new ones'),
      ...survey.doubts,
      ...stopped,
    ],
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

function refuseFaults(app: App, { faults }: Survey): void {
  if (faults.length === 0) return;
  throw new Refusal(
    `${app.name} cannot be deployed as things are: ${faults.map(stopped).join(' ')}`,
    'Put it right in the Console, or in apps: of lamplighter.yml.',
  );
}

/** Answers what is worth knowing where it may go on. */
function refuseStopped(app: App, { targets }: Survey): readonly string[] {
  const stopped = stoppedOf(app, targets);
  if ('doubts' in stopped) return stopped.doubts;
  throw new Refusal(stopped.sentence, stopped.hint);
}

function releaseOf(
  app: App,
  { environment, back }: Wish,
  {
    url,
    image,
    last,
    replaced: { replaces },
  }: {
    readonly url: string;
    readonly image: FoundImage;
    readonly last: Released | undefined;
    readonly replaced: Replaced;
  },
): Release {
  return {
    app: app.name,
    version: (last?.version ?? 0) + 1,
    image: url,
    ...(image.digest === undefined ? {} : { digest: image.digest }),
    ...(replaces ? { replaces } : {}),
    ...(back ? { back: back.version } : {}),
    environment: back?.environment ?? environment,
    strategy: showStrategy(app.strategy),
    made: jsonOf(app.instance),
  };
}

function titleOf({ name }: App, { image, back }: Release): string {
  const version = versionText(image);
  if (back === undefined) return `Deploy ${name} ${version}`;
  const when = back === notMine ? 'which was not deployed through me' : `as it was in version ${back}`;
  return `Roll ${name} back to ${version}, ${when}`;
}

function lineOf({ environment, strategy, back }: Wish, { name }: App, url: string): string {
  const sets = Object.entries(environment).map(([key, value]) => quoteWord(`${key}=${value}`));
  return [
    ...(back ? [`rollback ${name} to ${back.version}`] : [`deploy ${name} image=${url}`]),
    ...(back || sets.length === 0 ? [] : ['env', ...sets]),
    ...(strategy === undefined ? [] : [strategy]),
  ].join(' ');
}
