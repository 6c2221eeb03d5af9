import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import {
  isSame,
  leftBy,
  type Version,
  versionBefore,
  versionsOf,
  versionWords,
} from '../core/deploy/history.ts';
import { parseImage, versionText } from '../core/deploy/image.ts';
import type { Released } from '../core/deploy/release.ts';
import type { Operation } from '../core/operation.ts';
import type { Plan } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { changesOf, theApp } from './apps.ts';
import { imageOf } from './images.ts';
import { type Ground, knownOf, planOn, readyApp } from './planning.ts';
import { runningOf } from './replaced.ts';

/** What a line says of a rollback. */
export interface RollbackWish {
  readonly app: string;
  /** The number of a version, or the tag of its image. */
  readonly to?: string | undefined;
  readonly strategy?: string | undefined;
}

/** Whoever goes back is in a hurry: all at once, and what is kept for the bake is the way forth. */
export const backStrategy = 'blue-green';

/**
 * The plan of bringing an earlier version back: the same image by its digest, the same environment, without the hook
 * before. Throws a Refusal where there is none, and as a deploy does.
 */
export async function planRollback(look: Ground, { app: name, to, strategy }: RollbackWish): Promise<Plan> {
  const wish = { app: name, environment: {}, strategy };
  const app = await readyApp(look, { ...wish, strategy: strategy ?? backStrategy });
  const { survey, releases } = await knownOf(look, app);
  const running = runningOf(app, releases, survey);
  const back = to === undefined ? lastGood(app, releases, running) : named(app, releases, to);
  refuseRunning(app, running, back);
  const url = imageOf(app, { back });
  const image = await look.cloud.deploys.image(url);
  const { environment } = back;
  return planOn(look, app, { ...wish, environment, back }, { survey, releases, url, image });
}

/** What ran before what runs now, or last where nothing does. */
function lastGood(app: App, releases: readonly Released[], running: Released | undefined): Version {
  const found = versionBefore(releases, running);
  if (found) return found;
  const others = versionsOf(releases).filter((each) => !(running && isSame(each, running)));
  const left = others.map((version) => ({ version, by: leftBy(version, releases) })).find(({ by }) => by);
  if (left?.by)
    throw new Refusal(
      `${app.name} has no other version that was deployed well and not rolled back from: ${versionWords(left.version.version)}, ${versionText(left.version.image)}, was, by ${left.by.operation}.`,
      `To bring it back all the same: rollback ${app.name} to ${left.version.version}`,
    );
  throw new Refusal(
    running
      ? `${app.name} has no other version that was deployed well: only ${running.version}, ${running.image}.`
      : `Nothing of ${app.name} was deployed ${releases.length > 0 ? 'well ' : ''}through me yet.`,
    howElse(app),
  );
}

function howElse({ name }: App): string {
  return `Deploy the image that you want: deploy ${name} image=…`;
}

function refuseRunning(app: App, running: Released | undefined, back: Version): void {
  if (running?.version !== back.version) return;
  throw new Refusal(
    `Version ${back.version} of ${app.name} is what runs.`,
    `To replace its instances by new ones of the same image: deploy ${app.name} image=${back.image}`,
  );
}

function named(app: App, releases: readonly Released[], to: string): Version {
  const number = Number(to.replace(/^v(?=\d+$)/i, ''));
  const isTagged = ({ image }: Pick<Version, 'image'>) => parseImage(image)?.tag === to;
  const good = versionsOf(releases);
  const found = good.find(({ version }) => version === number);
  const begun = releases.find(({ version }) => version === number);
  const version = found ?? (begun ? undefined : good.find(isTagged));
  if (version) return version;
  const never = begun ?? releases.find(isTagged);
  if (never)
    throw new Refusal(
      `Version ${never.version} of ${app.name} never ran in full: it ${outcomeOf(never)}.`,
      `To try its image again: deploy ${app.name} image=${never.image}`,
    );
  throw new Refusal(
    releases.length === 0
      ? `Nothing of ${app.name} was deployed through me yet.`
      : `There is no version ${to} of ${app.name}.`,
    releases.length === 0 ? howElse(app) : `See them with: releases ${app.name}`,
  );
}

/** The deploy that runs of an app, or the operation of that id. Throws a Refusal where there is none. */
export async function deployOf(
  look: Pick<Look, 'deploys' | 'operations'>,
  word: string,
): Promise<Pick<Operation, 'id'>> {
  if (/^(op-)?\d+$/i.test(word)) return { id: word };
  const app = theApp(look, word);
  const [found] = await changesOf(look, app, ['waiting', 'queued', 'running', 'undoing']);
  if (found) return found;
  throw new Refusal(`${app.name} is not being deployed.`, `See what was with: releases ${app.name}`);
}

/** What came of a release, in words. */
export function outcomeOf({ outcome, back }: Released): string {
  const what = outcome === undefined ? 'is being deployed' : (outcomes[outcome] ?? outcome);
  return back === undefined ? what : `${what}, to bring ${versionWords(back)} back`;
}

const outcomes: Readonly<Record<string, string>> = {
  succeeded: 'was deployed',
  undone: 'was taken back',
  failed: 'failed',
  cancelled: 'was cancelled',
  unresolved: 'is unresolved',
  void: 'was void',
};
