import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { isGood, notMine, versionsOf } from '../core/deploy/history.ts';
import { parseImage, versionText } from '../core/deploy/image.ts';
import type { Released } from '../core/deploy/release.ts';
import { showStrategy, unfit } from '../core/deploy/strategy.ts';
import { showDuration } from '../core/duration.ts';
import type { Operation } from '../core/operation.ts';
import { outcomeOf } from './back.ts';
import { retirementOf } from './retired.ts';
import { isWholeStrategy } from './words.ts';

/** What is offered to whoever fills in or types a deploy. */
interface Offered {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

/** Tags of the app's own repository, newest first, with what was typed where it is an image too. */
export async function imagesOffered(
  look: Pick<Look, 'cloud' | 'deploys' | 'operations'>,
  app: App,
  { typed, now }: { readonly typed: string; readonly now: number },
): Promise<readonly Offered[]> {
  const own = app.instance.containers[0]?.image ?? '';
  const { cloud, deploys } = look;
  const [tags, releases] = await Promise.all([cloud.deploys.tags(own), deploys.releases(app.name, 50)]);
  const last = releases.find(isGood);
  const isThere = last !== undefined && (await retirementOf(look, app, last)) === undefined;
  const runs = isThere ? parseImage(last.image)?.tag : undefined;
  const offered = tags.map(({ tag, pushedAt }) => ({
    label: tag,
    value: tag,
    hint: `pushed ${showDuration(now - pushedAt)} ago${tag === runs ? ', runs now' : ''}`,
  }));
  const isWhole = typed.includes('/') || tags.length === 0;
  return isWhole && parseImage(typed)
    ? [...offered, { label: typed, value: typed, hint: 'As typed' }]
    : offered;
}

/** The app's own first, then the usual ones that fit it, with what was typed where it is one. */
export function strategiesOffered(app: App, typed: string): readonly Offered[] {
  const own = showStrategy(app.strategy);
  const usual = (
    [
      { type: 'rolling', batch: 1 },
      { type: 'rolling', batch: 2 },
      { type: 'blue-green' },
      {
        type: 'canary',
        steps: [
          { share: 5, hold: 600_000 },
          { share: 25, hold: 600_000 },
          { share: 100, hold: 0 },
        ],
      },
    ] as const
  )
    .filter((each) => unfit(each, app) === undefined)
    .map(showStrategy);
  const offered = [...new Set([own, ...usual])].map((each) => ({
    label: each,
    value: each,
    hint: each === own ? `What ${app.name} says` : (hints[each.split(' ')[0] ?? ''] ?? ''),
  }));
  const isOther = isWholeStrategy(typed) && !offered.some(({ value }) => value === typed);
  return isOther ? [...offered, { label: typed, value: typed, hint: 'As typed' }] : offered;
}

const hints: Readonly<Record<string, string>> = {
  rolling: 'So many at a time',
  'blue-green': 'All new ones beside the old ones, then the switch',
  canary: 'A share of the traffic at a time',
};

/** Those that can be brought back, newest first. */
export async function releasesOffered(
  { deploys }: Pick<Look, 'deploys'>,
  app: App,
): Promise<readonly Offered[]> {
  const releases = await deploys.releases(app.name, 50);
  return versionsOf(releases).map(({ version, image }) => ({
    label: `${version} – ${versionText(image)}`,
    value: String(version),
    hint: version === notMine ? 'not deployed through me' : whenDeployed(releases, version),
  }));
}

function whenDeployed(releases: readonly Released[], number: number): string {
  const release = releases.find(({ version }) => version === number);
  if (!release) return '';
  return `${outcomeOf(release)} ${new Date(release.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Deploys that are not over: by the app where there is one of it, else by id. */
export function deploysOffered(open: readonly Operation[]): readonly Offered[] {
  const deploys = open.flatMap(({ id, plan, status }) =>
    plan.release ? [{ id, app: plan.release.app, title: plan.title, status }] : [],
  );
  return deploys.map(({ id, app, title, status }) => ({
    label: `${id} ${title}`,
    value: deploys.filter((each) => each.app === app).length > 1 ? id : app,
    hint: status,
  }));
}
