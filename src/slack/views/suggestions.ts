import type { SlackOptions } from '@slack/bolt';
import type { Option } from '@slack/types';
import type { Offer } from '../../command.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Log } from '../../log.ts';
import type { People } from '../people.ts';
import type { Pipeline } from '../ports.ts';
import { plain } from '../rendering/actions.ts';
import { limits } from '../rendering/limits.ts';
import { type FormNotes, formView, typeAhead } from './form.ts';

/** What a form's field offers for what was typed so far; first of all what was typed, as it is. */
export async function suggestions(
  asked: SlackOptions,
  { people, pipeline, log }: { readonly people: People; readonly pipeline: Pipeline; readonly log: Log },
): Promise<Option[]> {
  const what = asked.action_id.slice(typeAhead.length);
  if (!asked.action_id.startsWith(typeAhead) || !isOffered(what)) return [];
  const typed = asked.value.trim().slice(0, limits.optionValue);
  const verbatim =
    typed !== '' && what === 'targets' ? [{ label: typed, value: typed, hint: 'As typed' }] : [];
  const { picked = {} } = notesOf(asked);
  try {
    const actor = await people.actor(asked.user.id);
    const found = await pipeline.suggest({ what, typed, actor, beside: picked });
    return [...verbatim, ...found.filter(({ value }) => value !== typed || verbatim.length === 0)]
      .filter(({ value }) => value.length <= limits.optionValue)
      .slice(0, limits.menuOptions)
      .map(({ label, value, hint }) => ({
        text: plain(label, limits.optionText),
        value,
        ...(hint ? { description: plain(hint, limits.optionText) } : {}),
      }));
  } catch (error) {
    if (!(error instanceof Refusal)) log.error({ err: error, what }, 'no suggestions');
    return [];
  }
}

/** What the form that it is typed into carries. */
function notesOf({ view }: SlackOptions): Partial<FormNotes> {
  return view?.callback_id === formView ? JSON.parse(view.private_metadata) : {};
}

function isOffered(what: string): what is Offer {
  const offered: Readonly<Record<Offer, true>> = {
    targets: true,
    operations: true,
    commands: true,
    policies: true,
    apps: true,
    images: true,
    strategies: true,
    releases: true,
    deploys: true,
  };
  return Object.hasOwn(offered, what);
}
