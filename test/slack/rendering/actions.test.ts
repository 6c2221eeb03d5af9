import { expect, test } from 'vitest';
import type { Action } from '../../../src/core/report.ts';
import { actionBlocks, pressedId } from '../../../src/slack/rendering/actions.ts';

test('buttons that mean the same have ids of their own, and are heard as the same', () => {
  const run = (label: string): Action => ({ type: 'button', id: 'run', label, value: `key of ${label}` });
  const [block] = actionBlocks([run('Keep on 1 h'), run('Skip tonight'), { ...run('No'), id: 'cancel' }]);
  const ids =
    block?.elements.map((element) => ('action_id' in element ? (element.action_id ?? '') : '')) ?? [];
  expect(ids).toEqual(['run', 'run:1', 'cancel']);
  expect(ids.map(pressedId)).toEqual(['run', 'run', 'cancel']);
});
