import { planActs } from '../src/acts.ts';
import { change, selector } from '../src/command.ts';

export default change({
  summary: 'Start resources that are stopped',
  examples: ['start app=shop env=dev', 'start web-1'],
  impact: 'start',
  args: { target: selector() },
  plan: ({ target }, look) => planActs(look, 'start', target, { impact: 'start' }),
});
