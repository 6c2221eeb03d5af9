import type { Block } from 'slack-blocks-to-jsx';
import { ActionsBlock } from './actions-block.tsx';
import { ContextBlock } from './context-block.tsx';
import { withEmoji } from './emoji.ts';
import { ImageBlock } from './image-block.tsx';
import { InputBlock } from './input-block.tsx';
import { SectionBlock } from './section-block.tsx';
import { Static } from './static.tsx';
import { TableBlock } from './table-block.tsx';

/** Block Kit, as Slack shows it. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, at) => (
        <Drawn key={block.block_id ?? at} block={block} />
      ))}
    </div>
  );
}

/**
 * slack-blocks-to-jsx draws what only shows something, rich text above all. Its buttons and menus call
 * nobody back and its reading of marked text goes wrong (see mrkdwn.ts), so those are drawn here.
 */
function Drawn({ block }: { readonly block: Block }) {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return <ActionsBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'divider':
      return <hr />;
    case 'header':
      return <h3 className="block-header">{withEmoji(block.text.text)}</h3>;
    case 'image':
      return <ImageBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'section':
      return <SectionBlock block={block} />;
    case 'table':
      return <TableBlock block={block} />;
    default:
      return <Static blocks={[block]} />;
  }
}
