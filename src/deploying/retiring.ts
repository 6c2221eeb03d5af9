import type { Look } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import { type Retirement, retirePlan, shortPlace } from '../core/deploy/retire.ts';
import type { OldInstance } from '../core/deploy/scene.ts';
import { aboutStrangers, strangersOf } from '../core/deploy/strangers.ts';
import type { Survey } from '../core/deploy/survey.ts';
import { quoteWord } from '../core/parse.ts';
import type { Plan } from '../core/plan.ts';
import { Refusal } from '../core/refusal.ts';
import { like } from '../core/selector.ts';
import { nearest } from '../core/suggest.ts';
import { stopped } from '../core/text.ts';
import { refuseLocked } from './apps.ts';
import type { Ground } from './planning.ts';

/** What a line says of a retirement. */
export interface RetireWish {
  /** An app, or one of its instances, by its name; an app goes before. */
  readonly what: string;
  readonly because?: string | undefined;
}

/** An app as it is, and which of its instances are meant: all where none is named. */
interface Meant {
  readonly app: App;
  readonly survey: Survey;
  readonly one?: OldInstance;
}

/**
 * The plan of taking an app, or one instance of it, out of traffic and deleting it. Throws a Refusal for what is not
 * there, for an app that is locked or being changed, and where too few would be left to serve.
 */
export async function planRetire(look: Ground, { what, because }: RetireWish): Promise<Plan> {
  const { app, survey, one } = await meantBy(look, what);
  await refuseLocked(look, app);
  const leaving = one ? [one] : survey.old;
  const retirement = { app, old: survey.old, places: survey.places, leaving, isWhole: one === undefined };
  refuseUnclear(app, survey, leaving);
  refuseShort(retirement);
  return retirePlan(retirement, {
    line: `retire ${quoteWord(one ? one.target.name : app.name)}${because === undefined ? '' : ` because ${because}`}`,
    doubts: [
      ...survey.faults,
      ...survey.unseen,
      ...aboutStrangers(app, survey.places, strangersOf(app, look.deploys.apps, survey.others)),
      ...(because === undefined ? [] : [`Because: ${because}`]),
    ].map(stopped),
  });
}

async function meantBy({ cloud, deploys }: Ground, word: string): Promise<Meant> {
  const named = deploys.apps.find(({ name }) => name.toLowerCase() === word.toLowerCase());
  if (named) return { app: named, survey: await cloud.deploys.survey(asItIs(named)) };
  const possible = deploys.apps.filter(({ find }) => find.name === undefined || like(find.name, word));
  const found = await Promise.all(
    possible.map(async (app): Promise<readonly Meant[]> => {
      const survey = await surveyIfThere({ cloud }, app);
      const ones = survey?.old.filter(({ target }) => target.name.toLowerCase() === word.toLowerCase()) ?? [];
      return survey ? ones.map((one) => ({ app, survey, one })) : [];
    }),
  );
  const [only, ...others] = found.flat();
  if (!only) throw unknown(deploys.apps, word);
  if (others.length > 0)
    throw new Refusal(
      `${word} is the name of ${others.length + 1} instances, of ${[...new Set(found.flat().map(({ app }) => app.name))].join(' and ')}.`,
      'Give them names of their own in the Console first.',
    );
  return only;
}

/** Nothing is made, so that nothing has to be there for it; and what has failed goes too. */
function asItIs(app: App): App {
  const find = { ...app.find, states: [...app.find.states, 'FAILED'] };
  const instance = { ...app.instance, vnics: [] };
  const spread = { ...app.spread, domains: [] };
  return { ...app, find, instance, spread, places: app.places.map(({ create: _, ...place }) => place) };
}

/** What another app's file gets wrong says nothing of the instance that is looked for. */
async function surveyIfThere({ cloud }: Pick<Ground, 'cloud'>, app: App): Promise<Survey | undefined> {
  try {
    return await cloud.deploys.survey(asItIs(app));
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function unknown(apps: Look['deploys']['apps'], word: string): Refusal {
  const names = apps.map(({ name }) => name);
  const meant = nearest(word, names);
  return new Refusal(
    `There is no app ${word}, and no instance of that name of any app.`,
    meant.length > 0
      ? `Did you mean ${meant.join(' or ')}?`
      : names.length > 0
        ? `There is ${names.join(', ')}; its instances are shown by: list kind:container-instance`
        : 'Describe your apps under apps: in lamplighter.yml.',
  );
}

/** What cannot be seen in its place cannot be drained, and what is being changed does not stand still. */
function refuseUnclear(app: App, { unclear }: Survey, leaving: readonly OldInstance[]): void {
  if (leaving.length === 0)
    throw new Refusal(
      `${app.name} has no instances.`,
      `Which ones are meant is said by find: of ${app.name} in apps: of lamplighter.yml.`,
    );
  const moving = leaving.find(({ target }) => !['ACTIVE', 'INACTIVE', 'FAILED'].includes(target.state));
  if (moving)
    throw new Refusal(
      `${moving.target.name} is ${moving.target.state}.`,
      `Wait until it has settled; see how it stands with: inspect ${moving.target.name}`,
    );
  if (unclear.length > 0)
    throw new Refusal(
      `It cannot be told where ${app.name} takes traffic: ${unclear.map(stopped).join(' ')}`,
      'Name one load balancer in apps: of lamplighter.yml.',
    );
}

function refuseShort(retirement: Retirement): void {
  const short = shortPlace(retirement);
  if (!short) return;
  const { app } = retirement;
  throw new Refusal(
    `${app.name} keeps ${app.minimum} in traffic at all times, and ${short.left} would be left in ${short.set} of ${short.balancer}.`,
    `Change minimum of ${app.name} in apps: of lamplighter.yml, or put new ones in the place of all with: deploy ${app.name}`,
  );
}
