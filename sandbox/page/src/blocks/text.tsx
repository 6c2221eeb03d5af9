import type { TextObject } from 'slack-blocks-to-jsx';
import { richText } from './mrkdwn.ts';
import { Static } from './static.tsx';

/** A text object. */
export function Text({ text }: { readonly text: TextObject }) {
  return <Static blocks={[{ type: 'rich_text', elements: richText(text) }]} />;
}
