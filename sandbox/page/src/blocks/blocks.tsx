import type { Block } from 'slack-blocks-to-jsx';
import { ActionsBlock } from './actions-block.tsx';
import { InputBlock } from './input-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { Static } from './static.tsx';

/**
 * Block Kit. What only shows something is drawn by slack-blocks-to-jsx; its buttons and menus call nobody
 * back, so those that a person can use are drawn here.
 */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {runs(blocks).map((run, at) => {
        const [first] = run;
        const key = first?.block_id ?? at;
        if (first?.type === 'actions' || first?.type === 'context_actions')
          return <ActionsBlock key={key} block={first} />;
        if (first?.type === 'input') return <InputBlock key={key} block={first} />;
        if (first?.type === 'section' && isUsable(first)) return <SectionBlock key={key} block={first} />;
        return <Static key={key} blocks={run} />;
      })}
    </div>
  );
}

/** Neighbours that only show something, together; each block that can be used, alone. */
function runs(blocks: readonly Block[]): Block[][] {
  const found: Block[][] = [];
  for (const block of blocks) {
    const last = found.at(-1);
    if (last?.[0] && !isUsable(last[0]) && !isUsable(block)) last.push(block);
    else found.push([block]);
  }
  return found;
}

function isUsable(block: Block): boolean {
  if (block.type === 'section') return block.accessory !== undefined && block.accessory.type !== 'image';
  return block.type === 'actions' || block.type === 'context_actions' || block.type === 'input';
}
