import { planActs } from '../src/acts.ts';
import { change, selector, text } from '../src/command.ts';

export default change({
  summary: 'Start resources that are stopped',
  examples: ['start app=shop env=dev', 'start web-1'],
  impact: 'start',
  args: { target: selector() },
  flags: { size: text('size', 'how big, where switching on is scaling; the size it had, if left out') },
  plan: ({ target, size }, look) =>
    planActs(look, 'start', target, { impact: 'start', ...(size === undefined ? {} : { size }) }),
});
