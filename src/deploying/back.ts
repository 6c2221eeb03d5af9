import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { parseImage } from '../core/deploy/image.ts';
import type { Released } from '../core/deploy/release.ts';
import type { Operation } from '../core/operation.ts';
import type { Plan } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { changesOf, theApp } from './apps.ts';
import { type Ground, planDeploy } from './planning.ts';

/** So many releases are looked at for the one that is meant. */
const most = 200;

/**
 * The plan of bringing an earlier release back: the same image by its digest, the same environment, without the hook
 * before. Throws a Refusal where there is none.
 */
export async function planRollback(look: Ground, name: string, to: string | undefined): Promise<Plan> {
  const app = theApp(look, name);
  const releases = await look.deploys.releases(app.name, most);
  const back = to === undefined ? lastGood(app, releases) : named(app, releases, to);
  refuseRunning(app, releases, back);
  return planDeploy(look, { app: app.name, environment: back.environment, back });
}

/** What ran before what runs now. */
function lastGood(app: App, releases: readonly Released[]): Released {
  const good = releases.filter(isGood);
  const [now, ...before] = good;
  const other = before.find(({ image, digest }) => image !== now?.image || digest !== now.digest);
  if (other) return other;
  throw new Refusal(
    now
      ? `${app.name} has no other version that was deployed well: only ${now.version}, ${now.image}.`
      : `Nothing of ${app.name} was deployed ${releases.length > 0 ? 'well ' : ''}through me yet.`,
    howElse(app),
  );
}

function howElse({ name }: App): string {
  return `Deploy the image that you want: deploy ${name} image=…`;
}

function isGood({ outcome }: Released): boolean {
  return outcome === 'succeeded';
}

function refuseRunning(app: App, releases: readonly Released[], back: Released): void {
  if (releases.find(isGood)?.version !== back.version) return;
  throw new Refusal(
    `Version ${back.version} of ${app.name} is what runs.`,
    `To replace its instances by new ones of the same image: deploy ${app.name} image=${back.image}`,
  );
}

function named(app: App, releases: readonly Released[], to: string): Released {
  const number = Number(to.replace(/^v(?=\d+$)/i, ''));
  const tagged = releases.filter(({ image }) => parseImage(image)?.tag === to);
  const found = releases.find(({ version }) => version === number) ?? tagged.find(isGood) ?? tagged[0];
  if (!found)
    throw new Refusal(
      releases.length === 0
        ? `Nothing of ${app.name} was deployed through me yet.`
        : `There is no version ${to} of ${app.name}.`,
      releases.length === 0 ? howElse(app) : `See them with: releases ${app.name}`,
    );
  if (isGood(found)) return found;
  throw new Refusal(
    `Version ${found.version} of ${app.name} never ran in full: it ${outcomeOf(found)}.`,
    `To try its image again: deploy ${app.name} image=${found.image}`,
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
  return back === undefined ? what : `${what}, to bring version ${back} back`;
}

const outcomes: Readonly<Record<string, string>> = {
  succeeded: 'was deployed',
  undone: 'was taken back',
  failed: 'failed',
  cancelled: 'was cancelled',
  unresolved: 'is unresolved',
  void: 'was void',
};
