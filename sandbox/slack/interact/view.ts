import { checkView } from '../blocks/validate.ts';
import { SlackError } from '../errors.ts';
import { showable } from '../showable.ts';
import { type Fields, isFields, type User, type View } from '../types.ts';
import { clear, close, openViews, push, rewrite, viewShape } from '../views.ts';
import { someone, type Workspace } from '../workspace.ts';
import { interaction, newResponseUrl } from './common.ts';
import { placed } from './elements.ts';
import { type Picks, placeOf } from './place.ts';
import { complaints, filled, type Values } from './values.ts';

export interface SubmitAsked {
  readonly user: string;
  readonly view_id: string;
  /** action_id or label → value. */
  readonly values?: Fields;
}

/** A person sends a modal. Resolves when the app has answered; errors leave it open. */
export async function submit(workspace: Workspace, picks: Picks, asked: SubmitAsked): Promise<Fields> {
  const { user, view } = modal(workspace, asked);
  const place = placeOf(workspace, user, asked);
  const values = filled(workspace, view.blocks, picks.of(place), asked.values ?? {});
  picks.keep(place, values);
  const found = complaints(view.blocks, values);
  if (Object.keys(found).length > 0) return { ok: false, error: 'invalid_form', errors: found };
  if (workspace.faults.away) return { ok: false, error: 'slack_away' };
  const trigger_id = workspace.triggers.issue(user.id, view.id);
  const delivered = await workspace.delivery.deliver('interactive', {
    ...interaction('view_submission', user),
    trigger_id,
    view: viewShape(view, values),
    response_urls: responseUrls(workspace, user, view, values),
  });
  const told = { acked: delivered.acked, ack_ms: delivered.ms, trigger_id, envelope: delivered.envelope };
  if (!delivered.acked) return { ok: false, ...told, error: delivered.reason, message: trouble };
  return { ...told, ...obey(workspace, user, view, delivered.body) };
}

/** One for each menu of conversations that was asked to bring one, for the conversation that was chosen. */
function responseUrls(workspace: Workspace, user: User, view: View, values: Values): Fields[] {
  return placed(view.blocks).flatMap(({ block, element }) => {
    if (element.response_url_enabled !== true) return [];
    const { block_id } = block;
    const { action_id } = element;
    const held = values[String(block_id)]?.[String(action_id)];
    const channel = held?.selected_conversation ?? held?.selected_channel;
    if (typeof channel !== 'string') return [];
    const response_url = newResponseUrl(workspace, 'app', { user: user.id, channel });
    return [{ block_id, action_id, channel_id: channel, response_url }];
  });
}

const trouble = 'We had some trouble connecting. Try again?';

/** Does what the acknowledgement says: errors, update, push, clear, or nothing for "close it". */
function obey(workspace: Workspace, user: User, view: View, body: unknown): Fields {
  const action = isFields(body) ? body.response_action : undefined;
  const response = body === undefined ? {} : { response: body };
  try {
    if (action === 'errors') return { ok: false, ...response, ...fieldErrors(view, body) };
    if (action === 'update') rewrite(workspace, view, asked(workspace, body));
    else if (action === 'push') push(workspace, user.id, asked(workspace, body), view.id);
    else if (action === 'clear') clear(workspace, user.id);
    else close(workspace, view);
    return { ok: true, ...response };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, ...response, error: error.code, ...error.detail, message: trouble };
  }
}

function asked(workspace: Workspace, body: unknown): Fields {
  return checkView(isFields(body) ? body.view : undefined, showable(workspace));
}

/** Slack refuses errors that point at blocks which are not inputs of the view. */
function fieldErrors(view: View, body: unknown): Fields {
  const errors = isFields(body) && isFields(body.errors) ? body.errors : {};
  const inputs = view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const stray = Object.keys(errors).filter((id) => !inputs.includes(id));
  if (Object.keys(errors).length === 0 || stray.length > 0)
    return { error: 'invalid_response_action', message: trouble, stray };
  return { error: 'view_errors', errors };
}

export interface CloseAsked {
  readonly user: string;
  readonly view_id: string;
}

/** A person closes a modal; the app hears of it if it asked to. */
export async function closeView(workspace: Workspace, asked: CloseAsked): Promise<Fields> {
  const { user, view } = modal(workspace, asked);
  const closing = view.clear_on_close ? openViews(workspace, user.id).reverse() : [view];
  for (const each of closing) close(workspace, each);
  const told = closing.filter((each) => each.notify_on_close);
  const taken = await Promise.all(
    told.map((each) =>
      workspace.delivery.deliver('interactive', {
        ...interaction('view_closed', user),
        view: viewShape(each),
        is_cleared: view.clear_on_close,
      }),
    ),
  );
  return { ok: true, notified: told.length, acked: taken.every((each) => each.acked) };
}

/** @throws SlackError no_such_view */
function modal(workspace: Workspace, asked: CloseAsked): { user: User; view: View } {
  const user = someone(workspace, asked.user);
  const view = workspace.store.state.views[asked.view_id];
  if (!view || view.user !== user.id) throw new SlackError('no_such_view');
  return { user, view };
}
