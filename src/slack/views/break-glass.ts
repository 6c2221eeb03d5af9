import type { ModalView } from '@slack/types';
import { minReason } from '../../core/approval.ts';
import { plain } from '../rendering/actions.ts';
import { limits } from '../rendering/limits.ts';

export const breakGlassView = 'break-glass';

/** Where the button was pressed, carried by the modal until it is submitted. */
export interface BreakGlassNotes {
  readonly value: string;
  readonly channel: string;
  readonly thread?: string;
}

/** Asks for the reason. Slack keeps the button off until enough is typed; we check it again. */
export function breakGlassModal(notes: BreakGlassNotes): ModalView {
  return {
    type: 'modal',
    callback_id: breakGlassView,
    private_metadata: JSON.stringify(notes),
    title: plain('Break glass', limits.viewTitle),
    submit: plain('Run it now', limits.viewButton),
    close: plain('Go back', limits.viewButton),
    blocks: [
      {
        type: 'section',
        text: plain(
          'This runs the plan without its approvals. Your name and reason are announced to everybody and kept in the audit.',
          limits.sectionText,
        ),
      },
      {
        type: 'input',
        block_id: 'reason',
        label: plain('Why can it not wait?', limits.labelText),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          multiline: true,
          min_length: minReason,
          max_length: 500,
          focus_on_load: true,
        },
      },
    ],
  };
}

/** What is wrong with the reason, or undefined. */
export function reasonFault(reason: string): string | undefined {
  return reason.trim().length < minReason ? `Say why in at least ${minReason} characters.` : undefined;
}
