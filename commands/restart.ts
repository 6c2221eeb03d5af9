import { planActs } from '../src/acts.ts';
import { change, selector, toggle } from '../src/command.ts';

export default change({
  summary: 'Restart resources that are running',
  examples: ['restart web-1', 'restart app=shop env=dev kind:container-instance'],
  impact: 'stop',
  args: { target: selector() },
  flags: { force: toggle('reset compute instances instead of rebooting them') },
  plan: ({ target, force }, look) => planActs(look, 'restart', target, { impact: 'stop', force }),
});
