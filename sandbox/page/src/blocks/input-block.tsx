import { useId } from 'react';
import type { InputBlock as Input } from 'slack-blocks-to-jsx';
import { useSession } from '../live/session.tsx';
import { Field } from './elements/field.tsx';
import { choiceOf, type Held, initialHeld } from './held.ts';
import { useSurface } from './surface.ts';

/** A field of a form: label, hint, and what is wrong with it. */
export function InputBlock({ block }: { readonly block: Input }) {
  const id = useId();
  const surface = useSurface();
  const session = useSession();
  const { element, label, hint, optional, dispatch_action: dispatches } = block;
  const at = { block_id: block.block_id ?? '', action_id: element.action_id ?? '' };
  const held = surface.form?.held(at) ?? initialHeld(element, session, surface.channel);
  const error = surface.form?.errors[at.block_id];

  const hold = (next: Held) => {
    surface.form?.hold(at, next);
    // What is typed is dispatched when it is entered; see Field.
    if (dispatches && typeof next !== 'string') void surface.act(at, choiceOf(element, next));
  };

  return (
    <div className="block-input">
      <label htmlFor={id}>
        {label.text} {optional && <small>(optional)</small>}
      </label>
      <Field
        id={id}
        element={element}
        label={label.text}
        at={at}
        held={held}
        invalid={error !== undefined}
        describedBy={`${id}-about`}
        onHeld={hold}
        {...(dispatches ? { onEnter: (typed: string) => void surface.act(at, typed) } : {})}
      />
      <div id={`${id}-about`}>
        {error !== undefined && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        {hint && <p className="field-hint">{hint.text}</p>}
      </div>
    </div>
  );
}
