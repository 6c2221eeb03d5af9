import { planActs } from '../src/acts.ts';
import { change, selector, toggle } from '../src/command.ts';

export default change({
  summary: 'Stop resources',
  examples: ['stop app=shop env=dev', 'stop web-1 --dry-run', 'stop kind:vm env=dev region:eu-frankfurt-1'],
  impact: 'stop',
  args: { target: selector() },
  flags: { force: toggle('cut the power of compute instances instead of shutting them down') },
  plan: ({ target, force }, look) => planActs(look, 'stop', target, { impact: 'stop', force }),
});
