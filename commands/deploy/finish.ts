import { change, word } from '../../src/command.ts';
import { planFinish } from '../../src/deploying/finishing.ts';

export default change({
  summary: 'Finish what a deploy left behind: bring back what is not back yet, delete what is not deleted',
  examples: ['deploy finish shop', 'deploy finish op-81', 'deploy finish shop --dry-run'],
  impact: 'change',
  args: {
    what: word('app|operation', 'an app of lamplighter.yml, or an operation id such as op-81', 'apps'),
  },
  plan: ({ what }, look) => planFinish(look, what),
});
