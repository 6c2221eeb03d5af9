import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { isGood, notMine } from '../core/deploy/history.ts';
import { parseImage, versionText } from '../core/deploy/image.ts';
import type { Release, Released } from '../core/deploy/release.ts';
import type { Survey } from '../core/deploy/survey.ts';
import { listed } from '../core/text.ts';

/** What a deploy puts new instances in the place of, and what is worth knowing of it; a sentence each. */
export interface Replaced {
  readonly replaces?: NonNullable<Release['replaces']>;
  readonly doubts: readonly string[];
}

/**
 * The release that runs: the last that was deployed well, where instances of it are there still. One that did not come to
 * its end runs where nothing else is there.
 */
export function runningOf(
  { name }: Pick<App, 'name'>,
  releases: readonly Released[],
  { targets }: Pick<Survey, 'targets'>,
): Released | undefined {
  const numbers = targets.map(({ tags }) =>
    tags['lamplighter-app'] === name ? tags['lamplighter-version'] : undefined,
  );
  const there = releases.filter(({ version }) => numbers.includes(String(version)));
  return there.find(isGood) ?? (numbers.includes(undefined) ? undefined : there[0]);
}

/** Of what was not deployed through the bot the image is kept: a rollback has nothing else to go back to. */
export async function replacedBy(
  { cloud }: Pick<Look, 'cloud'>,
  running: Released | undefined,
  { targets }: Pick<Survey, 'targets'>,
): Promise<Replaced> {
  if (running) {
    const { version, image, digest } = running;
    return { replaces: { version, image, ...(digest === undefined ? {} : { digest }) }, doubts: [] };
  }
  if (targets.length === 0) return { doubts: [] };
  const names = listed(targets.map(({ name }) => name));
  const [were, made] = targets.length === 1 ? ['was', 'is'] : ['were', 'are'];
  const images = [...new Set(await cloud.deploys.imagesOf(targets))];
  const [image] = images;
  if (images.length > 1)
    return {
      doubts: [
        `${names} ${were} not deployed through me and run different images (${listed(images.map((each) => (each ? versionText(each) : 'one that I cannot read')))}): rollback cannot bring them back.`,
      ],
    };
  if (image === undefined)
    return { doubts: [`Of which image ${names} ${made} cannot be read: rollback cannot bring it back.`] };
  return foreign({ cloud }, image, `${names} ${were} not deployed through me`);
}

async function foreign({ cloud }: Pick<Look, 'cloud'>, image: string, who: string): Promise<Replaced> {
  const replaces = { version: notMine, image };
  const pinned = parseImage(image)?.digest;
  if (pinned !== undefined) return { replaces: { ...replaces, digest: pinned }, doubts: [] };
  const found = await cloud.deploys.image(image);
  if (!found)
    return {
      replaces,
      doubts: [`${who}, and their image ${image} is in its registry no more: rollback cannot bring it back.`],
    };
  const { digest } = found;
  const what =
    digest === undefined
      ? `the digest of their image cannot be known: rollback brings back what ${image} means then`
      : `their image is named by its tag: rollback brings back what ${versionText(image)} means now (${digest.slice(0, 19)}…)`;
  return {
    replaces: { ...replaces, ...(digest === undefined ? {} : { digest }) },
    doubts: [`${who}, and ${what}.`],
  };
}
