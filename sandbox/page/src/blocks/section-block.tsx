import type { SectionBlock as Section } from 'slack-blocks-to-jsx';
import { ActionElement } from './action-element.tsx';
import { Text } from './text.tsx';

/** Text, fields in two columns, and something beside them. */
export function SectionBlock({ block }: { readonly block: Section }) {
  const { text, fields, accessory, block_id = '' } = block;
  return (
    <div className="block-section">
      <div>
        {text && <Text text={text} />}
        {fields && (
          <div className="block-fields">
            {fields.map((field) => (
              <Text key={field.text} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory?.type === 'image' && (
        <img className="accessory" src={accessory.image_url} alt={accessory.alt_text} />
      )}
      {accessory && accessory.type !== 'image' && <ActionElement element={accessory} block={block_id} />}
    </div>
  );
}
