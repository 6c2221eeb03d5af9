import type { Block } from 'slack-blocks-to-jsx';
import { useSession } from '../live/session.tsx';

type Image = Extract<Block, { type: 'image' }>;

/** A picture by its address, or one that the app has uploaded. */
export function ImageBlock({ block }: { readonly block: Image }) {
  const { state } = useSession();
  const source = sourceOf(block, state.files);
  return (
    <figure className="block-image">
      {block.title && <figcaption>{block.title.text}</figcaption>}
      <a href={source} target="_blank" rel="noreferrer">
        <img src={source} alt={block.alt_text} />
      </a>
    </figure>
  );
}

function sourceOf(block: Image, files: string): string {
  const { slack_file: file } = block as Image & { readonly slack_file?: { id?: string; url?: string } };
  if (file) return file.url ?? `${files}/${file.id}`;
  return block.image_url ?? '';
}
