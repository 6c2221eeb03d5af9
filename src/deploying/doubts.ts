import type { App } from '../core/deploy/app.ts';
import { isSame, leftBy } from '../core/deploy/history.ts';
import { isOfRepository, parseImage, versionText } from '../core/deploy/image.ts';
import type { Release, Released } from '../core/deploy/release.ts';
import type { FoundImage } from '../core/deploy/survey.ts';
import { mention } from '../core/describe.ts';
import { canonical } from '../core/json.ts';
import { plainText } from '../core/report.ts';

/** What is worth knowing of a release before it is approved; a sentence each. */

/** Nothing of it would be otherwise than it is. */
export function runsAlready(release: Release, running: Released | undefined): readonly string[] {
  const isAlready =
    running && isSame(running, release) && canonical(running.made) === canonical(release.made);
  if (!isAlready) return [];
  const { app, version, image, digest } = running;
  const which = [...(digest === undefined ? [] : [`${digest.slice(0, 19)}…`]), `version ${version}`];
  return [`${app} runs ${versionText(image)} already (${which.join(', ')}): the same is made anew.`];
}

/** Somebody had a reason. */
export function wasLeft(release: Release, releases: readonly Released[]): readonly string[] {
  const left = leftBy(release, releases);
  if (!left) return [];
  return [
    `${versionText(release.image)} was rolled back from by ${plainText([mention(left.by)])} (${left.operation}).`,
  ];
}

export function anotherRepository(app: App, url: string): readonly string[] {
  const [own, named] = [parseImage(app.instance.containers[0]?.image ?? ''), parseImage(url)];
  if (!own || !named || isOfRepository(own, named)) return [];
  return [
    `It is another repository than ${app.name}'s own: ${named.registry}/${named.repository}, not ${own.registry}/${own.repository}.`,
  ];
}

export function noDigest({ isForeign }: FoundImage, { image, digest }: Release): readonly string[] {
  if (!isForeign || digest !== undefined) return [];
  return [
    `${parseImage(image)?.registry} cannot be asked for a digest: if the tag is moved before it runs, nobody sees it.`,
  ];
}
