import type { Look } from '../command.ts';
import type { App, Strategy } from '../core/deploy/app.ts';
import { parseImage } from '../core/deploy/image.ts';
import { deployPlan } from '../core/deploy/plan.ts';
import type { Release, Released } from '../core/deploy/release.ts';
import { stoppedOf } from '../core/deploy/stopped.ts';
import { readStrategy, showStrategy, unfit } from '../core/deploy/strategy.ts';
import type { FoundImage, Survey } from '../core/deploy/survey.ts';
import { jsonOf } from '../core/json.ts';
import { quoteWord } from '../core/parse.ts';
import type { Plan } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { stopped } from '../core/text.ts';
import { refuseLocked, theApp } from './apps.ts';
import { imageOf, noImage } from './images.ts';
import { sceneOf, targetOf } from './scene.ts';

/** What planning a deploy looks at. */
export type Ground = Pick<Look, 'cloud' | 'deploys' | 'operations'>;

/** What a line says of a deploy. */
export interface Wish {
  readonly app: string;
  /** An image, or only a tag of the app's own: `1.4.2`. */
  readonly image?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly strategy?: string | undefined;
  /** The release that it brings back. */
  readonly back?: Released;
}

/**
 * The plan of a deploy. Throws a Refusal for an image that is not there, for an app that is locked or being deployed,
 * and for what stands against it in the cloud.
 */
export async function planDeploy(look: Ground, wish: Wish): Promise<Plan> {
  const app = strategyOf(theApp(look, wish.app), wish.strategy);
  await refuseLocked(look, app);
  const url = imageOf(app, wish);
  const [image, survey, releases] = await Promise.all([
    look.cloud.deploys.image(url),
    look.cloud.deploys.survey(app),
    look.deploys.releases(app.name, 50),
  ]);
  if (!image) throw await noImage(look, app, url);
  refuseFaults(app, survey);
  const stopped = refuseStopped(app, survey);
  const release = releaseOf(app, wish, {
    url,
    image,
    releases: survey.old.length > 0 ? releases : [],
    last: releases[0],
  });
  const scene = sceneOf(app, release, image, survey);
  return deployPlan(scene, {
    title: titleOf(app, release),
    line: lineOf(wish, app, url),
    doubts: [...doubtsOf(image, url, release), ...survey.doubts, ...stopped],
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
    releases,
  }: {
    readonly url: string;
    readonly image: FoundImage;
    readonly last: Released | undefined;
    /** That may run now, newest first. */
    readonly releases: readonly Released[];
  },
): Release {
  const running = releases.find(({ outcome }) => outcome === 'succeeded');
  return {
    app: app.name,
    version: (last?.version ?? 0) + 1,
    image: url,
    ...(image.digest === undefined ? {} : { digest: image.digest }),
    ...(running ? { replaces: { version: running.version, image: running.image } } : {}),
    ...(back ? { back: back.version } : {}),
    environment: back?.environment ?? environment,
    strategy: showStrategy(app.strategy),
    made: jsonOf(app.instance),
  };
}

function titleOf({ name }: App, { image, back }: Release): string {
  const version = parseImage(image)?.tag ?? image.slice(-12);
  return back === undefined
    ? `Deploy ${name} ${version}`
    : `Roll ${name} back to ${version}, as it was in version ${back}`;
}

function lineOf({ environment, strategy, back }: Wish, { name }: App, url: string): string {
  if (back) return `rollback ${name} to ${back.version}`;
  const sets = Object.entries(environment).map(([key, value]) => quoteWord(`${key}=${value}`));
  return [
    `deploy ${name} image=${url}`,
    ...(sets.length > 0 ? ['env', ...sets] : []),
    ...(strategy === undefined ? [] : [strategy]),
  ].join(' ');
}

function doubtsOf(image: FoundImage, url: string, { digest }: Release): readonly string[] {
  if (!image.isForeign || digest !== undefined) return [];
  return [
    `${parseImage(url)?.registry} cannot be asked for a digest: if the tag is moved before it runs, nobody sees it.`,
  ];
}
