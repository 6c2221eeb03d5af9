import type { SectionBlock as Section } from 'slack-blocks-to-jsx';
import { ActionElement } from './action-element.tsx';
import { Static } from './static.tsx';

/** Text with something to use beside it. */
export function SectionBlock({ block }: { readonly block: Section }) {
  const { accessory, ...shown } = block;
  return (
    <div className="block-section">
      <div>
        <Static blocks={[shown]} />
      </div>
      {accessory && <ActionElement element={accessory} block={block.block_id ?? ''} />}
    </div>
  );
}
