import { SlackError } from '../errors.ts';
import { type Block, type Fields, isFields, type User } from '../types.ts';
import { someone, type Workspace } from '../workspace.ts';
import { interaction } from './common.ts';
import { chosenValue, find, holding, optionsOf, optionText, type Placed, pick } from './elements.ts';
import { contextOf, type Picks, type Place, type PlaceAsked, placeOf, responseUrlOf } from './place.ts';
import { filled, suggested, withValue } from './values.ts';

export interface ClickAsked extends PlaceAsked {
  readonly user: string;
  /** An action_id, or the words on the button. */
  readonly action: string;
  /** What is chosen or typed: an option's value or words, a name, a date. */
  readonly option?: unknown;
  readonly value?: unknown;
  /** Other fields of the same message or view that the person fills in first. */
  readonly values?: Fields;
  /** false: the person says no to the confirmation. */
  readonly confirmed?: boolean;
  /** Sends the click though no such element is there: a stale client, or a forger. */
  readonly force?: boolean;
  readonly block_id?: string;
}

/** A person uses a button, a menu or another element. Resolves when the app has taken it. */
export async function click(workspace: Workspace, picks: Picks, asked: ClickAsked): Promise<Fields> {
  const user = someone(workspace, asked.user);
  const place = placeOf(workspace, user, asked);
  const at = find(place.blocks, asked.action, asked.block_id) ?? (asked.force ? forged(asked) : undefined);
  if (!at)
    throw new SlackError('no_such_action', { hint: `There is no ${JSON.stringify(asked.action)} there.` });
  const { confirm } = at.element;
  if (isFields(confirm) && asked.confirmed === false) return { ok: true, acked: false, confirm };
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  return send(workspace, picks, user, place, at, asked);
}

async function send(
  workspace: Workspace,
  picks: Picks,
  user: User,
  place: Place,
  at: Placed,
  asked: ClickAsked,
): Promise<Fields> {
  const before = filled(workspace, place.blocks, picks.of(place), asked.values ?? {});
  const chosen = await choice(workspace, user, place, at, asked);
  const held = holding(at.element) ? { type: at.element.type, ...chosen } : undefined;
  const values = held ? withValue(before, at.block, at.element, held) : before;
  picks.keep(place, values);
  const trigger_id = workspace.triggers.issue(
    user.id,
    place.view?.type === 'modal' ? place.view.id : undefined,
    place.channel?.id,
  );
  const delivered = await workspace.delivery.deliver('interactive', {
    ...interaction('block_actions', user),
    trigger_id,
    ...contextOf(workspace, place, values),
    ...responseUrlOf(workspace, user, place),
    actions: [{ ...actionOf(at), ...chosen, action_ts: workspace.store.nextTs() }],
  });
  const { envelope, acked, ms: ack_ms } = delivered;
  return {
    ok: acked,
    acked,
    ack_ms,
    trigger_id,
    envelope,
    ...(delivered.acked ? {} : { error: delivered.reason }),
  };
}

/** What Slack always says of the element that was used. */
function actionOf({ block, element }: Placed): Fields {
  const kept = ['type', 'action_id', 'text', 'style', 'placeholder', 'confirm', 'timezone'] as const;
  const initial = Object.entries(element).filter(([name]) => name.startsWith('initial_'));
  return {
    ...Object.fromEntries(
      kept.filter((name) => element[name] !== undefined).map((name) => [name, element[name]]),
    ),
    ...Object.fromEntries(initial),
    block_id: block.block_id,
  };
}

/** The value of a button, or what the person has chosen. */
async function choice(
  workspace: Workspace,
  user: User,
  place: Place,
  at: Placed,
  { option, value, force }: ClickAsked,
): Promise<Fields> {
  const { element } = at;
  const given = option ?? value;
  if (element.type === 'overflow') return { selected_option: pick(element, given) };
  if (element.type === 'feedback_buttons') return feedback(element, given);
  if (holding(element)) {
    const picked = await external(workspace, user, place, at, given);
    const { type: _, ...chosen } = chosenValue(element, picked, workspace);
    return chosen;
  }
  const own = force && value !== undefined ? value : element.value;
  return own === undefined ? {} : { value: own };
}

/** For a type-ahead menu, the words are typed and the first matching suggestion is taken. */
async function external(
  workspace: Workspace,
  user: User,
  place: Place,
  at: Placed,
  given: unknown,
): Promise<unknown> {
  if (!String(at.element.type).includes('external') || typeof given !== 'string') return given;
  const answer = suggested((await ask(workspace, user, place, at, given)).body);
  const options = answer ? optionsOf(answer) : [];
  const found = options.find((each) => each.value === given || optionText(each) === given) ?? options[0];
  if (!found) throw new SlackError('no_such_option', { hint: 'The app suggested nothing for that.' });
  return found;
}

function feedback(element: Fields, given: unknown): Fields {
  const buttons = [element.positive_button, element.negative_button].filter(isFields);
  const found = buttons.find((each) => each.value === given || optionText(each) === given);
  if (!found) throw new SlackError('no_such_option');
  return { value: found.value, text: found.text };
}

function forged({ action, value, block_id }: ClickAsked): Placed {
  const block: Block = { type: 'actions', block_id: block_id ?? 'forged' };
  const text = { type: 'plain_text', text: action };
  return {
    block,
    element: { type: 'button', action_id: action, text, ...(value === undefined ? {} : { value }) },
  };
}

export interface SuggestAsked extends PlaceAsked {
  readonly user: string;
  readonly action: string;
  readonly value: string;
  readonly block_id?: string;
}

/** A person types into a type-ahead menu: what the app suggests. */
export async function suggest(workspace: Workspace, asked: SuggestAsked): Promise<Fields> {
  const user = someone(workspace, asked.user);
  const place = placeOf(workspace, user, asked);
  const at = find(place.blocks, asked.action, asked.block_id);
  if (!at || !String(at.element.type).includes('external')) throw new SlackError('no_such_action');
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  const { body, ...rest } = await ask(workspace, user, place, at, asked.value);
  const answer = suggested(body);
  if (!rest.acked || !answer) return { ...rest, ok: false, error: rest.error ?? 'no_suggestions' };
  if (optionsOf(answer).length > 100) return { ...rest, ok: false, error: 'too_many_options' };
  return { ...rest, ok: true, ...answer };
}

async function ask(
  workspace: Workspace,
  user: User,
  place: Place,
  { block, element }: Placed,
  value: string,
) {
  const { state: _, ...context } = contextOf(workspace, place, {});
  const delivered = await workspace.delivery.deliver('interactive', {
    ...interaction('block_suggestion', user),
    ...context,
    block_id: block.block_id,
    action_id: element.action_id,
    value,
  });
  const { acked, ms: ack_ms } = delivered;
  return delivered.acked
    ? { acked, ack_ms, body: delivered.body }
    : { acked, ack_ms, error: delivered.reason };
}
