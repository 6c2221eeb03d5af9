import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { isGood } from '../core/deploy/history.ts';
import type { AppNow } from '../core/describe-app.ts';
import { changesOf, holdOf } from './apps.ts';
import { most } from './releases.ts';
import { retirementOf } from './retired.ts';

/** An app as it is now. Throws a Refusal where the file names a compartment that is not there. */
export async function appNow(
  look: Pick<Look, 'cloud' | 'deploys' | 'operations'>,
  app: App,
): Promise<AppNow> {
  const [serving, releases, hold, busy] = await Promise.all([
    look.cloud.deploys.serving(app),
    look.deploys.releases(app.name, most),
    holdOf(look, app),
    changesOf(look, app, ['waiting', 'queued', 'running', 'undoing']),
  ]);
  const retired = await retirementOf(look, app, releases.find(isGood));
  return { app, serving, releases, ...(hold ? { hold } : {}), ...(retired ? { retired } : {}), busy };
}
