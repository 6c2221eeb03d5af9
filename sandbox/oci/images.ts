import type { Container } from './resources/resources.ts';

/** What an image is and how the program in it behaves; times are milliseconds of the sandbox clock. */
export interface Image {
  /** The last part of the repository without the words below: `store`. */
  readonly app: string;
  /** The tag as it was written, `latest` without one; a digest stands for itself. */
  readonly version: string;
  /** No registry has it. */
  readonly isMissing: boolean;
  /** 503 to everything for so long. */
  readonly slowStart: number;
  /** 503 on every path that health is asked at. */
  readonly isNeverHealthy: boolean;
  /** The process dies after so long. */
  readonly crashesAfter?: number;
  /** Each answer takes so long. */
  readonly delay: number;
  /** Per cent of the answers that are 500. */
  readonly errors: number;
  /** It does its work and ends with this code. */
  readonly exits?: { readonly after: number; readonly code: number };
}

/** How long a program that ends by itself takes where its image does not say. */
const WORK = 5_000;

/**
 * Reads `registry/path/name:tag@digest`. Words anywhere in the name or the tag say what goes wrong:
 * `-missing`, `-slow-start-20s`, `-never-healthy`, `-crash-30s`, `-slow-800ms`, `-errors-20`, `-exit-1`,
 * `-exit-0-after-20s`. sandbox/README.md has them as a table.
 */
export function imageOf(url: string): Image {
  const [named = '', digest] = url.split('@');
  const name = named.slice(named.lastIndexOf('/') + 1);
  const [repository = '', tag] = name.split(':');
  const crash = spanAfter(name, 'crash');
  const exit = /[-:]exit-(\d{1,3})(?:-after-(\d+)(ms|s|m))?(?!\w)/.exec(name);
  return {
    app: repository.replace(behaviour, ''),
    version: tag ?? digest ?? 'latest',
    isMissing: has(name, 'missing'),
    slowStart: spanAfter(name, 'slow-start') ?? 0,
    isNeverHealthy: has(name, 'never-healthy'),
    ...(crash !== undefined && { crashesAfter: crash }),
    delay: spanAfter(name, 'slow') ?? 0,
    errors: Math.min(100, Number(/[-:]errors-(\d+)(?!\w)/.exec(name)?.[1] ?? 0)),
    ...(exit && { exits: { code: Number(exit[1]), after: span(exit[2], exit[3]) ?? WORK } }),
  };
}

/** The image of a container, by what was pulled for it. */
export function imageIn({ imageUrl, pulled }: Pick<Container, 'imageUrl' | 'pulled'>): Image {
  return imageOf(pulled ?? imageUrl);
}

const behaviour =
  /-(missing|never-healthy|(slow-start|slow|crash)-\d+(ms|s|m)|errors-\d+|exit-\d+(-after-\d+(ms|s|m))?)(?!\w)/g;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };

function has(name: string, word: string): boolean {
  return new RegExp(`[-:]${word}(?!\\w)`).test(name);
}

function spanAfter(name: string, word: string): number | undefined {
  const [, count, unit] = new RegExp(`[-:]${word}-(\\d+)(ms|s|m)(?!\\w)`).exec(name) ?? [];
  return span(count, unit);
}

function span(count: string | undefined, unit: string | undefined): number | undefined {
  return count === undefined ? undefined : Number(count) * (units[unit ?? 's'] ?? 1_000);
}
