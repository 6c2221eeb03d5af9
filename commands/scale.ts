import { planActs } from '../src/acts.ts';
import { after, change, selector } from '../src/command.ts';

export default change({
  summary: 'Change the size of resources that are up',
  examples: ['scale web-1 to 2:16', 'scale kind:vm env=dev to 1:8 --dry-run'],
  impact: 'change',
  args: {
    target: selector({ before: ['to'] }),
    size: after('to', 'size', 'the size in the words of the kind: OCPUs and GB as 2:16, a number of nodes'),
  },
  plan: ({ target, size }, look) => planActs(look, 'scale', target, { impact: 'change', size }),
});
