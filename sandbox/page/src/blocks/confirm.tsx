import type { ConfirmDialogObject } from 'slack-blocks-to-jsx';
import { Dialog } from '../ui/dialog.tsx';
import { Text } from './text.tsx';

export interface ConfirmProps {
  readonly confirm: ConfirmDialogObject;
  readonly onAnswer: (yes: boolean) => void;
}

/** "Are you sure?", in the app's words. */
export function Confirm({ confirm, onAnswer }: ConfirmProps) {
  const { title, text, confirm: yes, deny, style } = confirm;
  return (
    <Dialog title={title.text} className="confirm" onClose={() => onAnswer(false)}>
      <div className="dialog-body">
        <Text text={text} />
      </div>
      <footer>
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {deny.text}
        </button>
        <button
          type="button"
          className={`button ${style === 'danger' ? 'danger' : 'primary'} solid`}
          onClick={() => onAnswer(true)}
        >
          {yes.text}
        </button>
      </footer>
    </Dialog>
  );
}
