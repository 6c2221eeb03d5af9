import type { ContextBlock as Context } from 'slack-blocks-to-jsx';
import { Text } from './text.tsx';

/** Small print and small pictures in a row. */
export function ContextBlock({ block }: { readonly block: Context }) {
  return (
    <div className="block-context">
      {block.elements.map((element) =>
        element.type === 'image' ? (
          <img key={element.image_url} src={element.image_url} alt={element.alt_text} />
        ) : (
          <Text key={element.text} text={element} />
        ),
      )}
    </div>
  );
}
