import type { ActionsBlock, Button, ConfirmationDialog, PlainTextElement, StaticSelect } from '@slack/types';
import type { Action, ButtonAction, MenuAction } from '../../core/report.ts';
import { limits } from './limits.ts';
import { cut } from './mrkdwn.ts';

/**
 * Buttons and menus as one actions block; none where there is nothing to press. Slack takes each action id
 * once in a block, so of several that mean the same the later ones carry their place: `run:1`.
 */
export function actionBlocks(actions: readonly Action[]): readonly ActionsBlock[] {
  const elements = actions
    .filter((action) => action.type === 'button' || action.options.length > 0)
    .slice(0, limits.actionElements)
    .map((action, at) => {
      const id = actions.findIndex((each) => each.id === action.id) < at ? `${action.id}:${at}` : action.id;
      return action.type === 'button' ? button({ ...action, id }) : menu({ ...action, id });
    });
  return elements.length > 0 ? [{ type: 'actions', elements }] : [];
}

/** What was pressed, without its place. */
export function pressedId(actionId: string): string {
  return actionId.replace(/:\d+$/, '');
}

export function plain(text: string, max: number): PlainTextElement {
  return { type: 'plain_text', text: cut(text, max).trim() || '–', emoji: false };
}

function button({ id, label, value, style, confirm }: ButtonAction): Button {
  return {
    type: 'button',
    action_id: id,
    text: plain(label, limits.buttonText),
    value,
    ...(style ? { style } : {}),
    ...(confirm ? { confirm: dialog(confirm, style) } : {}),
  };
}

function dialog(
  { title, text, yes }: NonNullable<ButtonAction['confirm']>,
  style: ButtonAction['style'],
): ConfirmationDialog {
  return {
    title: plain(title, limits.confirmTitle),
    text: plain(text || title, limits.confirmText),
    confirm: plain(yes, limits.confirmButton),
    deny: plain('Go back', limits.confirmButton),
    ...(style ? { style } : {}),
  };
}

function menu({ id, label, options }: MenuAction): StaticSelect {
  return {
    type: 'static_select',
    action_id: id,
    placeholder: plain(label, limits.placeholderText),
    options: options.slice(0, limits.menuOptions).map((option) => ({
      text: plain(option.label, limits.optionText),
      value: option.value,
      ...(option.hint ? { description: plain(option.hint, limits.optionText) } : {}),
    })),
  };
}
