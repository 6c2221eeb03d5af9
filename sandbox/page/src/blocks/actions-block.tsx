import type { ActionsBlock as Actions, ContextActionsBlock } from 'slack-blocks-to-jsx';
import { ActionElement } from './action-element.tsx';

/** Buttons and menus in a row. */
export function ActionsBlock({ block }: { readonly block: Actions | ContextActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, at) => (
        <ActionElement
          key={'action_id' in element ? element.action_id : at}
          element={element}
          block={block.block_id ?? ''}
        />
      ))}
    </div>
  );
}
