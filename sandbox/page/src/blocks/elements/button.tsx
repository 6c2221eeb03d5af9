import type { ButtonElement } from 'slack-blocks-to-jsx';
import { withEmoji } from '../emoji.ts';

export interface ButtonProps {
  readonly element: ButtonElement;
  readonly busy: boolean;
  readonly onPress: () => void;
}

export function Button({ element, busy, onPress }: ButtonProps) {
  const { text, style, url, accessibility_label: label } = element;
  return (
    <button
      type="button"
      className={`button ${style ?? ''}`}
      aria-label={label}
      aria-busy={busy}
      disabled={busy}
      onClick={() => {
        if (url) open(url, '_blank', 'noreferrer');
        onPress();
      }}
    >
      {withEmoji(text.text)}
    </button>
  );
}
