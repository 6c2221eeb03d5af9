import { change, reason, word } from '../src/command.ts';
import { planRetire } from '../src/deploying/retiring.ts';

export default change({
  summary: 'Retire an app or one of its instances: out of traffic and deleted, with nothing in its place',
  examples: ['retire shop', 'retire shop-api-2 because its disk is full', 'retire shop --dry-run'],
  impact: 'destroy',
  args: {
    what: word('app|instance', 'an app of lamplighter.yml, or one of its instances by name', 'apps'),
    because: reason('why, for those who read of it'),
  },
  plan: (wish, look) => planRetire(look, wish),
});
