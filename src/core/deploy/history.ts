import { canonical } from '../json.ts';
import type { Release, Released } from './release.ts';

/** What was deployed of an app, newest first, and which of it can be brought back. */

/** What an app ran, with all that it takes to run it again. */
export type Version = Pick<Release, 'version' | 'image' | 'digest' | 'environment'>;

/** The number of what was not deployed through the bot, and was there before. */
export const notMine = 0;

/** How a version is spoken of: `version 3`. */
export function versionWords(version: number): string {
  return version === notMine ? 'what was not deployed through me' : `version ${version}`;
}

export function isGood({ outcome }: Pick<Released, 'outcome'>): boolean {
  return outcome === 'succeeded';
}

/** Whether both run the same: the same image, by its digest where that is known, in the same environment. */
export function isSame(one: Omit<Version, 'version'>, other: Omit<Version, 'version'>): boolean {
  const isKnown = one.digest !== undefined && other.digest !== undefined;
  const sameImage = isKnown ? one.digest === other.digest : one.image === other.image;
  return sameImage && canonical(one.environment) === canonical(other.environment);
}

/** Newest first. What the bot did not deploy comes behind the release that took its place; its environment is the file's. */
export function versionsOf(releases: readonly Released[]): readonly Version[] {
  return releases.filter(isGood).flatMap((release): readonly Version[] => {
    const { replaces } = release;
    const before = replaces?.version === notMine ? [{ ...replaces, environment: {} }] : [];
    return [release, ...before];
  });
}

/** The rollback that left it, where it was not deployed again since. */
export function leftBy(
  version: Omit<Version, 'version'>,
  releases: readonly Released[],
): Released | undefined {
  const good = releases.filter(isGood);
  for (const release of good) {
    if (isSame(release, version)) return undefined;
    const left = release.back === undefined ? undefined : release.replaces?.version;
    const before = good.find((each) => each.version === left);
    if (before && isSame(before, version)) return release;
  }
  return undefined;
}

/** The newest that does not run, and was not rolled back from. */
export function versionBefore(
  releases: readonly Released[],
  running: Version | undefined,
): Version | undefined {
  return versionsOf(releases).find(
    (each) => !(running && isSame(each, running)) && leftBy(each, releases) === undefined,
  );
}
