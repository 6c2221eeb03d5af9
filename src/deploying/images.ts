import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { imageText, isPinned, parseImage, withTag } from '../core/deploy/image.ts';
import { Refusal } from '../core/refusal.ts';
import { nearest } from '../core/suggest.ts';
import type { Wish } from './planning.ts';

/** The image that the line names, whole or by its tag alone; else the one of the file, if that has a tag. */
export function imageOf(app: App, { image, back }: Wish): string {
  if (back) return back.image;
  const own = app.instance.containers[0]?.image ?? '';
  const reference = parseImage(own);
  if (image === undefined) {
    if (isPinned(own)) return own;
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

/** Names the tags that there are. */
export async function noImage({ cloud }: Pick<Look, 'cloud'>, app: App, url: string): Promise<Refusal> {
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
