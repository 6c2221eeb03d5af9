import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import {
  type ImageReference,
  imageText,
  isPinned,
  namesRegistry,
  parseImage,
  pinnedText,
  withTag,
} from '../core/deploy/image.ts';
import { strategyLike } from '../core/deploy/strategy.ts';
import { Refusal } from '../core/refusal.ts';
import { nearest } from '../core/suggest.ts';
import type { Wish } from './wish.ts';

/** The image that the line names, whole or by its tag or digest alone; else the one of the file, if that has a tag. */
export function imageOf(app: App, { image, back }: Pick<Wish, 'image' | 'back'>): string {
  if (back) return asItWas(back);
  const own = app.instance.containers[0]?.image ?? '';
  if (image === undefined) {
    if (isPinned(own)) return own;
    throw new Refusal(
      `Which version of ${app.name}? Its file names no tag.`,
      `Say it, for example: deploy ${app.name} image=1.4.2`,
    );
  }
  const reference = parseImage(own);
  const named = reference && namedBy(app, reference, image);
  if (named) return imageText(named);
  throw new Refusal(
    `"${image}" is no image.`,
    'Name a tag such as 1.4.2, or all of it: fra.ocir.io/namespace/repository:1.4.2',
  );
}

/** Its tag may have been moved since. */
function asItWas({ image, digest }: NonNullable<Wish['back']>): string {
  const reference = parseImage(image);
  return reference && digest !== undefined ? imageText({ ...reference, digest }) : image;
}

const aTag = /^\w[\w.-]{0,127}$/;
const anId = /^[0-9a-f]{64}$/i;

/** Undefined for what is no image. Throws a Refusal for a digest that is none, and for a repository of nobody knows where. */
function namedBy(app: App, own: ImageReference, image: string): ImageReference | undefined {
  const text = image.replace(/^…(?=[:@])/, '');
  const at = /^sha\d+:/i.test(text) ? 0 : text.indexOf('@');
  const name = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : digestIn(app, text.slice(at).replace(/^@/, ''));
  if (anId.test(name)) throw notATag(app, name);
  if (name === '') return digest === undefined ? undefined : parseImage(pinnedText(own, digest));
  const pin = digest === undefined ? '' : `@${digest}`;
  const tag = name.replace(/^:/, '');
  // beside a digest, the name of the repository is no tag
  const isOwn = digest !== undefined && own.repository.endsWith(`/${name}`);
  if (!aTag.test(tag) || isOwn) return parseImage(`${atRegistry(app, own, name)}${pin}`);
  return { ...withTag(own, tag), ...(digest === undefined ? {} : { digest }) };
}

const lengths: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

function digestIn({ name }: App, text: string): string {
  const [algorithm = '', hex = '', ...more] = text.toLowerCase().split(':');
  const length = lengths[algorithm];
  if (length !== undefined && more.length === 0 && hex.length === length && /^[0-9a-f]+$/.test(hex))
    return `${algorithm}:${hex}`;
  const odd = /[^0-9a-f]/.exec(hex)?.[0];
  const why =
    length === undefined || more.length > 0
      ? 'it is written as sha256: and 64 hexadecimal digits'
      : odd !== undefined
        ? `"${odd}" is no hexadecimal digit`
        : `it has ${hex.length} hexadecimal digits, and needs ${length}`;
  throw new Refusal(`"${text}" is no digest: ${why}.`, `A tag will do as well: deploy ${name} image=1.4.2`);
}

function notATag({ name }: App, id: string): Refusal {
  return new Refusal(
    `"${id.slice(0, 12)}…" may be a tag or a digest.`,
    `Where the digest is meant: deploy ${name} image=sha256:${id}`,
  );
}

/** The end of the app's own repository, or another one in its namespace, need no registry. */
function atRegistry({ name: app }: App, own: ImageReference, name: string): string {
  if (namesRegistry(name)) return name;
  const [path = '', tag] = name.split(':');
  const end = tag === undefined ? '' : `:${tag}`;
  if (`/${own.repository}`.endsWith(`/${path}`)) return `${own.registry}/${own.repository}${end}`;
  const there = parseImage(`${own.registry}/${name}`);
  if (there && namespaceOf(there) === namespaceOf(own)) return `${own.registry}/${name}`;
  const written = parseImage(name);
  if (!written) return name;
  throw new Refusal(
    `"${name}" does not say in which registry it is.`,
    `Write it out: deploy ${app} image=${imageText(written)} – or name a tag of ${own.registry}/${own.repository}: deploy ${app} image=${written.tag ?? '1.4.2'}`,
  );
}

function namespaceOf({ repository }: ImageReference): string {
  return repository.split('/')[0] ?? '';
}

/** Names the tags that there are. */
export async function noImage({ cloud }: Pick<Look, 'cloud'>, app: App, url: string): Promise<Refusal> {
  const tags = (await cloud.deploys.tags(url).catch(() => [])).map(({ tag }) => tag);
  const wanted = parseImage(url)?.tag ?? '';
  const meant = wanted === '' ? [] : nearest(wanted, tags);
  const strategy = strategyLike(wanted);
  const known = tags.slice(0, 5);
  return new Refusal(
    `There is no image ${url}.`,
    strategy !== undefined
      ? `Did you mean the strategy ${strategy}?`
      : meant.length > 0
        ? `Did you mean ${meant.join(' or ')}?`
        : known.length > 0
          ? `The newest tags of ${app.name} are ${known.join(', ')}.`
          : 'Is it pushed, and may I read the repository? Check with: doctor',
  );
}
