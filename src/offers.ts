import type { NamedCommand, Offer } from './command.ts';
import type { Actor, Origin } from './core/actor.ts';
import { quoteWord } from './core/parse.ts';
import type { Target } from './core/target.ts';
import { deploysOffered, imagesOffered, releasesOffered, strategiesOffered } from './deploying/offers.ts';
import type { Desk } from './desk.ts';
import { parse } from './pipeline.ts';
import { sightFor } from './sight.ts';

/** What is offered while somebody types or fills in a form. */

export interface Suggestion {
  readonly label: string;
  /** As it is typed into a line: a name in quotes where it needs them, an operation id, a command. */
  readonly value: string;
  readonly hint?: string;
}

export interface Typing {
  readonly what: Offer;
  readonly typed: string;
  readonly actor: Actor;
  /** What other arguments say that it depends on, by their names. */
  readonly beside?: Readonly<Record<string, string>>;
}

const most = 100;

export async function suggest(desk: Desk, request: Typing): Promise<readonly Suggestion[]> {
  const typed = request.typed.trim().toLowerCase();
  const fits = ({ label, value }: Suggestion) =>
    label.toLowerCase().includes(typed) || value.toLowerCase().includes(typed);
  return (await candidates(desk, request)).filter(fits).slice(0, most);
}

async function candidates(desk: Desk, request: Typing): Promise<readonly Suggestion[]> {
  const { what, actor, typed } = request;
  switch (what) {
    case 'commands':
      return permitted(desk, actor).map(({ name, summary }) => ({ label: name, value: name, hint: summary }));
    case 'operations': {
      const latest = await desk.engine.list({ limit: most });
      return latest.map(({ id, line, status }) => ({ label: `${id} ${line}`, value: id, hint: status }));
    }
    case 'policies':
      return desk.lights.policies.map(({ name, timetable }) => ({
        label: name,
        value: name,
        hint: timetable.text,
      }));
    case 'apps':
      return desk.deploys.apps.map(({ name, compartment, region }) => ({
        label: name,
        value: name,
        hint: `${compartment}, ${region}`,
      }));
    case 'images':
    case 'strategies':
    case 'releases': {
      const app = desk.deploys.apps.find(({ name }) => name === request.beside?.app);
      if (!app || !permitted(desk, actor).some(({ name }) => name === needs[what])) return [];
      if (what === 'strategies') return strategiesOffered(app, typed);
      if (what === 'releases') return releasesOffered(desk, app);
      return imagesOffered({ ...desk, operations: desk.engine }, app, { typed, now: desk.clock.now() });
    }
    case 'deploys':
      return deploysOffered(
        await desk.engine.list({ status: ['running', 'queued', 'waiting'], limit: most }),
      );
    case 'targets': {
      const sight = lookingAround(desk, actor);
      return sight ? (await sight.cloud.names()).map(suggestion) : [];
    }
  }
}

/** Who may not use the command is not told what there is for it. */
const needs = { images: 'deploy', strategies: 'deploy', releases: 'releases' };

function suggestion({ name, kind, region, compartment, state }: Target): Suggestion {
  return { label: name, value: quoteWord(name), hint: `${kind}, ${compartment.path}, ${region}, ${state}` };
}

/** What this person would see with `list`; nothing when they may not use it. */
function lookingAround(desk: Desk, actor: Actor) {
  const invocation = parse(desk, { line: 'list' });
  const sight = sightFor(desk, { actor, origin: homeOf(actor) }, invocation);
  return sight.may('list').effect === 'deny' ? undefined : sight;
}

export function permitted(desk: Desk, actor: Actor): readonly NamedCommand[] {
  const sight = sightFor(desk, { actor, origin: homeOf(actor) }, parse(desk, { line: 'help' }));
  return desk.commands.filter(({ name }) => sight.may(name).effect !== 'deny');
}

/** Where a person is when they are in no channel: rules about channels do not hold there. */
function homeOf(actor: Actor): Origin {
  return actor.kind === 'slack' ? { kind: 'slack', channel: actor.user } : { kind: 'terminal' };
}
