import type { Hold, Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { mention } from '../core/describe.ts';
import type { Operation, Status } from '../core/operation.ts';
import { Refusal } from '../core/refusal.ts';
import { plainText } from '../core/report.ts';
import { nearest } from '../core/suggest.ts';
import { stopped } from '../core/text.ts';
import { isBeyond } from '../core/way-back.ts';

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
  app: App,
): Promise<void> {
  const hold = await holdOf({ deploys }, app);
  if (hold)
    throw new Refusal(
      `${app.name} is locked by ${plainText([mention(hold.by)])}: ${stopped(hold.because)}`,
      `Whoever may, unlocks it with: deploy unlock ${app.name}`,
    );
  const [other] = await changesOf({ operations }, app, ['queued', 'running', 'undoing']);
  if (other)
    throw new Refusal(
      `${app.name} is being ${other.plan.release ? 'deployed' : 'changed'} already: ${other.id} (${other.plan.title}).`,
      howToGoOn(other),
    );
}

function howToGoOn({ id, status, plan, steps }: Operation): string {
  if (status === 'undoing') return 'Wait for it: it is being taken back.';
  if (isBeyond(plan, steps)) return 'Wait for it: it is too late to take it back.';
  return `Wait for it, or take it back with: abort ${id}`;
}

/** Who locked it by hand, if anybody did. */
export async function holdOf({ deploys }: Pick<Look, 'deploys'>, app: App): Promise<Hold | undefined> {
  return (await deploys.holds()).find(({ name }) => name === lockOf(app));
}

/** Whoever says the name of an app means what runs, and not what waits behind it. */
const order: readonly Status[] = ['undoing', 'running', 'queued', 'waiting'];

/** What changes the app, and stands so: what runs first, what waits for somebody last; the newest of each before. */
export async function changesOf(
  { operations }: Pick<Look, 'operations'>,
  app: App,
  status: readonly Status[],
): Promise<readonly Operation[]> {
  const found = [...(await operations.list({ status, limit: 100 }))];
  return found
    .filter(({ plan }) => plan.locks?.includes(lockOf(app)))
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

function lockOf({ name }: Pick<App, 'name'>): string {
  return `app:${name}`;
}
