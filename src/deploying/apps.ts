import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { mention } from '../core/describe.ts';
import { Refusal } from '../core/refusal.ts';
import { plainText } from '../core/report.ts';
import { nearest } from '../core/suggest.ts';
import { stopped } from '../core/text.ts';

/** The app of that name. Throws a Refusal that names the nearest. */
export function theApp({ deploys }: Pick<Look, 'deploys'>, name: string): App {
  const app = deploys.apps.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (app) return app;
  const names = deploys.apps.map((each) => each.name);
  const meant = nearest(name, names);
  throw new Refusal(
    `There is no app ${name}.`,
    meant.length > 0
      ? `Did you mean ${meant.join(' or ')}?`
      : names.length > 0
        ? `There is ${names.join(', ')}.`
        : 'Describe your apps under apps: in lamplighter.yml.',
  );
}

/** Somebody locked it, or is at it. */
export async function refuseLocked(
  { deploys, operations }: Pick<Look, 'deploys' | 'operations'>,
  app: Pick<App, 'name'>,
): Promise<void> {
  const hold = (await deploys.holds()).find(({ name }) => name === lockOf(app));
  if (hold)
    throw new Refusal(
      `${app.name} is locked by ${plainText([mention(hold.by)])}: ${stopped(hold.because)}`,
      `Whoever may, unlocks it with: deploy unlock ${app.name}`,
    );
  const busy = await operations.list({ status: ['queued', 'running', 'undoing'], limit: 100 });
  const other = busy.find(({ plan }) => plan.locks?.includes(lockOf(app)));
  if (other)
    throw new Refusal(
      `${app.name} is being ${other.plan.release ? 'deployed' : 'changed'} already: ${other.id} (${other.plan.title}).`,
      `Wait for it, or take it back with: abort ${other.id}`,
    );
}

export function lockOf({ name }: Pick<App, 'name'>): string {
  return `app:${name}`;
}
