import type { Target } from '../target.ts';
import { listed } from '../text.ts';
import type { App } from './app.ts';
import { finds } from './finder.ts';
import type { FoundPlace, OtherBackend } from './scene.ts';
import { isServing } from './standing.ts';

/** Backends in an app's places that are at none of its instances: whose they are, and what that means. Pure. */

/** Those that no other app of the file has put there: a set may rightly be of several. */
export function strangersOf(
  app: App,
  apps: readonly App[],
  others: readonly OtherBackend[],
): readonly OtherBackend[] {
  const neighbours = apps.filter(({ name }) => name !== app.name);
  return others.filter(
    ({ at }) => !(at?.instance && neighbours.some((each) => isOf(each, at.instance as Target))),
  );
}

/** Whether it is the app's, whatever state it is in. */
function isOf({ region, compartment, find }: App, instance: Target): boolean {
  return (
    instance.region === region &&
    instance.compartment.path === compartment &&
    finds({ ...find, states: [] }, instance)
  );
}

/**
 * What is worth knowing of them, a sentence each, place by place. `beside` is what they stay in traffic beside, where that
 * is something new.
 */
export function aboutStrangers(
  app: App,
  places: readonly FoundPlace[],
  strangers: readonly OtherBackend[],
  beside = '',
): readonly string[] {
  return places.flatMap((place, at) => {
    const here = strangers.filter((each) => each.place === at);
    const deserted = here.filter(({ isDeserted }) => isDeserted);
    const own = here.filter((each) => each.at?.instance && isOf(app, each.at.instance));
    const foreign = here.filter((each) => !deserted.includes(each) && !own.includes(each));
    return [
      ...foreignText(app, place, foreign, beside),
      ...own.map((each) => fallenText(place, each)),
      ...desertedText(place, deserted),
    ];
  });
}

function foreignText(
  app: App,
  place: FoundPlace,
  foreign: readonly OtherBackend[],
  beside: string,
): readonly string[] {
  if (foreign.length === 0) return [];
  const names = listed(foreign.map(({ name, at }) => (at ? `${name} (${at.name})` : name)));
  const [backends, are, they] = foreign.length === 1 ? ['backend', 'is', 'it'] : ['backends', 'are', 'they'];
  const some = foreign.some(isServing) ? 'in traffic' : 'there';
  return [
    `${placeText(place)} has ${foreign.length} ${backends} that ${are} not of ${app.name}: ${names}: ${they} ${foreign.length === 1 ? 'stays' : 'stay'} ${some}${beside === '' ? '' : ` beside ${beside}`}; is find of apps.${app.name} right?`,
  ];
}

function fallenText(place: FoundPlace, { name, at }: OtherBackend): string {
  return `${name} in ${placeText(place)} is of ${at?.name}, which is ${at?.instance?.state}; it stays there.`;
}

function desertedText(place: FoundPlace, deserted: readonly OtherBackend[]): readonly string[] {
  if (deserted.length === 0) return [];
  const names = listed(deserted.map(({ name }) => name));
  return [
    deserted.length === 1
      ? `${names} in ${placeText(place)} is at no instance that I see; its address may be given out again.`
      : `${names} in ${placeText(place)} are at no instance that I see; their addresses may be given out again.`,
  ];
}

function placeText({ set, balancer }: FoundPlace): string {
  return `${set} of ${balancer.name}`;
}

/** The weight that takes a share of the traffic of a place, besides the app's own. */
export function weightBeside(strangers: readonly OtherBackend[], place: number): number {
  return strangers
    .filter((each) => each.place === place && isServing(each) && !each.isDeserted)
    .reduce((sum, { weight }) => sum + weight, 0);
}
