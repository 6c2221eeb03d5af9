import { replacedText } from '../describe-deploy.ts';
import { showDuration } from '../duration.ts';
import { quoteWord } from '../parse.ts';
import type { Plan, UndoStep } from '../plan.ts';
import type { Target } from '../target.ts';
import { listed } from '../text.ts';
import { partOf } from './balancer-steps.ts';
import type { Scene } from './scene.ts';
import { showStrategy } from './strategy.ts';
import type { Wave } from './wave.ts';
import { courseOf } from './waves.ts';

export interface DeployWords {
  readonly title: string;
  readonly line: string;
  /** What is worth knowing before it is approved; a sentence each. */
  readonly doubts: readonly string[];
  /** The new instances as rules judge them. */
  readonly makes: readonly Target[];
}

/** The plan of a deploy, with all that it does and its way back. */
export function deployPlan(scene: Scene, { title, line, doubts, makes }: DeployWords): Plan {
  const { waves, until, undo } = courseOf(scene);
  return {
    title,
    impact: 'change',
    consequences: [
      whatReplaces(scene),
      ...environmentText(scene),
      ...whatIsMade(scene),
      howLong(scene),
      wayBackText(scene),
      ...doubts,
    ],
    waves: waves.map(({ steps }) => steps),
    stages: waves.map(({ stage }) => stage),
    undo: { until, ...undoOf(undo) },
    locks: [`app:${scene.app.name}`],
    makes,
    release: scene.release,
    unchanged: [],
    line,
  };
}

export function undoOf(undo: readonly Wave<UndoStep>[]) {
  return { waves: undo.map(({ steps }) => steps), stages: undo.map(({ stage }) => stage) };
}

function whatReplaces({ app, release, fresh, old, strangers }: Scene): string {
  const { image, digest, replaces } = release;
  const what = `${counted(fresh.length, 'new instance')} of ${image}${digest ? ` (${digest.slice(0, 19)}…)` : ''}`;
  if (old.length === 0)
    return strangers.some(({ isDeserted }) => !isDeserted)
      ? `${what}: I find no instance of ${app.name}, so that nothing is replaced.`
      : `${what}: the first of ${app.name}, nothing is replaced.`;
  const names = old.map(({ target }) => target.name);
  return `${what} ${fresh.length === 1 ? 'replaces' : 'replace'} ${listed(names)}${replaces ? ` (${replacedText(replaces)})` : ''}.`;
}

/** What the line sets; secrets are references, which only the file has. */
function environmentText({ release: { environment } }: Scene): readonly string[] {
  const sets = Object.entries(environment).map(([key, value]) => quoteWord(`${key}=${value}`));
  return sets.length > 0 ? [`Environment besides the file’s: ${sets.join(', ')}.`] : [];
}

/** Parts of load balancers, which are there for whoever comes after. */
function whatIsMade({ places }: Scene): readonly string[] {
  const made = places.flatMap((place) =>
    (['set', 'listener'] as const).flatMap((part) => (place.missing?.[part] ? [partOf(part, place)] : [])),
  );
  const each = [...new Set(made)];
  if (each.length === 0) return [];
  return [
    `${capital(each.join(' and '))} ${each.length === 1 ? 'is' : 'are'} made first, and removed again on the way back.`,
  ];
}

/** What it has to wait for at least; making and health come on top. */
function howLong({ app, places, old }: Scene): string {
  const { strategy, bake, drain, health } = app;
  const holds = strategy.type === 'canary' ? strategy.steps.reduce((sum, { hold }) => sum + hold, 0) : 0;
  const idle = old.length > 0 ? Math.max(drain, ...places.map((place) => place.idle)) : 0;
  const sure = Math.max(0, ...places.map((place) => place.sure));
  const parts = [
    ...(sure > 0 ? [`${health.ok} × OK over ${showDuration(sure)} before traffic is moved`] : []),
    ...(holds > 0 ? [`${showDuration(holds)} of canary`] : []),
    ...(idle > 0 ? [`${showDuration(idle)} for connections to end`] : []),
    ...(bake > 0 ? [`${showDuration(bake)} of bake`] : []),
  ];
  return `Strategy ${showStrategy(strategy)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`;
}

function wayBackText({ old, app, release, before }: Scene): string {
  const hook = before && release.back === undefined ? ` What ${before.name} has done stays done.` : '';
  const gates =
    app.gates.length > 0 ? `, a gate fails (${app.gates.map(({ name }) => name).join(', ')})` : '';
  if (old.length === 0)
    return `If a step fails${gates} or somebody aborts, the new instances are deleted.${hook}`;
  return `If a step fails${gates} or somebody aborts, the old instances take the traffic again and the new ones are deleted, until the old ones are.${hook}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
