import { useState } from 'react';
import type { Element } from 'slack-blocks-to-jsx';
import { useSession } from '../live/session.tsx';
import { Confirm } from './confirm.tsx';
import { Button } from './elements/button.tsx';
import { Field } from './elements/field.tsx';
import { type Choice, choiceOf, type Held, initialHeld } from './held.ts';
import { useSurface } from './surface.ts';

/** An element of which the app hears at once, after a confirmation if it wants one. */
export function ActionElement({ element, block }: { readonly element: Element; readonly block: string }) {
  const surface = useSurface();
  const session = useSession();
  const [held, setHeld] = useState<Held>(() => initialHeld(element, session, surface.channel));
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<() => void>();

  const at = { block_id: block, action_id: 'action_id' in element ? (element.action_id ?? '') : '' };
  const confirm = 'confirm' in element ? element.confirm : undefined;
  const act = async (choice?: Choice) => {
    setBusy(true);
    await surface.act(at, choice);
    setBusy(false);
  };
  const ask = (then: () => void) => (confirm ? setAsking(() => then) : then());

  const change = (next: Held) =>
    ask(() => {
      // An overflow menu holds nothing: it is a row of buttons.
      if (element.type !== 'overflow') setHeld(next);
      void act(choiceOf(element, next));
    });

  return (
    <>
      {element.type === 'button' ? (
        <Button element={element} busy={busy} onPress={() => ask(() => void act())} />
      ) : (
        <Field element={element} label={nameOf(element)} at={at} held={held} onHeld={change} />
      )}
      {asking && confirm && (
        <Confirm
          confirm={confirm}
          onAnswer={(yes) => {
            setAsking(undefined);
            if (yes) asking();
          }}
        />
      )}
    </>
  );
}

function nameOf(element: Element): string {
  if ('placeholder' in element && element.placeholder) return element.placeholder.text;
  return element.type === 'overflow' ? 'More actions' : 'Choose';
}
