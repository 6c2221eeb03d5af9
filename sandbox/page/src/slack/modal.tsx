import { type FormEvent, useMemo, useState } from 'react';
import type { Block } from 'slack-blocks-to-jsx';
import { Blocks } from '../blocks/blocks.tsx';
import { type Choice, choiceOf, type Held, initialHeld } from '../blocks/held.ts';
import { type At, type Surface, SurfaceContext } from '../blocks/surface.ts';
import { useLive } from '../live/live.ts';
import { paths } from '../live/paths.ts';
import { type Session, useSession } from '../live/session.tsx';
import type { View } from '../live/types.ts';
import { Dialog } from '../ui/dialog.tsx';
import { act, actAndTell, sentenceOf, suggestions } from './acts.ts';

/** The person's open modals: the one in front, as Slack shows them. */
export function Modals({ channel }: { readonly channel: string | undefined }) {
  const { me } = useSession();
  const front = useLive<{ views: View[] }>(paths.views(me.id))?.views.at(-1);
  return front && <Modal key={front.id} view={front} channel={channel} />;
}

function Modal({ view, channel }: { readonly view: View; readonly channel: string | undefined }) {
  const session = useSession();
  const { me } = session;
  const [fields, setFields] = useState<Readonly<Record<string, Held>>>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState('');
  const [sending, setSending] = useState(false);
  const place = { user: me.id, view_id: view.id };

  const surface = useMemo((): Surface => {
    const valuesNow = (but?: string) => valuesOf(view.blocks, fields, session, channel, but);
    return {
      ...(channel ? { channel } : {}),
      act: async ({ block_id, action_id: action }, option) => {
        const values = valuesNow(block_id);
        const given = option === undefined ? {} : { option };
        await actAndTell('click', { user: me.id, view_id: view.id, block_id, action, values, ...given });
      },
      suggest: ({ block_id, action_id: action }, value) =>
        suggestions({ user: me.id, view_id: view.id, block_id, action, value }),
      form: {
        held: (at) => fields[keyOf(at)],
        hold: (at, held) => setFields((before) => ({ ...before, [keyOf(at)]: held })),
        errors,
      },
    };
  }, [view, fields, errors, session, channel, me.id]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    setSending(true);
    const values = valuesOf(view.blocks, fields, session, channel);
    const outcome = await act('submit', { ...place, values });
    setSending(false);
    setErrors(outcome.errors ?? {});
    setTrouble(outcome.ok || outcome.errors ? '' : sentenceOf(outcome));
  };

  return (
    <Dialog title={view.title?.text ?? ''} className="modal" onClose={() => void act('close', place)}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="dialog-body">
          <SurfaceContext value={surface}>
            <Blocks blocks={view.blocks} />
          </SurfaceContext>
        </div>
        <footer>
          {trouble && (
            <p className="field-error" role="alert">
              {trouble}
            </p>
          )}
          <button type="button" className="button" onClick={() => void act('close', place)}>
            {view.close?.text ?? 'Close'}
          </button>
          {view.submit && (
            <button type="submit" className="button primary solid" disabled={sending} aria-busy={sending}>
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

const keyOf = ({ block_id, action_id }: At) => `${block_id} ${action_id}`;

/** What the form holds now, by block id: action ids may repeat in a form, block ids don't. */
function valuesOf(
  blocks: readonly Block[],
  fields: Readonly<Record<string, Held>>,
  session: Session,
  channel: string | undefined,
  but?: string,
): Readonly<Record<string, Choice>> {
  const values: Record<string, Choice> = {};
  for (const block of blocks) {
    if (block.type !== 'input' || block.block_id === undefined || block.block_id === but) continue;
    const { element, block_id } = block;
    const held = fields[keyOf({ block_id, action_id: element.action_id ?? '' })];
    values[block_id] = choiceOf(element, held ?? initialHeld(element, session, channel));
  }
  return values;
}
